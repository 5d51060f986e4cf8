"""The engine's facts as sentences, in the programme's words: for the board, the command, the report."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.formats import number_format
from django.utils.translation import gettext, gettext_noop, ngettext

from matching.engine.explanations import Absence, Obstacle
from matching.engine.reading import PREFERENCES, WAITING, WISHES
from programmes.vocabulary import Vocabulary
from programmes.words import fill

# Criteria that no programme file names.
LABELS = {
    WISHES: gettext_noop("Vœux {des mentorés}"),
    PREFERENCES: gettext_noop("Préférences {des mentors}"),
    WAITING: gettext_noop("Attente déjà passée"),
}


def label_of(code: str, label: str, vocabulary: Vocabulary) -> str:
    """A criterion's name for people."""
    return fill(label or gettext(LABELS[code]), vocabulary)


def tell_proof(compared: int, vocabulary: Vocabulary) -> str:
    """What the certificate of a run says; `compared`: how many pairs were held against each other."""
    text = ngettext(
        "Résultat exact : %(compared)s couple comparé, aucun meilleur appariement n'existe "
        "pour ces personnes et ces poids.",
        "Résultat exact : %(compared)s couples comparés, aucun meilleur appariement n'existe "
        "pour ces personnes et ces poids.",
        compared,
    )
    return fill(text, vocabulary) % {"compared": number_format(compared, force_grouping=True)}


def tell_absence(absence: Absence, vocabulary: Vocabulary) -> list[str]:
    """Why this mentee has nobody; what would help most comes first. Nothing where nothing is in the way."""
    return [_capitalised(fill(text, vocabulary)) for text in _absence(absence)]


def _absence(absence: Absence) -> Iterator[str]:
    if not absence.ready:
        yield gettext(
            "Ne peut pas encore être {apparié|mentoré} : {charte}, cotisation ou frais à régler."
        )
        return
    if absence.suited:
        yield ngettext(
            "%(count)s {mentor} conviendrait, mais sa place va à quelqu'un d'autre.",
            "%(count)s {mentors} conviendraient, mais leurs places vont à d'autres.",
            absence.suited,
        ) % {"count": absence.suited}
    elif absence.obstacles:
        yield gettext("{Aucun mentor} ayant une place ne remplit toutes les conditions.")
    else:
        yield gettext("{Aucun mentor} n'a de place.")
    for obstacle in absence.obstacles:
        yield _obstacle(obstacle, more=bool(absence.suited))


def _obstacle(obstacle: Obstacle, *, more: bool) -> str:
    facts = {"label": obstacle.label, "count": obstacle.without, "out": obstacle.ruled_out}
    if not obstacle.without:
        return (
            ngettext(
                "« %(label)s » en écarte %(out)s, qu'une autre condition écarte aussi.",
                "« %(label)s » en écarte %(out)s, que d'autres conditions écartent aussi.",
                obstacle.ruled_out,
            )
            % facts
        )
    if more:
        return (
            ngettext(
                "%(count)s de plus conviendrait sans la condition « %(label)s ».",
                "%(count)s de plus conviendraient sans la condition « %(label)s ».",
                obstacle.without,
            )
            % facts
        )
    return (
        ngettext(
            "%(count)s conviendrait sans la condition « %(label)s ».",
            "%(count)s conviendraient sans la condition « %(label)s ».",
            obstacle.without,
        )
        % facts
    )


def _capitalised(text: str) -> str:
    return text[:1].upper() + text[1:]
