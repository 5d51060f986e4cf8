"""What one person of a pair reads of the other: what they wrote for it, and what brought them together."""

from __future__ import annotations

from dataclasses import dataclass

from programmes.answers import answer_in_words
from programmes.models import Enrolment
from programmes.policy.criteria import MatchTest
from programmes.policy.questionnaire import Question
from programmes.policy.rules import Rules
from programmes.policy.terms import Role
from programmes.queries.candidates import answers_of
from programmes.words import fill


def shown_to_other(rules: Rules, role: Role) -> tuple[Question, ...]:
    """The questions of a role whose answers the person proposed reads too (I2, M2, M3).

    Those marked as expectations, and those on which people are brought together; not those on
    which they must differ (P11).
    """
    compared = {
        getattr(criterion, role)
        for criterion in rules.criteria
        if criterion.test is not MatchTest.DIFFER
    }
    return tuple(q for q in rules.questions_for(role) if q.expectation or q.code in compared)


@dataclass(frozen=True)
class Profile:
    """Someone as the other of the pair sees them: neither address nor answers meant for the team."""

    rows: tuple[tuple[str, str], ...]
    objectives: tuple[str, ...]


def profile_of(enrolment: Enrolment) -> Profile:
    rules, role = enrolment.cohort.rules, enrolment.as_role
    vocabulary, answers = enrolment.cohort.vocabulary, answers_of(enrolment)
    rows = (
        (
            fill(question.label, vocabulary),
            answer_in_words(rules, question, answers.get(question.code)),
        )
        for question in shown_to_other(rules, role)
    )
    return Profile(
        rows=tuple((label, answer) for label, answer in rows if answer),
        objectives=objectives_in_words(enrolment),
    )


def objectives_in_words(enrolment: Enrolment) -> tuple[str, ...]:
    """« Leadership : prendre la parole en comité »; the theme, the text, or both."""
    themes = {theme.code: theme.label for theme in enrolment.cohort.rules.objectives.themes}
    return tuple(
        " : ".join(part for part in (themes.get(one.theme, one.theme), one.text) if part)
        for one in enrolment.objectives.all()
    )
