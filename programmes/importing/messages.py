"""What people entered from a list are told, once the team asks for it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

from django.db.models import QuerySet
from django.urls import reverse

from notifications.links import absolute
from notifications.messages import Message
from people.models import Person
from programmes.enums import EnrolmentState
from programmes.models import Cohort, Enrolment


@dataclass(frozen=True)
class ImportedWelcome(Message):
    """To someone the association entered from its own list, when the team asks: how to come in."""

    cohort_id: int
    person_id: int
    entry_id: int
    kind: ClassVar[str] = "imported_welcome"

    @property
    def cohort(self) -> Cohort:
        return Cohort.objects.select_related("programme__organisation", "rule_set").get(
            pk=self.cohort_id
        )

    @property
    def recipient(self) -> int:
        return self.person_id

    @property
    def organisation_id(self) -> int:
        return self.cohort.programme.organisation_id

    def is_still_due(self, at: datetime) -> bool:
        return self._enrolments().exists()

    def context(self) -> dict[str, Any]:
        cohort, enrolments = self.cohort, list(self._enrolments())
        return {
            "person": Person.objects.get(pk=self.person_id),
            "cohort": cohort,
            "roles": [one.role for one in enrolments],
            "addressee": enrolments[0].role if len(enrolments) == 1 else "",
            "to_complete": any(one.state == EnrolmentState.DRAFT for one in enrolments),
            "url": absolute(reverse("account_request_login_code")),
            "programme": cohort.programme,
            "organisation": cohort.programme.organisation,
            "vocabulary": cohort.vocabulary,
        }

    def _enrolments(self) -> QuerySet[Enrolment]:
        over = (EnrolmentState.REFUSED, EnrolmentState.WITHDRAWN, EnrolmentState.EXCLUDED)
        return (
            Enrolment.objects.filter(cohort=self.cohort_id, person=self.person_id)
            .exclude(state__in=over)
            .order_by("role")
        )
