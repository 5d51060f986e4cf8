"""The engine's only door from the database."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from matching.engine.pool import Pool
from matching.engine.reading import read_pool
from programmes.enums import LIVE_PAIR_STATES, EnrolmentState, PairState
from programmes.models import Cohort, Derogation, Enrolment, Pair
from programmes.policy.evidence import Candidate
from programmes.policy.rules import Rules
from programmes.policy.terms import Role
from programmes.queries.candidates import candidates_of

# These two have been together, or one of them said no: the engine does not propose it again.
NOT_AGAIN = (*LIVE_PAIR_STATES, PairState.DECLINED, PairState.COMPLETED, PairState.STOPPED)


@dataclass(frozen=True)
class Gathered:
    """The admitted people of a cohort and the engine's pool, positions in the lists' order."""

    rules: Rules
    mentees: list[Enrolment]
    mentors: list[Enrolment]
    mentee_candidates: list[Candidate]
    mentor_candidates: list[Candidate]
    pool: Pool


def gather_pool(cohort: Cohort, *, today: date) -> Gathered:
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
    pool = read_pool(
        cohort.rules,
        mentee_candidates,
        mentor_candidates,
        forbidden=_not_again(cohort),
        granted=_granted(cohort),
    )
    return Gathered(cohort.rules, mentees, mentors, mentee_candidates, mentor_candidates, pool)


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
