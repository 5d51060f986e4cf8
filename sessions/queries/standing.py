"""What is asked of a pair, and who has not been heard of."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import QuerySet

from programmes.enums import RUNNING_PAIR_STATES, PairState
from programmes.models import Cohort, Pair
from programmes.policy.arranging import Ask, asks_of, first_date, is_silent
from programmes.policy.evidence import PairRecord
from programmes.policy.rules import Rules
from programmes.policy.terms import Role
from sessions.models import Review
from sessions.queries.records import last_signs, pair_record, pair_records


def asks_for(pair: Pair, role: Role, today: date) -> tuple[Ask, ...]:
    """What is asked of this side today; who waits for the other's part of a bilan is left alone."""
    answered = set(Review.objects.filter(pair=pair).values_list("milestone", "role"))
    asks = open_asks(pair, pair_record(pair), answered, today=today)
    return tuple(ask for ask in asks if ask.role is role)


def open_asks(
    pair: Pair, record: PairRecord, answered: set[tuple[str, str]], *, today: date
) -> list[Ask]:
    """What is asked of both sides; once a pair is over, only what its rules ask for afterwards."""
    return [
        ask
        for ask in asks_of(pair.cohort.rules, record, today=today)
        if not is_waiting(ask, answered)
        and (pair.state in RUNNING_PAIR_STATES or ask.milestone.after_end is not None)
    ]


def is_waiting(ask: Ask, answered: set[tuple[str, str]]) -> bool:
    """Whether this side answered and only the other's answers are missing (B3)."""
    code, role = ask.milestone.code, ask.role
    return (
        ask.milestone.approved_by_both
        and (code, role.value) in answered
        and role.other in ask.milestone.roles
        and (code, role.other.value) not in answered
    )


def active_pairs(cohort: Cohort) -> QuerySet[Pair]:
    return Pair.objects.filter(cohort=cohort, state=PairState.ACTIVE).select_related(
        "mentor__person",
        "mentee__person",
        "cohort__programme__organisation",
        "cohort__rule_set",
    )


def silent_pairs(cohort: Cohort, today: date) -> list[Pair]:
    """The running pairs of which nothing has been heard for longer than the programme's delay."""
    return [pair for pair, _ in silences(cohort.rules, active_pairs(cohort), today)]


def silences(rules: Rules, pairs: Iterable[Pair], today: date) -> list[tuple[Pair, date]]:
    """Of active pairs, those that keep silent for too long, with the day of the last sign."""
    pairs = list(pairs)
    records, signs = pair_records(pairs), last_signs(pairs)
    return [
        (pair, signs.get(pair.pk) or pair.started_on or today)
        for pair in pairs
        if is_silent(rules, records[pair.pk], last_sign_on=signs.get(pair.pk), today=today)
    ]


def pairs_late_for_first_date(cohort: Cohort, today: date) -> list[Pair]:
    """The running pairs where no date was proposed within the delay (M6)."""
    return [pair for pair, _ in late_first_dates(cohort.rules, active_pairs(cohort), today)]


def late_first_dates(rules: Rules, pairs: Iterable[Pair], today: date) -> list[tuple[Pair, date]]:
    """Of active pairs, those where no date was proposed within the delay, with its last day (M6)."""
    pairs = list(pairs)
    records = pair_records(pairs)
    delays = [(pair, first_date(rules, records[pair.pk], today=today)) for pair in pairs]
    return [(pair, delay.due_on) for pair, delay in delays if delay and delay.is_overdue]


def declared_ended(cohort: Cohort) -> QuerySet[Pair]:
    """The pairs still running of which one side said that it has ended (B7): the team closes them."""
    return (
        Pair.objects.filter(
            cohort=cohort,
            end_declarations__isnull=False,
            state__in=RUNNING_PAIR_STATES,
        )
        .select_related("mentor__person", "mentee__person")
        .prefetch_related("end_declarations")
        .distinct()
    )
