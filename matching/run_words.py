"""What a run proves and what a score is worth, in words."""

from __future__ import annotations

from django.utils.translation import gettext as _

from matching.models import Run
from matching.telling import tell_proof


def tell_run(run: Run) -> str:
    """The proof in one sentence."""
    if run.certificate is None:
        return ""
    return tell_proof(run.certificate["compared"], run.cohort.vocabulary)


def degree_of(points: int) -> str:
    """A score of a thousand points as people would say it."""
    if points >= 850:
        return _("Excellent accord")
    if points >= 700:
        return _("Très bon accord")
    if points >= 500:
        return _("Bon accord")
    if points >= 300:
        return _("Accord moyen")
    return _("Accord faible")
