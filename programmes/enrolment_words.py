"""Where an enrolment stands, told to its person: the same on every page."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from programmes.enums import EnrolmentState, PairState
from programmes.models import Enrolment, Pair
from programmes.policy.terms import Role
from programmes.words import fill


@dataclass(frozen=True)
class Told:
    """A state in one word, and in a sentence that says what comes next."""

    badge: str
    tone: str
    icon: str
    text: str


_TOLD: dict[EnrolmentState, tuple[str, str, str, str]] = {
    EnrolmentState.DRAFT: (
        gettext_noop("à finir"),
        "warning",
        "pencil",
        gettext_noop("{Tes/Vos} réponses sont enregistrées, rien n'est encore envoyé."),
    ),
    EnrolmentState.SUBMITTED: (
        gettext_noop("envoyée"),
        "info",
        "send",
        gettext_noop(
            "{L'équipe} lit {ta/votre} candidature et répond par e-mail. Rien à faire d'ici là."
        ),
    ),
    EnrolmentState.ADMITTED: (
        gettext_noop("admise"),
        "success",
        "circle-check",
        gettext_noop(
            "{L'équipe} cherche la bonne personne et {t'écrit/vous écrit} dès qu'{il/elle|équipe} l'a trouvée."
        ),
    ),
    EnrolmentState.WAITLISTED: (
        gettext_noop("en liste d'attente"),
        "info",
        "clock",
        gettext_noop(
            "Pas de place pour le moment ; {l'équipe} {t'écrit/vous écrit} dès qu'une se libère."
        ),
    ),
    EnrolmentState.REFUSED: (
        gettext_noop("non retenue"),
        "neutral",
        "info-circle",
        gettext_noop("{L'équipe} n'a pas pu la retenir ; {tu peux/vous pouvez} lui écrire."),
    ),
    EnrolmentState.WITHDRAWN: (
        gettext_noop("retirée"),
        "neutral",
        "info-circle",
        gettext_noop("Elle est retirée : {l'équipe} n'en tient plus compte."),
    ),
}
_OVER = (
    gettext_noop("close"),
    "neutral",
    "info-circle",
    gettext_noop("Elle n'est plus active ; {tu peux/vous pouvez} écrire {à l'équipe}."),
)
_ON_HOLD = gettext_noop(
    "{Tu as/Vous avez} dit manquer de temps : personne ne {te/vous} sera proposé. {Dis-le/Dites-le} "
    "quand {tu seras/vous serez} de nouveau disponible."
)
# Where people choose each other.
_CHOOSING = {
    Role.MENTEE: gettext_noop(
        "{Choisis/Choisissez} d'après des cartes sans nom, et {demande/demandez} ; {l'équipe} aide qui "
        "ne trouve pas."
    ),
    Role.MENTOR: gettext_noop(
        "Une personne peut {te/vous} demander : un e-mail {te/vous} préviendra, et la réponse est libre."
    ),
}
# A mentee whose pair was completed.
_ACCOMPLISHED = (
    gettext_noop("terminée"),
    "neutral",
    "circle-check",
    gettext_noop("Ce parcours est terminé. Pour une suite, {écris/écrivez} {à l'équipe}."),
)


_HANDED_IN = (EnrolmentState.SUBMITTED, EnrolmentState.ADMITTED, EnrolmentState.WAITLISTED)


def lacks_charter(enrolment: Enrolment) -> bool:
    """Where the charter comes before the match, it is asked for once the enrolment is handed in (I3)."""
    is_due = enrolment.cohort.rules.acceptance.due == "match" and enrolment.state in _HANDED_IN
    return is_due and enrolment.charter_version is None


def told_of_pair(enrolment: Enrolment, pair: Pair) -> Told:
    """The same for someone who has a live pair: the search is over."""
    text = _("{Tu formes/Vous formez} {un binôme} avec %(name)s.")
    if pair.state == PairState.PROPOSED:
        text = _("{L'équipe} {te/vous} propose %(name)s.")
    other = pair.side(enrolment.as_role.other).known_as
    words = fill(text, enrolment.cohort.vocabulary, to=enrolment.role) % {"name": other}
    return Told(_("admise"), "success", "circle-check", words)


def told(enrolment: Enrolment) -> Told:
    """Where it stands, in the programme's words."""
    state = EnrolmentState(enrolment.state)
    badge, tone, icon, text = _TOLD.get(state, _OVER)
    if state == EnrolmentState.ADMITTED and enrolment.cohort.rules.matching.self_service:
        text = _CHOOSING[enrolment.as_role]
    if state == EnrolmentState.SUBMITTED and lacks_charter(enrolment):
        text = gettext_noop("{L'équipe} lit {ta/votre} candidature et répond par e-mail.")
    if state == EnrolmentState.ADMITTED and enrolment.on_hold_since:
        text = _ON_HOLD
    if state == EnrolmentState.ADMITTED and not enrolment.may_be_rematched:
        badge, tone, icon, text = _ACCOMPLISHED
    words = fill(_(text), enrolment.cohort.vocabulary, to=enrolment.role)
    return Told(_(badge), tone, icon, words)
