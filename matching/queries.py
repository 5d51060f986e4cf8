"""What the board shows: the pool, the drafts with their scores in words, who is left and why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from django.db.models import QuerySet

from matching.engine.explanations import Absence, absence
from matching.engine.pool import SCALE
from matching.engine.table import Table
from matching.gather import Gathered
from programmes.enums import PairState
from programmes.models import Cohort, Enrolment, Pair
from programmes.policy.matching import Merit, merits_of
from programmes.policy.rules import Rules
from programmes.queries.candidates import candidates_of


@dataclass(frozen=True)
class ScoredPair:
    pair: Pair
    merits: tuple[Merit, ...]


@dataclass(frozen=True)
class Unmatched:
    """A mentee for whom the pool has nobody, and what rules out the mentors who have a place."""

    enrolment: Enrolment
    absence: Absence


@dataclass(frozen=True)
class Alternative:
    mentor: Enrolment
    score: float
    merits: tuple[Merit, ...]


def drafts_of(cohort: Cohort) -> QuerySet[Pair]:
    return _pairs(cohort, PairState.DRAFTED).order_by("-score", "pk")


def proposals_of(cohort: Cohort) -> QuerySet[Pair]:
    return _pairs(cohort, PairState.PROPOSED).order_by("answer_by", "pk")


def with_merits(pairs: Sequence[Pair], rules: Rules, *, today: date) -> list[ScoredPair]:
    """Each pair with how well it meets each weighted criterion, in a fixed number of queries."""
    people = [enrolment for pair in pairs for enrolment in (pair.mentor, pair.mentee)]
    candidates = candidates_of(people, today=today)
    return [
        ScoredPair(pair, merits_of(rules, candidates[pair.mentor_id], candidates[pair.mentee_id]))
        for pair in pairs
    ]


def waiting(gathered: Gathered) -> list[Unmatched]:
    """The mentees who may still get a mentor, with what stands in the way in this pool."""
    table = Table(gathered.pool)
    return [
        Unmatched(mentee, absence(table, row))
        for row, mentee in enumerate(gathered.mentees)
        if not gathered.mentee_candidates[row].live_pairs
    ]


def alternatives(gathered: Gathered, mentee: Enrolment, *, most: int = 10) -> list[Alternative]:
    """The mentors who would suit this mentee and have a place, best first."""
    row = next((i for i, one in enumerate(gathered.mentees) if one.pk == mentee.pk), None)
    if row is None:
        return []
    table = Table(gathered.pool)
    scores = table.scores(row)
    suited = np.flatnonzero(table.allowed(row) & (gathered.pool.places > 0)).tolist()
    suited.sort(key=lambda column: (-scores[column], gathered.mentors[column].pk))
    return [
        Alternative(
            gathered.mentors[column],
            out_of_100(int(scores[column])),
            merits_of(
                gathered.rules, gathered.mentor_candidates[column], gathered.mentee_candidates[row]
            ),
        )
        for column in suited[:most]
    ]


def out_of_100(points: int) -> float:
    """The engine's points as people read a score."""
    return 100 * points / SCALE


def _pairs(cohort: Cohort, state: PairState) -> QuerySet[Pair]:
    return Pair.objects.filter(cohort=cohort, state=state).select_related(
        "mentor__person",
        "mentee__person",
        "mentor__cohort__programme",
        "mentor__cohort__rule_set",
        "mentee__cohort__programme",
        "mentee__cohort__rule_set",
    )
