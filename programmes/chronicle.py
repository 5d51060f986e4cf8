"""The journal told in sentences: what happened, without contents.

Apps above register the sentences of their own events in `AppConfig.ready()`. A sentence speaks
in the words of the programme; the facts of the entry stand in it as `%(name)s`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from people.dates import date_format
from programmes.enums import DeclineReason, StopReason
from programmes.models import Cohort, JournalEntry
from programmes.words import fill

_sentences: dict[str, Any] = {
    "enrolment_started": gettext_lazy("Candidature commencée"),
    "enrolment_submitted": gettext_lazy("Candidature envoyée"),
    "enrolment_imported": gettext_lazy("Candidature reprise d'une liste {de l'association}"),
    "enrolment_admitted": gettext_lazy("Candidature admise"),
    "enrolment_waitlisted": gettext_lazy("Candidature mise en liste d'attente"),
    "enrolment_refused": gettext_lazy("Candidature refusée"),
    "enrolment_reopened": gettext_lazy("Candidature rendue, pour être complétée"),
    "enrolment_reconsidered": gettext_lazy(
        "Candidature reprise par {l'équipe}, de nouveau à examiner"
    ),
    "enrolment_taken_up": gettext_lazy("Candidature reprise par la personne"),
    "enrolment_withdrawn": gettext_lazy("Candidature retirée"),
    "enrolment_closed": gettext_lazy("Candidature close"),
    "enrolment_excluded": gettext_lazy("Exclusion définitive"),
    "enrolment_held_back": gettext_lazy("Plus de proposition pour l'instant : le temps manque"),
    "enrolment_available": gettext_lazy("De nouveau disponible"),
    "derogation_granted": gettext_lazy("Dérogation accordée"),
    "objectives_set": gettext_lazy("Objectifs fixés (%(count)s)"),
    "fee_settled": gettext_lazy("Frais de participation réglés, reçu n° %(receipt)s"),
    "fee_waived": gettext_lazy("Frais de participation remis"),
    "membership_recorded": gettext_lazy("Adhésion mise à jour"),
    "paid_period_recorded": gettext_lazy("Cotisation enregistrée, du %(starts_on)s au %(ends_on)s"),
    "pair_drafted": gettext_lazy("{Binôme} {mis|binôme} à l'étude"),
    "pair_proposed": gettext_lazy("{Binôme} {proposé|binôme} aux deux personnes"),
    "proposal_accepted": gettext_lazy("Proposition acceptée par %(role)s"),
    "acceptance_taken_back": gettext_lazy("Proposition : %(role)s revient sur son oui"),
    "proposal_declined": gettext_lazy("Proposition déclinée par %(role)s : %(reason)s"),
    "proposal_expired": gettext_lazy("Proposition close faute de réponse"),
    "pair_introduced": gettext_lazy("Mise en relation : coordonnées échangées"),
    "pair_started": gettext_lazy("Accord complet : {le binôme} commence"),
    "pair_paused": gettext_lazy("{Binôme} {mis|binôme} en pause"),
    "pair_frozen": gettext_lazy("{Binôme} {gelé|binôme} par {l'équipe}"),
    "pair_resumed": gettext_lazy("Reprise {du binôme}"),
    "pair_cancelled": gettext_lazy("{Binôme} {annulé|binôme}"),
    "pair_stopped": gettext_lazy("{Binôme} {arrêté|binôme} : %(reason)s"),
    "pair_completed": gettext_lazy("{Binôme} {mené|binôme} à terme"),
    "extension_asked": gettext_lazy("Prolongation demandée jusqu'au %(until)s"),
    "extension_granted": gettext_lazy("Prolongation acquise jusqu'au %(until)s"),
}

# Facts that are codes, and what they are called.
_PARTIES = {
    "organisation": gettext_lazy("{l'association}"),
    "guardian": gettext_lazy("le représentant légal"),
}
_ROLES = {"mentor": gettext_lazy("{le mentor}"), "mentee": gettext_lazy("{le mentoré}")}
_REASONS = {**dict(StopReason.choices), **dict(DeclineReason.choices)}


@dataclass(frozen=True)
class Event:
    """One thing that happened: told, dated, and by whom (nobody: the software by itself)."""

    label: str
    at: datetime
    actor: str
    pair_id: int | None


def register(sentences: Mapping[str, Any]) -> None:
    """Make the events of an app above known; their sentences are lazy translations."""
    _sentences.update(sentences)


def tell_journal(entries: Iterable[JournalEntry], cohort: Cohort) -> list[Event]:
    """The entries, in their order; the actors and the two should be fetched with them."""
    return [
        Event(
            label=tell_event(entry, cohort),
            at=entry.at,
            actor=str(entry.done_by or ""),
            pair_id=entry.pair_id,
        )
        for entry in entries
    ]


def tell_event(entry: JournalEntry, cohort: Cohort) -> str:
    """One entry in the words of its cohort."""
    known = _sentences.get(entry.event)
    if known is None:
        return _("Étape enregistrée (%(event)s)") % {"event": entry.event}
    facts = {name: _in_words(name, value) for name, value in entry.facts.items()}
    told = fill(str(known) % _Known(facts), cohort.vocabulary)
    if entry.facts.get("despite"):  # the team's own reason, which the two do not read
        told += _(", malgré ce qui manquait : « %(despite)s »") % entry.facts
    return told[:1].upper() + told[1:]


class _Known(dict[str, Any]):
    """A fact that an old entry lacks is left out of its sentence."""

    def __missing__(self, key: str) -> str:
        return "–"


def _in_words(name: str, value: Any) -> str:
    if name in ("role", "party"):
        return str({**_PARTIES, **_ROLES}.get(str(value), value))
    if name == "reason":
        return str(_REASONS.get(str(value), value))
    try:
        return date_format(date.fromisoformat(str(value)), "DATE_FORMAT")
    except ValueError:
        return str(value)
