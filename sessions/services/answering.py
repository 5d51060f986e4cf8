"""Answering a date: acceptance, refusal, cancellation, and what lapses unanswered (D12, D13)."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from notifications import outbox
from people.models import Person
from programmes.lifecycle import ImpossibleTransition, next_state
from programmes.models import JournalEntry, Pair
from programmes.policy.arranging import is_late_notice
from programmes.sentences import Refused
from sessions import messages
from sessions.enums import MeetingState
from sessions.lifecycle import MEETING
from sessions.models import Meeting
from sessions.services.judging import appointment_of, judge_appointment, role_of
from sessions.services.steps import close, lock_both, other_person, record_of, refuse_once_begun


@transaction.atomic
def accept_meeting(meeting: Meeting, *, by: Person, at: datetime) -> Meeting:
    """The side that was asked accepts; the rules judge once more, since others may have changed."""
    pair, meeting = lock_both(meeting)
    _accept(pair, meeting, by=by, at=at)
    entry = record_of("meeting_planned", meeting, by=by, at=at)
    _tell_both_it_is_planned(meeting, entry, at)
    return meeting


@transaction.atomic
def accept_series(meeting: Meeting, *, by: Person, at: datetime) -> list[Meeting]:
    """The side that was asked accepts every date of the calendar still open."""
    pair, meeting = lock_both(meeting)
    meetings = _open_in_series(meeting)
    for one in meetings:
        _accept(pair, one, by=by, at=at)
    if not meetings:
        raise ImpossibleTransition("accept", meeting.state)
    entry = record_of("meeting_series_planned", meetings[0], by=by, at=at, count=len(meetings))
    _tell_both_it_is_planned(meetings[0], entry, at)
    return meetings


@transaction.atomic
def decline_meeting(meeting: Meeting, *, by: Person, at: datetime) -> Meeting:
    """The side that was asked says no; the other is told and may propose again."""
    _pair, meeting = lock_both(meeting)
    state = next_state(MEETING, "decline", meeting.state)
    if meeting.proposed_by_id == by.pk:
        raise ImpossibleTransition("decline", meeting.state)
    close(meeting, state, at)
    entry = record_of("meeting_declined", meeting, by=by, at=at)
    outbox.queue(
        messages.MeetingCancelled(meeting.pk, other_person(meeting, by), entry.pk), due_at=at
    )
    return meeting


@transaction.atomic
def cancel_meeting(meeting: Meeting, *, by: Person, at: datetime) -> Meeting:
    """Take back a proposal, or cancel a date agreed on; told too late, it is recorded so (D13)."""
    pair, meeting = lock_both(meeting)
    state = next_state(MEETING, "cancel", meeting.state)
    was_planned = meeting.state == MeetingState.PLANNED
    if was_planned:
        refuse_once_begun(meeting, at)
    elif meeting.proposed_by_id != by.pk:
        raise ImpossibleTransition("cancel", meeting.state)
    late = was_planned and is_late_notice(
        pair.cohort.rules, starts_at=meeting.starts_at, told_at=at
    )
    meeting.late_notice = meeting.late_notice or late
    meeting.cancelled_by, meeting.cancelled_at = by, at
    close(meeting, state, at)
    event = "meeting_cancelled_late" if late else "meeting_cancelled"
    entry = record_of(event, meeting, by=by, at=at, agreed=was_planned)
    outbox.queue(
        messages.MeetingCancelled(meeting.pk, other_person(meeting, by), entry.pk), due_at=at
    )
    return meeting


@transaction.atomic
def expire_meeting(meeting: Meeting, *, by: Person, at: datetime) -> Meeting:
    """Put away a proposal that nobody answered before its date."""
    _pair, meeting = lock_both(meeting)
    state = next_state(MEETING, "expire", meeting.state)
    if meeting.starts_at > at:
        raise ImpossibleTransition("expire", meeting.state)
    close(meeting, state, at)
    record_of("meeting_expired", meeting, by=by, at=at)
    return meeting


def expire_unanswered(pair: Pair, *, by: Person | None, at: datetime) -> None:
    """Put away what nobody answered in time, so that it counts no longer; the pair is locked."""
    overdue = Meeting.objects.select_for_update(of=("self",)).filter(
        pair=pair, state=MeetingState.PROPOSED, starts_at__lte=at
    )
    for meeting in overdue:
        close(meeting, next_state(MEETING, "expire", meeting.state), at)
        record_of("meeting_expired", meeting, by=by, at=at)


def cancel_open_meetings(pair: Pair, by: Person | None, at: datetime) -> None:
    """A pair that is over has no appointments left; its two people are told of its end itself."""
    meetings = Meeting.objects.select_for_update(of=("self",)).filter(
        pair=pair, state__in=MEETING["cancel"].sources, starts_at__gt=at
    )
    for meeting in meetings:
        meeting.cancelled_by, meeting.cancelled_at = by, at
        close(meeting, next_state(MEETING, "cancel", meeting.state), at)
        record_of("meeting_cancelled", meeting, by=by, at=at, with_pair=True)


def _accept(pair: Pair, meeting: Meeting, *, by: Person, at: datetime) -> None:
    state = next_state(MEETING, "accept", meeting.state)
    if meeting.proposed_by_id == by.pk:
        raise ImpossibleTransition("accept", meeting.state)
    verdict = judge_appointment(
        pair,
        appointment_of(meeting),
        by=role_of(meeting.proposed_by, pair),
        at=at,
        instead_of=meeting,
        with_topic=meeting.series is None,
    )
    if not verdict.is_clear:
        raise Refused(verdict)
    meeting.state = state
    meeting.accepted_at = meeting.changed_at = at
    meeting.sequence += 1
    meeting.save()


def _open_in_series(meeting: Meeting) -> list[Meeting]:
    return list(
        Meeting.objects.select_for_update(of=("self",))
        .filter(pair=meeting.pair, series=meeting.series, state=MeetingState.PROPOSED)
        .exclude(series=None)
        .order_by("starts_at")
    )


def _tell_both_it_is_planned(meeting: Meeting, entry: JournalEntry, at: datetime) -> None:
    for enrolment in (meeting.pair.mentor, meeting.pair.mentee):
        outbox.queue(messages.MeetingPlanned(meeting.pk, enrolment.person_id, entry.pk), due_at=at)
