"""What a cell says, as an answer to a question of the programme; raise Misread when it does not."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from people.spreadsheets import Misread, parse_date, parse_integer, parse_yes_no
from people.spreadsheets.columns import normalise
from programmes.policy.evidence import ChosenObjective
from programmes.policy.questionnaire import Answer, Choice, Objectives, Question, QuestionKind

_BETWEEN_ITEMS = re.compile(r"[;|\n•]")
SHOWN_CHOICES = 10
LONGEST_OBJECTIVE = 500
LONGEST_LINE = 500


def read_answer(question: Question, choices: Sequence[Choice], text: str) -> Answer:
    """The answer as it is stored: a code for a choice, an ISO day for a date; None when empty."""
    kind = question.kind
    if not text:
        return None
    if kind is QuestionKind.INTEGER:
        return parse_integer(text, minimum=question.minimum, maximum=question.maximum)
    if kind is QuestionKind.DATE:
        day = parse_date(text)
        return day.isoformat() if day else None
    if kind is QuestionKind.YES_NO:
        return parse_yes_no(text)
    if kind is QuestionKind.CHOICE:
        return read_choice(choices, text)
    if kind is QuestionKind.CHOICES:
        return tuple(dict.fromkeys(read_choice(choices, item) for item in items_of(choices, text)))
    if kind is QuestionKind.TEXT and len(text) > LONGEST_LINE:
        raise Misread(
            _("Le texte a %(found)d signes ; la limite est de %(limit)d.")
            % {"found": len(text), "limit": LONGEST_LINE}
        )
    return text


def read_choice(choices: Sequence[Choice], text: str) -> str:
    """The code of the choice named by its code or its label, whatever its case and accents."""
    code = _known(choices).get(normalise(text))
    if code is None:
        raise Misread(
            _("« %(text)s » n'est pas dans la liste : %(choices)s.")
            % {"text": _shown(text), "choices": _listed(choices)}
        )
    return code


def read_objectives(terms: Objectives, text: str) -> tuple[ChosenObjective, ...]:
    """The themes named in a cell; another wording is an objective of one's own where that may be."""
    known = _known(terms.themes)
    chosen = []
    for item in items_of(terms.themes, text):
        code = known.get(normalise(item))
        if code is None and not terms.other_theme:
            code = read_choice(terms.themes, item)
        if code is None and len(item) > LONGEST_OBJECTIVE:
            raise Misread(_("« %(text)s » est trop long.") % {"text": _shown(item)})
        one = ChosenObjective(code) if code else ChosenObjective("", item)
        if one not in chosen:
            chosen.append(one)
    return tuple(chosen)


def items_of(choices: Sequence[Choice], text: str) -> Iterator[str]:
    """The items of a cell, apart by `;`, `|` or lines; also by commas, if no label holds them."""
    known = _known(choices)
    for part in _BETWEEN_ITEMS.split(text):
        item = " ".join(part.split())
        if not item:
            continue
        if normalise(item) in known:
            yield item
        else:
            yield from _apart_by_commas(known, item)


def _apart_by_commas(known: dict[str, str], item: str) -> Iterator[str]:
    """« Banque, assurance, conseil » where « Banque, assurance » is one label: the longest first."""
    pieces = [piece.strip() for piece in item.split(",") if piece.strip()]
    while pieces:
        length = next(
            (n for n in range(len(pieces), 0, -1) if normalise(", ".join(pieces[:n])) in known), 1
        )
        yield ", ".join(pieces[:length])
        pieces = pieces[length:]


def _known(choices: Sequence[Choice]) -> dict[str, str]:
    by_label = {normalise(choice.label): choice.code for choice in choices}
    return by_label | {normalise(choice.code): choice.code for choice in choices}


def _listed(choices: Sequence[Choice]) -> str:
    labels = ", ".join(choice.label for choice in choices[:SHOWN_CHOICES])
    more = len(choices) - SHOWN_CHOICES
    if more <= 0:
        return labels
    return labels + ngettext(" et %(more)d autre", " et %(more)d autres", more) % {"more": more}


def _shown(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 40 else f"{line[:39]}…"
