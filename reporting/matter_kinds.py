"""The kinds of things that wait for the team, in the order in which to see to them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy


@dataclass(frozen=True)
class Kind:
    """One kind of thing that waits; `sentence` counts with `%(n)s`.

    `page` lists exactly these, with `filters`; where none does, the dashboard's own list is it:
    `since` says what its dates are, and `leads_to` the cohort's page where something can be done.
    """

    sentence: Any
    tone: str
    icon: str
    page: str = ""
    filters: str = ""
    since: Any = ""
    leads_to: tuple[str, Any] | None = None


KINDS = {
    "rooms": Kind(
        _("Aucune salle à proposer, alors qu'{une rencontre} doit s'y tenir"),
        "danger",
        "door-enter",
        "meetings:rooms",
    ),
    "signatory": Kind(
        _("Personne ne peut encore signer {une convention} au nom {de l'association}"),
        "danger",
        "signature",
        "programmes:team_settings",
    ),
    "concerns": Kind(
        ngettext_lazy("%(n)s demande d'aide à traiter", "%(n)s demandes d'aide à traiter", "n"),
        "danger",
        "lifebuoy",
        "programmes:concerns",
    ),
    "submitted": Kind(
        ngettext_lazy("%(n)s candidature à examiner", "%(n)s candidatures à examiner", "n"),
        "warning",
        "inbox",
        "programmes:cohort_enrolments",
        "state=submitted",
    ),
    "drafted": Kind(
        ngettext_lazy(
            "%(n)s {binôme} à l'étude, à proposer", "%(n)s {binômes} à l'étude, à proposer", "n"
        ),
        "warning",
        "arrows-left-right",
        "matching:board",
    ),
    "to_sign": Kind(
        ngettext_lazy(
            "%(n)s {convention} à signer pour {l'association}",
            "%(n)s {conventions} à signer pour {l'association}",
            "n",
        ),
        "warning",
        "signature",
        since=_("Ouverte le"),
    ),
    "unanswered": Kind(
        ngettext_lazy(
            "%(n)s proposition sans réponse après le délai",
            "%(n)s propositions sans réponse après le délai",
            "n",
        ),
        "warning",
        "clock",
        since=_("Réponse attendue le"),
    ),
    "declared": Kind(
        ngettext_lazy(
            "%(n)s {binôme} dont la fin est déclarée, à clore",
            "%(n)s {binômes} dont la fin est déclarée, à clore",
            "n",
        ),
        "warning",
        "flag",
        since=_("Déclarée le"),
    ),
    "late": Kind(
        ngettext_lazy(
            "%(n)s {binôme} sans premier rendez-vous proposé dans le délai",
            "%(n)s {binômes} sans premier rendez-vous proposé dans le délai",
            "n",
        ),
        "warning",
        "calendar-event",
        since=_("Attendu pour le"),
    ),
    "silent": Kind(
        ngettext_lazy("%(n)s {binôme} sans nouvelles", "%(n)s {binômes} sans nouvelles", "n"),
        "warning",
        "bell",
        since=_("Dernier signe le"),
    ),
    "lapsed": Kind(
        ngettext_lazy(
            "%(n)s adhésion échue en cours de route",
            "%(n)s adhésions échues en cours de route",
            "n",
        ),
        "warning",
        "id-badge",
    ),
    "over": Kind(
        ngettext_lazy(
            "%(n)s {binôme} {arrivé|binôme} au terme prévu, à clore",
            "%(n)s {binômes} {arrivé|binômes} au terme prévu, à clore",
            "n",
        ),
        "warning",
        "flag",
        since=_("Terme prévu le"),
    ),
    "frozen": Kind(
        ngettext_lazy("%(n)s {binôme} {gelé|binôme}", "%(n)s {binômes} {gelé|binômes}", "n"),
        "warning",
        "player-pause",
        "programmes:cohort_pairs",
        "state=frozen",
    ),
    "fees": Kind(
        ngettext_lazy(
            "%(n)s personne admise dont les frais restent à régler",
            "%(n)s personnes admises dont les frais restent à régler",
            "n",
        ),
        "info",
        "coin-euro",
        since=_("Candidature envoyée le"),
    ),
    "alone": Kind(
        ngettext_lazy(
            "%(n)s {mentoré} {admis|mentoré} sans {mentor}",
            "%(n)s {mentorés} {admis|mentorés} sans {mentor}",
            "n",
        ),
        "info",
        "arrows-left-right",
        since=_("Candidature envoyée le"),
        leads_to=("matching:board", _("Aller à l'appariement")),
    ),
    "accepted": Kind(
        ngettext_lazy(
            "%(n)s {binôme} dont l'accord est attendu",
            "%(n)s {binômes} dont l'accord est attendu",
            "n",
        ),
        "info",
        "signature",
        "programmes:cohort_pairs",
        "state=accepted",
    ),
}
