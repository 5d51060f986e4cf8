"""What the board shows: the pool, the drafts with their scores in words, who else would suit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from django.db.models import Q, QuerySet

from matching.engine.explanations import absence
from matching.engine.pool import SCALE, Bools, Factor
from matching.engine.table import Table
from matching.gather import Gathered
from matching.telling import tell_absence
from people.models import Person
from programmes.enums import PairState
from programmes.models import Cohort, Enrolment, Pair
from programmes.policy.entering import judge_standing_in_cohort
from programmes.policy.matching import Merit, merits_of
from programmes.policy.rules import Rules
from programmes.queries.candidates import candidates_of
from programmes.vocabulary import Vocabulary


@dataclass(frozen=True)
class ScoredPair:
    pair: Pair
    merits: tuple[Merit, ...]


@dataclass(frozen=True)
class Barrier:
    """A criterion that binds, and the share (0 to 100) of all possible pairs that it rules out."""

    label: str
    share: float


@dataclass(frozen=True)
class Glance:
    """The pool in a few numbers; `nobody` has the mentees for whom not one mentor would suit, and
    `unready` those who may not be matched yet, by position."""

    mentors: int
    places: int
    mentees: int
    without: int
    nobody: tuple[int, ...]
    unready: tuple[int, ...]
    barriers: tuple[Barrier, ...]


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


def glance(gathered: Gathered) -> Glance:
    """Who is there, and what keeps whom apart."""
    pool, without = gathered.pool, gathered.without_pair()
    table, free = Table(pool), pool.places > 0
    nobody = [row for row in without if pool.ready[row] and not (table.allowed(row) & free).any()]
    possible = max(1, int(pool.ready.sum()) * int(free.sum()))
    barriers = [
        Barrier(one.label, 100 * _ruled_out(one, pool.ready, free) / possible)
        for one in pool.factors
        if one.binds
    ]
    barriers = [one for one in barriers if one.share >= 0.5]
    return Glance(
        mentors=len(gathered.mentors),
        places=int(pool.places.sum()),
        mentees=len(gathered.mentees),
        without=len(without),
        nobody=tuple(nobody),
        unready=tuple(row for row in without if not pool.ready[row]),
        barriers=tuple(sorted(barriers, key=lambda one: -one.share)),
    )


@dataclass(frozen=True)
class Blocked:
    """A mentee for whom a run would find nobody, and why, in sentences."""

    mentee: Enrolment
    reasons: list[str]


def blocked(gathered: Gathered, rows: Sequence[int], vocabulary: Vocabulary) -> list[Blocked]:
    """These mentees, by position, with what stands between them and a mentor."""
    table = Table(gathered.pool)
    return [
        Blocked(
            gathered.mentees[row],
            tell_absence(
                absence(table, row),
                vocabulary,
                judge_standing_in_cohort(gathered.rules, gathered.mentee_candidates[row]),
            ),
        )
        for row in rows
    ]


def declined_in(cohort: Cohort, *, reader: Person) -> QuerySet[Pair]:
    """The proposals to which somebody said no, latest first; never the reader's own."""
    declined = _pairs(cohort, PairState.DECLINED).exclude(
        Q(mentor__person=reader) | Q(mentee__person=reader)
    )
    return declined.order_by("-pk")


def _ruled_out(factor: Factor, mentees: Bools, mentors: Bools) -> int:
    """How many couples of these people a criterion keeps apart, counted by kinds of answers."""
    wanted, offered = factor.holds.shape
    rows = np.bincount(factor.mentee_kinds[mentees], minlength=wanted)
    columns = np.bincount(factor.mentor_kinds[mentors], minlength=offered)
    return int(rows @ ~factor.holds @ columns)


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


def out_of_100(points: float) -> float:
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
