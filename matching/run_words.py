"""What a run proves and what a score is worth, in words."""

from __future__ import annotations

from django.utils.translation import gettext as _

from matching.engine.certificate import Certificate
from matching.engine.explanations import Contribution
from matching.engine.reading import PREFERENCES, WAITING, WISHES
from matching.models import Run
from matching.telling import tell_proof


def tell_run(run: Run) -> str:
    """The proof in one sentence."""
    if run.certificate is None:
        return ""
    return tell_proof(Certificate.from_document(run.certificate), run.cohort.vocabulary)


def closeness_in_words(closeness: float) -> str:
    """« tout à fait », « en partie »…, for a closeness of 0 to 1."""
    if closeness >= 0.99:
        return _("tout à fait")
    if closeness >= 0.6:
        return _("bien")
    if closeness > 0:
        return _("en partie")
    return _("pas du tout")


def brought_in_words(part: Contribution) -> str:
    """How well a criterion is met; what is no resemblance is said in words of its own."""
    if part.code == WAITING:
        if part.points == part.most:
            return _("la plus longue")
        return _("plus courte") if part.points else _("aucune")
    if part.code in (WISHES, PREFERENCES):
        if part.points == part.most:
            return _("premier choix")
        return _("parmi les choix") if part.points else _("pas parmi les choix")
    return closeness_in_words(part.points / part.most)


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
