"""Changing drafted pairs, publishing them."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from people.models import Person
from programmes.enums import PairState
from programmes.lifecycle import ImpossibleTransition
from programmes.models import Cohort, Enrolment, Pair
from programmes.queries.pool import judge_by_another
from programmes.sentences import Refused
from programmes.services import pairs
from programmes.services.journal import lock
from programmes.services.pair_batches import propose_pairs


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
