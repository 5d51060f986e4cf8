"""What the team's pages count and list: states, dates and names."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from people.models import Person
from programmes.enums import (
    LIVE_PAIR_STATES,
    RUNNING_PAIR_STATES,
    EnrolmentState,
    FeeState,
    PairState,
)
from programmes.models import Cohort, Enrolment, JournalEntry, Pair, Programme
from programmes.policy.entering import judge_membership
from programmes.policy.terms import Role
from programmes.queries.candidates import candidates_of
from programmes.queries.names import NAME, by_name, said_in
from programmes.queries.visibility import programmes_coordinated_by


def programmes_at_a_glance(person: Person) -> QuerySet[Programme]:
    """The programmes this person runs, with how many enrolments wait and how many pairs run."""
    waiting = Q(cohorts__enrolments__state=EnrolmentState.SUBMITTED)
    running = Q(cohorts__pairs__state__in=RUNNING_PAIR_STATES)
    return (
        programmes_coordinated_by(person)
        .annotate(
            waiting=Count("cohorts__enrolments", filter=waiting, distinct=True),
            running=Count("cohorts__pairs", filter=running, distinct=True),
        )
        .order_by("organisation__name", "name")
    )


def enrolments_by_state(cohort: Cohort) -> Mapping[tuple[str, str], int]:
    """How many enrolments of each role are in each state: `{(role, state): number}`."""
    rows = (
        Enrolment.objects.filter(cohort=cohort)
        .order_by()
        .values_list("role", "state")
        .annotate(number=Count("pk"))
    )
    return {(role, state): number for role, state, number in rows}


def pairs_by_state(cohort: Cohort) -> Mapping[str, int]:
    rows = (
        Pair.objects.filter(cohort=cohort)
        .order_by()
        .values_list("state")
        .annotate(number=Count("pk"))
    )
    return dict(rows)


def unanswered_proposals(pairs: QuerySet[Pair], *, today: date) -> QuerySet[Pair]:
    """Proposals whose day for an answer has passed (M1)."""
    return pairs.filter(state=PairState.PROPOSED, answer_by__lt=today)


def pairs_past_their_end(pairs: QuerySet[Pair], *, today: date) -> QuerySet[Pair]:
    """Running pairs that should have ended: nothing ends by itself, the team decides."""
    return pairs.filter(state__in=RUNNING_PAIR_STATES, planned_end_on__lt=today)


def mentees_alone(programme: Programme, *, today: date) -> QuerySet[Enrolment]:
    """The mentees who could be matched and are in no live pair; what they owe comes first."""
    not_over = Q(cohort__ends_on=None) | Q(cohort__ends_on__gte=today)
    paired = Pair.objects.filter(mentee=OuterRef("pk"), state__in=LIVE_PAIR_STATES)
    return (
        Enrolment.objects.filter(
            ~Exists(paired),
            not_over,
            cohort__programme=programme,
            role=Role.MENTEE,
            state=EnrolmentState.ADMITTED,
            may_be_rematched=True,
        )
        .exclude(fee_account__state=FeeState.DUE)
        .select_related("person")
    )


def people_lapsed(cohort: Cohort, *, today: date) -> list[Enrolment]:
    """Who is in a running pair although the membership asked for throughout has lapsed (P3)."""
    rules = cohort.rules
    if not rules.membership.throughout:
        return []
    running = Q(pairs_as_mentor__state__in=RUNNING_PAIR_STATES) | Q(
        pairs_as_mentee__state__in=RUNNING_PAIR_STATES
    )
    enrolments = (
        Enrolment.objects.filter(running, cohort=cohort)
        .select_related("person", "cohort__programme", "cohort__rule_set")
        .order_by(*by_name())
        .distinct()
    )
    candidates = candidates_of(enrolments, today=today)
    return [
        enrolment
        for enrolment in enrolments
        if not judge_membership(
            rules, enrolment.as_role, candidates[enrolment.pk].standing
        ).is_clear
    ]


def enrolments_matching(
    enrolments: QuerySet[Enrolment], *, role: str = "", state: str = "", name: str = ""
) -> QuerySet[Enrolment]:
    """The enrolments of this role, in this state, whose person's name or address has each word."""
    if role:
        enrolments = enrolments.filter(role=role)
    if state:
        enrolments = enrolments.filter(state=state)
    for word in name.split():
        enrolments = enrolments.filter(said_in(word, *NAME, "email"))
    return enrolments


def longest_waiting_first(waitlisted: QuerySet[Enrolment]) -> QuerySet[Enrolment]:
    """Those on the waiting list, each with `waiting_since`: when they were first put there."""
    listed = JournalEntry.objects.filter(enrolment=OuterRef("pk"), event="enrolment_waitlisted")
    first = Subquery(listed.order_by("at").values("at")[:1])
    return waitlisted.annotate(waiting_since=Coalesce(first, "decided_at")).order_by(
        "waiting_since", "pk"
    )


def pairs_matching(
    pairs: QuerySet[Pair], *, states: Iterable[str] = (), name: str = ""
) -> QuerySet[Pair]:
    """The pairs in one of these states (in any, if none is given) with each word in a name."""
    if states:
        pairs = pairs.filter(state__in=states)
    for word in name.split():
        pairs = pairs.filter(
            said_in(word, *NAME, of="mentor__") | said_in(word, *NAME, of="mentee__")
        )
    return pairs
