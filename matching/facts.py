"""What two people answered, beside the criterion that compares it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from matching.engine.explanations import Contribution
from programmes.answers import answer_in_words
from programmes.policy.coherence import OBJECTIVES
from programmes.policy.criteria import Criterion
from programmes.policy.evidence import Candidate
from programmes.policy.rules import Rules
from programmes.policy.terms import Role


@dataclass(frozen=True)
class Part:
    """What a criterion brings to two people, and their two answers in words ("" where it has none)."""

    brought: Contribution
    mentor: str
    mentee: str


def parts_of(
    rules: Rules, brought: Sequence[Contribution], mentor: Candidate, mentee: Candidate
) -> list[Part]:
    criteria = {rule.code: rule for rule in rules.criteria}
    return [
        Part(one, *(_said(rules, criteria.get(one.code), each) for each in (mentor, mentee)))
        for one in brought
    ]


def _said(rules: Rules, rule: Criterion | None, candidate: Candidate) -> str:
    if rule is None:
        return ""
    code = rule.mentor if candidate.role is Role.MENTOR else rule.mentee
    if code == OBJECTIVES:
        chosen = {objective.theme for objective in candidate.objectives}
        labels = [theme.label for theme in rules.objectives.themes if theme.code in chosen]
        return " ; ".join(labels)
    return answer_in_words(rules, rules.question(code), candidate.answers.get(code))
