"""Answers in words: question by question."""

from __future__ import annotations

from django.utils.translation import gettext as _

from programmes.models import Pair
from programmes.policy.rules import Milestone, ReviewQuestion
from programmes.policy.terms import Role
from programmes.words import fill
from sessions.models import Review
from sessions.services.reviews import questions_for


def sheet_of(milestone: Milestone, role: Role, review: Review, pair: Pair) -> list[tuple[str, str]]:
    """Label and answer of each question of this side."""
    return [
        (
            fill(question.label, pair.cohort.vocabulary, to=role),
            _in_words(question, review.answers.get(question.code)),
        )
        for question in questions_for(milestone, role)
    ]


def _in_words(question: ReviewQuestion, answer: object) -> str:
    if answer is None:
        return ""
    if question.kind == "scale":
        return _("%(answer)s sur 5") % {"answer": answer}
    if question.kind == "yes_no":
        return _("oui") if answer else _("non")
    return next((c.label for c in question.choices if c.code == answer), str(answer))
