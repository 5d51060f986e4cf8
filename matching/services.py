"""Drafting the best pairs of a cohort, changing them, publishing them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from matching.engine.solving import solve
from matching.gather import gather_pool
from matching.queries import out_of_100
from people.clock import PARIS
from people.models import Person
from programmes.enums import PairState
from programmes.lifecycle import ImpossibleTransition
from programmes.models import Cohort, Enrolment, Pair
from programmes.queries.pool import judge_by_another
from programmes.sentences import Refused
from programmes.services import pairs
from programmes.services.journal import lock, record
from programmes.services.pair_batches import Couple, draft_pairs, propose_pairs


@dataclass(frozen=True)
class Drafted:
    """What a run made: how many pairs, and how many mentees remain without."""

    pairs: int
    unmatched: int


@transaction.atomic
def draft_best_pairs(cohort: Cohort, *, by: Person | None, at: datetime) -> Drafted:
    """Draft the best pairs among those still free; what is drafted already stays as it is."""
    lock(cohort)
    gathered = gather_pool(cohort, today=at.astimezone(PARIS).date())
    result = solve(gathered.pool)
    draft_pairs(
        cohort,
        [
            Couple(
                gathered.mentors[match.mentor],
                gathered.mentees[match.mentee],
                out_of_100(match.score),
            )
            for match in result.pairs
        ],
        by=by,
        at=at,
    )
    drafted = Drafted(result.matched, int(gathered.pool.ready.sum()) - result.matched)
    record(
        "matching_run",
        by=by,
        at=at,
        programme=cohort.programme,
        cohort=cohort.slug,
        drafted=drafted.pairs,
        unmatched=drafted.unmatched,
    )
    return drafted


@transaction.atomic
def drop_draft(pair: Pair, *, by: Person, at: datetime) -> Pair:
    """Undo a draft, which nobody heard of; raise ImpossibleTransition once it was proposed."""
    verdict = judge_by_another(pair.mentor, pair.mentee, by)
    if not verdict.is_clear:
        raise Refused(verdict)
    pair = lock(pair)
    if pair.state != PairState.DRAFTED:
        raise ImpossibleTransition("drop", pair.state)
    return pairs.cancel_pair(pair, by=by, at=at)


@transaction.atomic
def change_mentor(pair: Pair, mentor: Enrolment, *, by: Person, at: datetime) -> Pair:
    """Replace a draft by one with another mentor; raise Refused, and keep the draft, if rules forbid it."""
    drop_draft(pair, by=by, at=at)
    return pairs.draft_pair(mentor, pair.mentee, by=by, at=at)


@transaction.atomic
def publish_drafts(cohort: Cohort, *, by: Person, at: datetime) -> int:
    """Propose every drafted pair to its two people; return how many."""
    return len(propose_pairs(cohort, by=by, at=at))
