"""The engine's only door from the database."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np

from matching.engine.scoring import Scores, score_pool
from programmes.enums import LIVE_PAIR_STATES, EnrolmentState, PairState
from programmes.models import Cohort, Derogation, Enrolment, Pair
from programmes.policy.criteria import blocks
from programmes.policy.evidence import Candidate
from programmes.policy.rules import Rules
from programmes.policy.terms import Role
from programmes.queries.candidates import candidates_of

# These two have been together, or one of them said no: the engine does not propose it again.
NOT_AGAIN = (*LIVE_PAIR_STATES, PairState.DECLINED, PairState.COMPLETED, PairState.STOPPED)


@dataclass(frozen=True)
class Pool:
    """The admitted people of a cohort and their scores, rows and columns in the lists' order."""

    rules: Rules
    mentees: list[Enrolment]
    mentors: list[Enrolment]
    mentee_candidates: list[Candidate]
    mentor_candidates: list[Candidate]
    scores: Scores


def gather_pool(cohort: Cohort, *, today: date) -> Pool:
    """Everyone admitted who may still be matched, ordered by enrolment so that ties are stable."""
    admitted = list(
        Enrolment.objects.filter(
            cohort=cohort, state=EnrolmentState.ADMITTED, may_be_rematched=True
        )
        .select_related("person", "cohort__programme", "cohort__rule_set")
        .order_by("pk")
    )
    candidates = candidates_of(admitted, today=today)
    mentees = [one for one in admitted if one.role == Role.MENTEE]
    mentors = [one for one in admitted if one.role == Role.MENTOR]
    mentee_candidates = [candidates[one.pk] for one in mentees]
    mentor_candidates = [candidates[one.pk] for one in mentors]
    scores = score_pool(
        cohort.rules,
        mentee_candidates,
        mentor_candidates,
        forbidden=_not_again(cohort),
        granted=_granted(cohort),
    )
    return Pool(cohort.rules, mentees, mentors, mentee_candidates, mentor_candidates, scores)


def why_unmatched(pool: Pool, row: int) -> list[tuple[str, int]]:
    """For each criterion that binds, its label and how many of the mentors with a place it rules out.

    An empty list means that every mentor who would suit has no place left.
    """
    free = pool.scores.places > 0
    reasons = []
    for table in pool.scores.tables:
        if not blocks(table.rule.strength):
            continue
        ruled_out = int(np.count_nonzero(~table.holds[row] & free & ~pool.scores.allowed[row]))
        if ruled_out:
            reasons.append((table.rule.label, ruled_out))
    return sorted(reasons, key=lambda reason: -reason[1])


def _not_again(cohort: Cohort) -> list[tuple[int, int]]:
    return list(
        Pair.objects.filter(
            cohort__programme_id=cohort.programme_id, state__in=NOT_AGAIN
        ).values_list("mentee__person_id", "mentor__person_id")
    )


def _granted(cohort: Cohort) -> list[tuple[int, int]]:
    derogations = Derogation.objects.filter(
        enrolment__cohort=cohort, other__isnull=False, breach__startswith="criterion:"
    ).select_related("enrolment", "other")
    return [
        (one.enrolment.person_id, one.other.person_id)
        if one.enrolment.role == Role.MENTEE
        else (one.other.person_id, one.enrolment.person_id)
        for one in derogations
        if one.other is not None
    ]
