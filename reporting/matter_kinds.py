"""The kinds of things that wait for the team, in the order in which to see to them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import ngettext_lazy


@dataclass(frozen=True)
class Kind:
    """One kind of thing that waits; `sentence` counts with `%(n)s`, `filters` ends the address."""

    sentence: Any
    page: str
    filters: str
    tone: str
    icon: str


KINDS = {
    "concerns": Kind(
        ngettext_lazy("%(n)s demande d'aide à traiter", "%(n)s demandes d'aide à traiter", "n"),
        "programmes:concerns",
        "",
        "danger",
        "lifebuoy",
    ),
    "submitted": Kind(
        ngettext_lazy("%(n)s candidature à examiner", "%(n)s candidatures à examiner", "n"),
        "programmes:cohort_enrolments",
        "state=submitted",
        "warning",
        "inbox",
    ),
    "drafted": Kind(
        ngettext_lazy(
            "%(n)s {binôme} à l'étude, à proposer", "%(n)s {binômes} à l'étude, à proposer", "n"
        ),
        "programmes:cohort_pairs",
        "state=drafted",
        "warning",
        "arrows-left-right",
    ),
    "to_sign": Kind(
        ngettext_lazy(
            "%(n)s {convention} à signer pour l'association",
            "%(n)s {conventions} à signer pour l'association",
            "n",
        ),
        "charters:cohort_conventions",
        "",
        "warning",
        "signature",
    ),
    "unanswered": Kind(
        ngettext_lazy(
            "%(n)s proposition sans réponse après le délai",
            "%(n)s propositions sans réponse après le délai",
            "n",
        ),
        "programmes:cohort_pairs",
        "state=proposed",
        "warning",
        "clock",
    ),
    "declared": Kind(
        ngettext_lazy(
            "%(n)s {binôme} dont la fin est déclarée, à clore",
            "%(n)s {binômes} dont la fin est déclarée, à clore",
            "n",
        ),
        "programmes:cohort_pairs",
        "state=running",
        "warning",
        "flag",
    ),
    "late": Kind(
        ngettext_lazy(
            "%(n)s {binôme} sans premier rendez-vous proposé dans le délai",
            "%(n)s {binômes} sans premier rendez-vous proposé dans le délai",
            "n",
        ),
        "programmes:cohort_pairs",
        "state=running",
        "warning",
        "calendar-event",
    ),
    "silent": Kind(
        ngettext_lazy("%(n)s {binôme} sans nouvelles", "%(n)s {binômes} sans nouvelles", "n"),
        "programmes:cohort_pairs",
        "state=running",
        "warning",
        "bell",
    ),
    "lapsed": Kind(
        ngettext_lazy(
            "%(n)s adhésion échue en cours de route",
            "%(n)s adhésions échues en cours de route",
            "n",
        ),
        "programmes:members",
        "",
        "warning",
        "id-badge",
    ),
    "over": Kind(
        ngettext_lazy(
            "%(n)s {binôme} {arrivé|binôme} au terme prévu, à clore",
            "%(n)s {binômes} {arrivé|binômes} au terme prévu, à clore",
            "n",
        ),
        "programmes:cohort_pairs",
        "state=running",
        "warning",
        "flag",
    ),
    "frozen": Kind(
        ngettext_lazy("%(n)s {binôme} {gelé|binôme}", "%(n)s {binômes} {gelé|binômes}", "n"),
        "programmes:cohort_pairs",
        "state=frozen",
        "warning",
        "player-pause",
    ),
    "fees": Kind(
        ngettext_lazy(
            "%(n)s personne admise dont les frais restent à régler",
            "%(n)s personnes admises dont les frais restent à régler",
            "n",
        ),
        "programmes:cohort_enrolments",
        "state=admitted",
        "info",
        "coin-euro",
    ),
    "accepted": Kind(
        ngettext_lazy(
            "%(n)s {binôme} dont l'accord est attendu",
            "%(n)s {binômes} dont l'accord est attendu",
            "n",
        ),
        "programmes:cohort_pairs",
        "state=accepted",
        "info",
        "signature",
    ),
}
