"""The cards by which people choose each other without knowing who it is.

A card holds the answers that the programme marked `on_card`, and nothing else: no name, no picture,
no address. The number of the enrolment stands in the form, and leads nowhere.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from matching.engine.reading import read_pool
from matching.engine.table import Table
from matching.gather import not_again
from matching.models import Wish
from programmes.answers import answer_in_words
from programmes.enums import EnrolmentState
from programmes.models import Enrolment
from programmes.policy.terms import Role
from programmes.queries.candidates import answers_of, candidates_of
from programmes.words import fill

MOST_SHOWN = 40


@dataclass(frozen=True)
class Card:
    """Someone without a name: what they answered, and the rank they were given, if any."""

    number: int
    rows: tuple[tuple[str, str], ...]
    rank: int | None


def cards_for(chooser: Enrolment, *, today: date) -> list[Card]:
    """Those who have a place and whom the rules allow, ranked ones first, then who suits best."""
    cohort, role = chooser.cohort, chooser.as_role
    others = list(
        Enrolment.objects.filter(
            cohort=cohort,
            role=role.other,
            state=EnrolmentState.ADMITTED,
            may_be_rematched=True,
            on_hold_since=None,
        )
        .select_related("person")
        .order_by("pk")
    )
    for one in others:
        one.cohort = cohort
    candidates = candidates_of([chooser, *others], today=today)
    own, theirs = [candidates[chooser.pk]], [candidates[one.pk] for one in others]
    by_mentee = role is Role.MENTEE
    pool = read_pool(
        cohort.rules,
        own if by_mentee else theirs,
        theirs if by_mentee else own,
        forbidden=not_again(cohort),
    )
    table = Table(pool)
    scores = {}
    for position, one in enumerate(others):
        row, column = (0, position) if by_mentee else (position, 0)
        free = pool.places[column] > 0 if by_mentee else pool.ready[row]
        if free and table.allowed(row)[column]:
            scores[one.pk] = int(table.scores(row)[column])
    ranks = dict(Wish.objects.filter(chooser=chooser).values_list("chosen", "rank"))
    suited = sorted(
        (one for one in others if one.pk in scores),
        key=lambda one: (ranks.get(one.pk, MOST_SHOWN), -scores[one.pk], one.pk),
    )
    return [_card(one, ranks.get(one.pk)) for one in suited[:MOST_SHOWN]]


def _card(shown: Enrolment, rank: int | None) -> Card:
    rules, answers = shown.cohort.rules, answers_of(shown)
    rows = (
        (
            fill(question.label, shown.cohort.vocabulary),
            answer_in_words(rules, question, answers.get(question.code)),
        )
        for question in rules.questions_for(shown.as_role)
        if question.on_card
    )
    return Card(shown.pk, tuple(row for row in rows if row[1]), rank)
