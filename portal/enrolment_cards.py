"""Each enrolment in plain words: where it stands, and what is to be done about it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from people.models import Person
from programmes.enums import EnrolmentState, FeeState
from programmes.models import Enrolment, FeeAccount
from programmes.permissions import may_set_objectives, may_withdraw
from programmes.queries.visibility import own_enrolments
from programmes.words import fill


@dataclass(frozen=True)
class EnrolmentCard:
    """What a card says; `fee_due` is the amount still to settle (P19)."""

    enrolment: Enrolment
    badge: str
    tone: str
    text: str
    label: str
    url: str
    fee_due: Decimal | None
    may_withdraw: bool
    lacks_objectives: bool
    lacks_charter: bool


_TOLD: dict[EnrolmentState, tuple[str, str, str]] = {
    EnrolmentState.DRAFT: (
        gettext_noop("à finir"),
        "warning",
        gettext_noop("{Tes/Vos} réponses sont enregistrées, rien n'est encore envoyé."),
    ),
    EnrolmentState.SUBMITTED: (
        gettext_noop("envoyée"),
        "info",
        gettext_noop(
            "{L'équipe} lit {ta/votre} candidature et répond par e-mail. Rien à faire d'ici là."
        ),
    ),
    EnrolmentState.ADMITTED: (
        gettext_noop("acceptée"),
        "success",
        gettext_noop(
            "{L'équipe} cherche la bonne personne et {te/vous} écrit dès qu'elle l'a trouvée."
        ),
    ),
    EnrolmentState.WAITLISTED: (
        gettext_noop("en liste d'attente"),
        "info",
        gettext_noop(
            "Pas de place pour le moment ; {l'équipe} {te/vous} écrit dès qu'une se libère."
        ),
    ),
    EnrolmentState.REFUSED: (
        gettext_noop("non retenue"),
        "neutral",
        gettext_noop("{L'équipe} n'a pas pu la retenir ; {tu peux/vous pouvez} lui écrire."),
    ),
    EnrolmentState.CLOSED: (
        gettext_noop("close"),
        "neutral",
        gettext_noop("Elle n'est plus active ; {tu peux/vous pouvez} écrire à {l'équipe}."),
    ),
    EnrolmentState.WITHDRAWN: (gettext_noop("retirée"), "neutral", ""),
    EnrolmentState.EXCLUDED: (
        gettext_noop("close"),
        "neutral",
        gettext_noop("Elle n'est plus active ; {tu peux/vous pouvez} écrire à {l'équipe}."),
    ),
}
# A mentee whose pair was completed.
_ACCOMPLISHED = (
    gettext_noop("terminée"),
    "neutral",
    gettext_noop("Ce parcours est terminé. Pour une suite, {écris/écrivez} à {l'équipe}."),
)
_HANDED_IN = (EnrolmentState.SUBMITTED, EnrolmentState.ADMITTED, EnrolmentState.WAITLISTED)


def shown_enrolments(person: Person) -> QuerySet[Enrolment]:
    """Someone's enrolments, newest first, with what their cards tell."""
    return (
        own_enrolments(person)
        .select_related("fee_account")
        .prefetch_related("objectives")
        .order_by("-created_at", "-pk")
    )


def card_of(enrolment: Enrolment, person: Person) -> EnrolmentCard:
    state = EnrolmentState(enrolment.state)
    badge, tone, text = _TOLD[state]
    if state == EnrolmentState.ADMITTED and not enrolment.may_be_rematched:
        badge, tone, text = _ACCOMPLISHED
    page = reverse("programmes:enrolment", args=[enrolment.pk])
    return EnrolmentCard(
        enrolment=enrolment,
        badge=_(badge),
        tone=tone,
        text=fill(_(text), enrolment.cohort.vocabulary, to=enrolment.role) if text else "",
        label=_("Continuer ma candidature") if enrolment.is_draft else _("Voir mes réponses"),
        url=page,
        fee_due=_fee_due(enrolment),
        may_withdraw=may_withdraw(person, enrolment),
        lacks_objectives=may_set_objectives(person, enrolment)
        and len(enrolment.objectives.all()) < enrolment.cohort.rules.objectives.minimum,
        lacks_charter=_lacks_charter(enrolment),
    )


def _lacks_charter(enrolment: Enrolment) -> bool:
    """Where the charter comes before the match, it is asked for once the enrolment is handed in (I3)."""
    is_due = enrolment.cohort.rules.acceptance.due == "match" and enrolment.state in _HANDED_IN
    return is_due and enrolment.charter_version is None


def _fee_due(enrolment: Enrolment) -> Decimal | None:
    account: FeeAccount | None = getattr(enrolment, "fee_account", None)
    if account is None or account.state != FeeState.DUE:
        return None
    return account.amount if enrolment.state in _HANDED_IN else None
