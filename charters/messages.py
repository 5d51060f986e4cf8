"""The e-mail that asks for an agreement: a charter to accept, a convention to sign."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

from django.urls import reverse

from charters.links import token_for
from charters.models import ConventionParty
from charters.queries import awaited_parties
from notifications.links import absolute
from notifications.messages import Message
from programmes.enums import PairState
from programmes.models import Enrolment, Pair


@dataclass(frozen=True)
class AgreementToGive(Message):
    """To each whose turn it is to accept the charter or to sign the convention, at once (I3, I5).

    `person_id` is empty for a guardian, who has no account; `party_id` for a charter.
    """

    pair_id: int
    entry_id: int
    person_id: int | None = None
    party_id: int | None = None
    kind: ClassVar[str] = "agreement_to_give"

    @property
    def pair(self) -> Pair:
        return Pair.objects.select_related(
            "mentor__person",
            "mentee__person",
            "cohort__programme__organisation",
            "cohort__rule_set",
        ).get(pk=self.pair_id)

    @property
    def party(self) -> ConventionParty | None:
        if self.party_id is None:
            return None
        return (
            ConventionParty.objects.select_related("convention__pair")
            .filter(pk=self.party_id)
            .first()
        )

    @property
    def recipient(self) -> int | str:
        if self.person_id is not None:
            return self.person_id
        party = self.party
        return party.email if party else ""

    @property
    def organisation_id(self) -> int:
        return self.pair.cohort.programme.organisation_id

    def is_still_due(self, at: datetime) -> bool:
        pair = self.pair
        if pair.state != PairState.ACCEPTED:
            return False
        if self.party_id is not None:
            party = self.party
            return party is not None and party in awaited_parties(party.convention)
        own = Enrolment.objects.filter(pk__in=[pair.mentor_id, pair.mentee_id])
        return own.filter(person=self.person_id, charter_version=None).exists()

    def context(self) -> dict[str, Any]:
        pair, party = self.pair, self.party
        own = pair.mentor if pair.mentor.person_id == self.person_id else pair.mentee
        role = own.role if own.person_id == self.person_id else ""
        if party is None:
            url = reverse("charters:accept", args=[own.pk])
        elif self.person_id is None:
            url = reverse("charters:guardian", args=[token_for(party)])
        else:
            url = reverse("charters:convention", args=[pair.pk])
        return {
            "pair": pair,
            "party": party,
            "person": own.person,
            "role": role,
            "addressee": role,
            "url": absolute(url),
            "programme": pair.cohort.programme,
            "organisation": pair.cohort.programme.organisation,
            "vocabulary": pair.cohort.vocabulary,
        }
