"""The engine's only door from the database."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.db.models import QuerySet

from matching.engine.pool import Pool, Spot
from matching.engine.reading import Pairs, read_pool
from matching.models import Ruling, RulingKind, Wish
from matching.waiting import waiting_days
from programmes.enums import LIVE_PAIR_STATES, EnrolmentState, PairState
from programmes.models import Cohort, Derogation, Enrolment, Pair
from programmes.policy.evidence import Candidate
from programmes.policy.matching import capacity_of
from programmes.policy.rules import Rules
from programmes.policy.terms import Role
from programmes.queries.candidates import candidates_of

# These two have been together, or one of them said no: the engine does not propose it again.
NOT_AGAIN = (*LIVE_PAIR_STATES, PairState.DECLINED, PairState.COMPLETED, PairState.STOPPED)


@dataclass(frozen=True)
class Gathered:
    """The admitted people of a cohort and the engine's pool, positions in the lists' order.

    `idle` are the pairs to be kept that this run cannot make: one of the two has no place left,
    is not there any more, or said no.
    """

    rules: Rules
    mentees: list[Enrolment]
    mentors: list[Enrolment]
    mentee_candidates: list[Candidate]
    mentor_candidates: list[Candidate]
    pool: Pool
    idle: tuple[Ruling, ...] = ()

    def without_pair(self) -> list[int]:
        """The mentees that have nobody yet, by position."""
        return [i for i, one in enumerate(self.mentee_candidates) if not one.live_pairs]


def gather_pool(
    cohort: Cohort, *, today: date, weights: Mapping[str, int] | None = None
) -> Gathered:
    """Everyone admitted who may still be matched, ordered by enrolment so that ties are stable."""
    admitted = list(
        Enrolment.objects.filter(
            cohort=cohort,
            state=EnrolmentState.ADMITTED,
            may_be_rematched=True,
            on_hold_since=None,
        )
        .select_related("person")
        .order_by("pk")
    )
    for one in admitted:
        one.cohort = cohort
    candidates = candidates_of(admitted, today=today)
    mentees = [one for one in admitted if one.role == Role.MENTEE]
    mentors = [one for one in admitted if one.role == Role.MENTOR]
    mentee_candidates = [_one_place(cohort.rules, candidates[one.pk]) for one in mentees]
    mentor_candidates = [candidates[one.pk] for one in mentors]
    locked = list(_rulings(cohort, RulingKind.LOCKED))
    pool = read_pool(
        cohort.rules,
        mentee_candidates,
        mentor_candidates,
        weights=weights,
        forbidden=kept_apart(cohort),
        granted=_granted(cohort),
        waiting_days=waiting_days(cohort, mentees, today=today),
        **_ranked(cohort),
    )
    held, idle = _that_can_be(pool, locked)
    return Gathered(
        cohort.rules,
        mentees,
        mentors,
        mentee_candidates,
        mentor_candidates,
        replace(pool, locked=held),
        idle,
    )


def _one_place(rules: Rules, mentee: Candidate) -> Candidate:
    """Where nothing limits how many mentors one has, a run gives no second one."""
    return replace(mentee, capacity=1) if capacity_of(rules, mentee) is None else mentee


def _rulings(cohort: Cohort, kind: RulingKind) -> QuerySet[Ruling]:
    """What the team decided of two people, in the order in which it did."""
    rulings = Ruling.objects.filter(mentee__cohort=cohort, kind=kind)
    return rulings.select_related("mentor__person", "mentee__person").order_by("at", "pk")


def _that_can_be(
    pool: Pool, locked: Sequence[Ruling]
) -> tuple[frozenset[Spot], tuple[Ruling, ...]]:
    """The spots of the pairs to be kept, as far as places go, and the rulings that have no effect."""
    rows = {int(key): i for i, key in enumerate(pool.mentees)}
    columns = {int(key): j for j, key in enumerate(pool.mentors)}
    held: set[Spot] = set()
    idle: list[Ruling] = []
    taken: Counter[int] = Counter()
    for ruling in locked:
        mentee, mentor = _people(ruling)
        spot = (rows.get(mentee, -1), columns.get(mentor, -1))
        possible = -1 not in spot and pool.ready[spot[0]] and spot not in pool.forbidden
        if not possible or taken[spot[1]] >= pool.places[spot[1]]:
            idle.append(ruling)
            continue
        held.add(spot)
        taken[spot[1]] += 1
    return frozenset(held), tuple(idle)


def _people(ruling: Ruling) -> tuple[int, int]:
    return ruling.mentee.person_id, ruling.mentor.person_id


def kept_apart(cohort: Cohort) -> Pairs:
    """The mentees and mentors who are not to meet again, or whom the team keeps apart."""
    met = Pair.objects.filter(cohort__programme_id=cohort.programme_id, state__in=NOT_AGAIN)
    return [
        *met.values_list("mentee__person_id", "mentor__person_id"),
        *map(_people, _rulings(cohort, RulingKind.FORBIDDEN)),
    ]


def _ranked(cohort: Cohort) -> dict[str, dict[tuple[int, int], int]]:
    """What people ranked, where the programme takes wishes: mentees' mentors, mentors' mentees."""
    wishes: dict[tuple[int, int], int] = {}
    preferences: dict[tuple[int, int], int] = {}
    rows = Wish.objects.filter(chooser__cohort=cohort).values_list(
        "chooser__role", "chooser__person_id", "chosen__person_id", "rank"
    )
    for role, chooser, chosen, rank in rows:
        if role == Role.MENTEE:
            wishes[chooser, chosen] = rank
        else:
            preferences[chosen, chooser] = rank
    return {"wishes": wishes, "preferences": preferences}


def _granted(cohort: Cohort) -> Pairs:
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
