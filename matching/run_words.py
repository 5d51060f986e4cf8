"""What a run proves and what a score is worth, in words."""

from __future__ import annotations

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from matching.models import Run
from programmes.words import fill


def tell_run(run: Run) -> str:
    """The proof in one sentence."""
    if run.certificate is None:
        return ""
    text = _(
        "Résultat exact : %(compared)s couples comparés, aucun meilleur appariement n'existe "
        "pour ces personnes et ces poids."
    )
    return fill(text, run.cohort.vocabulary) % {
        "compared": number_format(run.certificate["compared"], force_grouping=True)
    }


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
