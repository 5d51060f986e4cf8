"""What the reviews say all together, without anyone being recognised (B5, C3, C4).

A question that fewer than `SMALLEST_GROUP` people answered is masked; what a pair keeps between
the two is not counted at all.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from programmes.models import Cohort
from programmes.policy.rules import ReviewQuestion
from programmes.words import fill
from sessions.queries import shared_reviews

SMALLEST_GROUP = 5


@dataclass(frozen=True)
class Voice:
    """One question of a review: how many answered, and what they say together ("" if masked)."""

    milestone: str
    label: str
    answers: int
    said: str

    @property
    def is_masked(self) -> bool:
        return not self.said


def voices_of(cohort: Cohort) -> Iterator[Voice]:
    """Every question of the cohort's reviews that someone answered."""
    given: dict[tuple[str, str], list[Any]] = defaultdict(list)
    reviews = shared_reviews().filter(pair__cohort=cohort)
    for milestone, answers in reviews.values_list("milestone", "answers"):
        for code, answer in answers.items():
            given[milestone, code].append(answer)
    for milestone_rule in cohort.rules.milestones:
        for question in milestone_rule.questions:
            answers = given.get((milestone_rule.code, question.code), [])
            if answers:
                yield Voice(
                    milestone=fill(milestone_rule.title, cohort.vocabulary),
                    label=fill(question.label, cohort.vocabulary),
                    answers=len(answers),
                    said=together(question, answers) if len(answers) >= SMALLEST_GROUP else "",
                )


def together(question: ReviewQuestion, answers: list[Any]) -> str:
    """A mean on the scale of 1 to 5, a share of yes, or the share of each choice."""
    if question.kind == "scale":
        mean = number_format(sum(answers) / len(answers), decimal_pos=1)
        return _("%(mean)s sur 5 en moyenne") % {"mean": mean}
    if question.kind == "yes_no":
        return _("oui à %(share)s %%") % {"share": _share(answers, True)}
    return " ; ".join(
        f"{choice.label} : {_share(answers, choice.code)} %"
        for choice in question.choices
        if choice.code in answers
    )


def _share(answers: list[Any], wanted: Any) -> int:
    return round(100 * sum(answer == wanted for answer in answers) / len(answers))
