"""The engine's facts as sentences, in the programme's words: for the board, the command, the report."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext, gettext_noop, ngettext

from matching.engine.certificate import Certificate
from matching.engine.explanations import Absence, Obstacle
from matching.engine.reading import PREFERENCES, WAITING, WISHES
from people.numbers import grouped
from programmes.policy.verdict import Verdict
from programmes.sentences import tell_all
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


def tell_proof(certificate: Certificate, vocabulary: Vocabulary) -> str:
    """What the certificate of a run proves, and what it does not."""
    if not certificate.compared:
        return fill(
            gettext("Personne n'attendait {de mentor}, ou aucune place n'était libre."), vocabulary
        )
    if certificate.above:
        text = ngettext(
            "Prouvé sur %(compared)s {binôme} imaginable : on ne peut ni donner {un mentor} à plus "
            "de monde, ni relever l'accord le plus faible, ni obtenir un meilleur total.",
            "Prouvé sur %(compared)s {binômes} imaginables : on ne peut ni donner {un mentor} à plus "
            "de monde, ni relever l'accord le plus faible, ni obtenir un meilleur total.",
            certificate.compared,
        )
    else:
        text = ngettext(
            "Prouvé sur %(compared)s {binôme} imaginable : on ne peut ni donner {un mentor} à plus "
            "de monde, ni obtenir un meilleur total.",
            "Prouvé sur %(compared)s {binômes} imaginables : on ne peut ni donner {un mentor} à plus "
            "de monde, ni obtenir un meilleur total.",
            certificate.compared,
        )
    told = fill(text, vocabulary) % {"compared": grouped(certificate.compared)}
    if not certificate.weight:
        return told
    bent = gettext(
        "Ce total compte davantage les accords faibles ; dans quelle mesure, le calcul le choisit "
        "sans le prouver."
    )
    return f"{told} {bent}"


def tell_absence(absence: Absence, vocabulary: Vocabulary, standing: Verdict) -> list[str]:
    """Why this mentee has nobody; what would help most comes first. Nothing where nothing is in the way.

    `standing` says what keeps them from being matched at all.
    """
    if not absence.ready and standing.breaches:
        return tell_all(standing.breaches, vocabulary)
    return [_capitalised(fill(text, vocabulary)) for text in _absence(absence)]


def _absence(absence: Absence) -> Iterator[str]:
    if not absence.ready:
        yield gettext("Ne pouvait pas être {apparié|mentoré} au moment du calcul.")
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
