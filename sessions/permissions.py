"""May this person do it? Predicates for views and templates; seeing comes first (queries.visibility)."""

from __future__ import annotations

from datetime import datetime

from people.models import Person
from programmes.enums import RUNNING_PAIR_STATES, PairState
from programmes.models import Pair
from programmes.permissions import role_in
from programmes.policy.course import judge_mentor_stop
from programmes.policy.evidence import PairRecord
from programmes.policy.terms import Role
from sessions.enums import MeetingState
from sessions.models import Meeting
from sessions.services.recording import REPORTING_STATES


def may_propose(person: Person, pair: Pair) -> bool:
    return role_in(person, pair) is not None and pair.state == PairState.ACTIVE


def may_log(person: Person, pair: Pair) -> bool:
    return role_in(person, pair) is not None and pair.state in REPORTING_STATES


def may_answer(person: Person, meeting: Meeting, *, at: datetime) -> bool:
    """Accept, decline or counter what the other proposed, while it is still to come."""
    return (
        meeting.state == MeetingState.PROPOSED
        and meeting.starts_at > at
        and meeting.proposed_by_id != person.pk
        and may_propose(person, meeting.pair)
    )


def may_take_back(person: Person, meeting: Meeting, *, at: datetime) -> bool:
    return (
        meeting.state == MeetingState.PROPOSED
        and meeting.starts_at > at
        and meeting.proposed_by_id == person.pk
    )


def may_cancel(person: Person, meeting: Meeting, *, at: datetime) -> bool:
    return (
        meeting.state == MeetingState.PLANNED
        and meeting.starts_at > at
        and role_in(person, meeting.pair) is not None
    )


def may_move(person: Person, meeting: Meeting, *, at: datetime) -> bool:
    return may_cancel(person, meeting, at=at) and may_propose(person, meeting.pair)


def may_report(person: Person, meeting: Meeting, *, at: datetime) -> bool:
    """Say whether it took place, or correct what was said."""
    return (
        meeting.starts_at <= at
        and meeting.state
        in (MeetingState.PROPOSED, MeetingState.PLANNED, MeetingState.HELD, MeetingState.MISSED)
        and may_log(person, meeting.pair)
    )


def may_stop_after_first(person: Person, pair: Pair, record: PairRecord) -> bool:
    """The option exists for the mentor only, between the first meeting and the second (M5)."""
    return (
        role_in(person, pair) is Role.MENTOR
        and pair.state in RUNNING_PAIR_STATES
        and judge_mentor_stop(pair.cohort.rules, record).is_clear
    )


def may_extend(person: Person, pair: Pair) -> bool:
    return (
        role_in(person, pair) is not None
        and pair.state == PairState.ACTIVE
        and pair.planned_end_on is not None
        and pair.cohort.rules.length.extensions != 0
    )


def may_declare_end(person: Person, pair: Pair) -> bool:
    return role_in(person, pair) is not None and pair.state in RUNNING_PAIR_STATES
