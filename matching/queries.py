"""What the board shows: the pool, the drafts with their scores in words, who is left and why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from matching.gather import Pool, why_unmatched
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
    may_be_matched: bool
    reasons: list[tuple[str, int]]


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


def waiting(pool: Pool) -> list[Unmatched]:
    """The mentees who may still get a mentor, with what stands in the way in this pool."""
    found = []
    for row, mentee in enumerate(pool.mentees):
        candidate = pool.mentee_candidates[row]
        if candidate.live_pairs:
            continue
        found.append(Unmatched(mentee, bool(pool.scores.ready[row]), why_unmatched(pool, row)))
    return found


def alternatives(pool: Pool, mentee: Enrolment, *, most: int = 10) -> list[Alternative]:
    """The mentors who would suit this mentee and have a place, best first."""
    row = next((i for i, one in enumerate(pool.mentees) if one.pk == mentee.pk), None)
    if row is None:
        return []
    suited = [
        column
        for column in range(len(pool.mentors))
        if pool.scores.allowed[row, column] and pool.scores.places[column] > 0
    ]
    suited.sort(key=lambda column: (-pool.scores.score[row, column], pool.mentors[column].pk))
    return [
        Alternative(
            pool.mentors[column],
            float(pool.scores.score[row, column]),
            merits_of(pool.rules, pool.mentor_candidates[column], pool.mentee_candidates[row]),
        )
        for column in suited[:most]
    ]


def _pairs(cohort: Cohort, state: PairState) -> QuerySet[Pair]:
    return Pair.objects.filter(cohort=cohort, state=state).select_related(
        "mentor__person",
        "mentee__person",
        "mentor__cohort__programme",
        "mentor__cohort__rule_set",
        "mentee__cohort__programme",
        "mentee__cohort__rule_set",
    )
