"""Each enrolment in plain words: where it stands, and what is to be done about it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from people.models import Person
from programmes.enrolment_words import Told, lacks_charter, told
from programmes.enums import EnrolmentState, FeeState
from programmes.models import Enrolment, FeeAccount
from programmes.permissions import may_apply_again, may_set_objectives, may_withdraw
from programmes.queries.visibility import own_enrolments


@dataclass(frozen=True)
class EnrolmentCard:
    """What a card says; `fee_due` is the amount still to settle (P19)."""

    enrolment: Enrolment
    told: Told
    label: str
    url: str
    fee_due: Decimal | None
    may_withdraw: bool
    may_apply_again: bool
    may_choose: bool
    lacks_objectives: bool
    lacks_charter: bool


# Nobody pays for a place that is not there yet.
_PAYING = (EnrolmentState.SUBMITTED, EnrolmentState.ADMITTED)


def shown_enrolments(person: Person) -> QuerySet[Enrolment]:
    """Someone's enrolments, newest first, with what their cards tell."""
    return (
        own_enrolments(person)
        .select_related("fee_account")
        .prefetch_related("objectives")
        .order_by("-created_at", "-pk")
    )


def card_of(enrolment: Enrolment, person: Person, *, today: date) -> EnrolmentCard:
    page = reverse("programmes:enrolment", args=[enrolment.pk])
    return EnrolmentCard(
        enrolment=enrolment,
        told=told(enrolment),
        label=_("Continuer ma candidature") if enrolment.is_draft else _("Voir mes réponses"),
        url=page,
        fee_due=_fee_due(enrolment),
        may_withdraw=may_withdraw(person, enrolment),
        may_apply_again=may_apply_again(person, enrolment, today=today),
        may_choose=enrolment.state == EnrolmentState.ADMITTED
        and bool(enrolment.cohort.rules.matching.choices_of(enrolment.as_role)),
        lacks_objectives=may_set_objectives(person, enrolment)
        and len(enrolment.objectives.all()) < enrolment.cohort.rules.objectives.minimum,
        lacks_charter=lacks_charter(enrolment),
    )


def _fee_due(enrolment: Enrolment) -> Decimal | None:
    account: FeeAccount | None = getattr(enrolment, "fee_account", None)
    if account is None or account.state != FeeState.DUE:
        return None
    return account.amount if enrolment.state in _PAYING else None
