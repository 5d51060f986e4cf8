"""The answers of an enrolment as people read them: labels, units, dates, yes and no."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.utils.translation import gettext as _

from people.dates import date_format
from programmes.policy.questionnaire import Answer, Question, QuestionKind, is_blank
from programmes.policy.rules import Rules
from programmes.policy.terms import Role
from programmes.vocabulary import DEFAULT, Vocabulary
from programmes.words import fill


@dataclass(frozen=True)
class AnsweredSection:
    """A part of the questionnaire; `rows` are (question, answer in words or "")."""

    title: str
    rows: tuple[tuple[str, str], ...]


def answers_in_words(
    rules: Rules, role: Role, answers: Mapping[str, Answer], vocabulary: Vocabulary = DEFAULT
) -> tuple[AnsweredSection, ...]:
    """Every question asked of the role, with its answer, section by section."""
    return tuple(
        AnsweredSection(
            title,
            tuple(
                (fill(q.label, vocabulary), answer_in_words(rules, q, answers.get(q.code)))
                for q in asked
            ),
        )
        for title, asked in groupby(rules.questions_for(role), key=lambda q: q.section)
    )


def answer_in_words(rules: Rules, question: Question, answer: Answer) -> str:
    if is_blank(answer):
        return ""
    if isinstance(answer, bool):
        return _("oui") if answer else _("non")
    if question.kind is QuestionKind.DATE:
        return date_format(date.fromisoformat(str(answer)), "DATE_FORMAT")
    if question.list:
        given = answer if isinstance(answer, tuple | list) else (str(answer),)
        return " ; ".join(_labels(rules, question, tuple(given)))
    return f"{answer} {question.unit}".strip()


def _labels(rules: Rules, question: Question, codes: tuple[str, ...]) -> Iterator[str]:
    known = {choice.code: choice.label for choice in rules.choices_of(question)}
    for code in codes:
        yield known.get(code, code)
