"""What falls due with time: reminders, silences, milestones, memberships that lapse.

Each function says what is due now, from the present state alone; the keys of the messages hold
business dates, so that asking again changes nothing. Of reminders at intervals only the latest
is due: who was away for a month finds one mail, not three.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from notifications.planner import Planned, paris_date
from programmes.enums import PairState
from programmes.models import Cohort, Pair
from programmes.policy.arranging import first_date, is_silent
from programmes.policy.durations import Duration, reminded_on
from programmes.policy.rules import Standing
from programmes.policy.terms import BOTH, Role
from sessions.enums import MeetingState
from sessions.messages import (
    FirstDateReminder,
    MeetingReminder,
    MembershipLapsing,
    MilestoneAsked,
    PairSilent,
)
from sessions.models import Meeting, Review
from sessions.queries.fees import paid_through
from sessions.queries.records import last_signs, pair_records
from sessions.queries.standing import active_pairs, open_asks

REMIND_FROM, REMIND_UNTIL = timedelta(hours=48), timedelta(hours=24)
OTHER_SIDE_AFTER = Duration(days=7)


def meeting_reminders(now: datetime) -> Iterator[Planned]:
    """Both are reminded one to two days before; not if it was agreed on later than that."""
    near = Meeting.objects.filter(
        state=MeetingState.PLANNED,
        pair__state=PairState.ACTIVE,
        starts_at__gt=now + REMIND_UNTIL,
        starts_at__lte=now + REMIND_FROM,
    ).select_related("pair__mentor", "pair__mentee")
    for meeting in near:
        if meeting.accepted_at and meeting.accepted_at > meeting.starts_at - REMIND_FROM:
            continue
        for enrolment in (meeting.pair.mentor, meeting.pair.mentee):
            day = paris_date(meeting.starts_at)
            yield MeetingReminder(meeting.pk, enrolment.person_id, day), now


def first_date_reminders(now: datetime) -> Iterator[Planned]:
    """Who takes the initiative is reminded at intervals until a date is proposed (M6)."""
    today = paris_date(now)
    for cohort in _live_cohorts():
        terms = cohort.rules.introduction
        if terms is None:
            continue
        pairs = list(active_pairs(cohort))
        records = pair_records(pairs)
        for pair in pairs:
            delay = first_date(cohort.rules, records[pair.pk], today=today)
            past = [day for day in delay.reminders_on if day <= today] if delay else []
            if delay is not None and past and not delay.is_overdue:
                yield FirstDateReminder(pair.pk, _person(pair, terms.initiative), past[-1]), now


def silences(now: datetime) -> Iterator[Planned]:
    """Who takes the initiative is written to first, the other a week later (D11)."""
    today = paris_date(now)
    for cohort in _live_cohorts():
        terms = cohort.rules.meetings
        if terms.silent_after is None:
            continue
        pairs = list(active_pairs(cohort))
        records, signs = pair_records(pairs), last_signs(pairs)
        for pair in pairs:
            last = signs.get(pair.pk)
            since = last or pair.started_on
            if since is None or not is_silent(
                cohort.rules, records[pair.pk], last_sign_on=last, today=today
            ):
                continue
            for role in BOTH:
                first = terms.initiative in (None, role)
                told_on = terms.silent_after.after(since) + timedelta(days=1)
                if first or today >= OTHER_SIDE_AFTER.after(told_on):
                    yield PairSilent(pair.pk, _person(pair, role), since), now


def milestones_asked(now: datetime) -> Iterator[Planned]:
    """Each side is asked when the moment has come, then again at the programme's interval."""
    today = paris_date(now)
    for cohort in _live_cohorts():
        rules = cohort.rules
        if not rules.milestones:
            continue
        numbers = {milestone.code: at for at, milestone in enumerate(rules.milestones)}
        pairs = list(_pairs_asked(cohort))
        records = pair_records(pairs)
        answered = _answered(pairs)
        for pair in pairs:
            theirs = answered.get(pair.pk, set())
            for ask in open_asks(pair, records[pair.pk], theirs, today=today):
                on = reminded_on(ask.since, ask.milestone.remind_every, today=today)
                person, number = _person(pair, ask.role), numbers[ask.milestone.code]
                yield MilestoneAsked(pair.pk, person, number, on), now


def memberships(now: datetime) -> Iterator[Planned]:
    """Who must stay paid up is told before the fee lapses, and once it has (P3)."""
    today = paris_date(now)
    for cohort in _live_cohorts():
        terms = cohort.rules.membership
        if not terms.throughout:
            continue
        sides = [
            (pair, enrolment)
            for pair in active_pairs(cohort)
            for enrolment in (pair.mentor, pair.mentee)
            if getattr(terms, enrolment.role) is Standing.PAID_UP
        ]
        paid = paid_through(
            cohort.programme.organisation_id, [one.person_id for _, one in sides], today=today
        )
        for pair, enrolment in sides:
            until = paid.get(enrolment.person_id)
            if until is None:
                continue
            if today > until:
                on = until + timedelta(days=1)
            elif terms.remind_before and today >= terms.remind_before.before(until):
                on = terms.remind_before.before(until)
            else:
                continue
            yield MembershipLapsing(pair.pk, enrolment.person_id, until, on), now


EVERY_PLAN = (meeting_reminders, first_date_reminders, silences, milestones_asked, memberships)


def _live_cohorts() -> Iterable[Cohort]:
    return (
        Cohort.objects.filter(pairs__started_on__isnull=False)
        .select_related("programme__organisation", "rule_set")
        .distinct()
    )


def _pairs_asked(cohort: Cohort) -> Iterable[Pair]:
    """Running pairs, and those that ended: some milestones come afterwards (B5, B8)."""
    return Pair.objects.filter(
        cohort=cohort, state__in=[PairState.ACTIVE, PairState.COMPLETED]
    ).select_related("mentor", "mentee", "cohort__rule_set")


def _answered(pairs: Iterable[Pair]) -> dict[int, set[tuple[str, str]]]:
    answered: dict[int, set[tuple[str, str]]] = {}
    for pair_id, code, role in Review.objects.filter(pair__in=pairs).values_list(
        "pair_id", "milestone", "role"
    ):
        answered.setdefault(pair_id, set()).add((code, role))
    return answered


def _person(pair: Pair, role: Role) -> int:
    return pair.side(role).person_id
