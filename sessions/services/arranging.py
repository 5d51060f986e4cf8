"""Arranging meetings: proposal, counter-proposal, a whole calendar, a new date (D10 to D13, M6)."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from notifications import outbox
from people.models import Person
from programmes.lifecycle import ImpossibleTransition, next_state
from programmes.models import Pair
from programmes.policy.arranging import is_late_notice
from programmes.policy.rules import PlaceKind
from programmes.policy.verdict import Breach, Verdict
from programmes.sentences import Refused
from programmes.services.journal import lock
from sessions import messages
from sessions.appointments import Appointment
from sessions.enums import MeetingState
from sessions.lifecycle import MEETING
from sessions.models import Meeting
from sessions.services.answering import expire_unanswered
from sessions.services.judging import judge_appointment, role_of
from sessions.services.rooms import book_room
from sessions.services.steps import lock_both, other_person, record_of, refuse_once_begun


@transaction.atomic
def propose_meeting(pair: Pair, *, appointment: Appointment, by: Person, at: datetime) -> Meeting:
    """One side proposes a date; the first ever is the first appointment that M6 waits for."""
    pair = lock(pair)
    expire_unanswered(pair, by=by, at=at)
    verdict = judge_appointment(pair, appointment, by=role_of(by, pair), at=at)
    if not verdict.is_clear:
        raise Refused(verdict)
    meeting = _create(pair, appointment, by=by, at=at)
    _tell_of_proposal(meeting, by=by, at=at, event="meeting_proposed")
    return meeting


@transaction.atomic
def plan_series(
    pair: Pair, *, appointments: Sequence[Appointment], by: Person, at: datetime
) -> list[Meeting]:
    """One side proposes the whole calendar (D10); all dates stand or none does."""
    pair = lock(pair)
    expire_unanswered(pair, by=by, at=at)
    series, meetings, breaches = uuid.uuid4(), [], dict[str, Breach]()
    for appointment in appointments:
        verdict = judge_appointment(
            pair, appointment, by=role_of(by, pair), at=at, with_topic=False
        )
        breaches |= {f"{b.code} {b.sentence.facts}": b for b in verdict.breaches}
        if not breaches:
            meetings.append(_create(pair, appointment, by=by, at=at, series=series))
    if breaches:
        raise Refused(Verdict(tuple(breaches.values())))
    _tell_of_proposal(
        meetings[0], by=by, at=at, event="meeting_series_proposed", count=len(meetings)
    )
    return meetings


@transaction.atomic
def counter_propose(
    meeting: Meeting, *, appointment: Appointment, by: Person, at: datetime
) -> Meeting:
    """The side that was asked proposes another date instead (D12)."""
    pair, meeting = lock_both(meeting)
    if meeting.proposed_by_id == by.pk:
        raise ImpossibleTransition("counter", meeting.state)
    return _change(pair, meeting, "counter", "meeting_counter_proposed", appointment, by=by, at=at)


@transaction.atomic
def move_meeting(
    meeting: Meeting, *, appointment: Appointment, by: Person, at: datetime
) -> Meeting:
    """Whoever is prevented seeks a new date, for the other to accept; told too late, it is recorded so (D13)."""
    pair, meeting = lock_both(meeting)
    refuse_once_begun(meeting, at)
    late = is_late_notice(pair.cohort.rules, starts_at=meeting.starts_at, told_at=at)
    meeting.late_notice = meeting.late_notice or late
    entry = "meeting_moved_late" if late else "meeting_moved"
    return _change(pair, meeting, "move", entry, appointment, by=by, at=at)


def _create(
    pair: Pair,
    appointment: Appointment,
    *,
    by: Person,
    at: datetime,
    series: uuid.UUID | None = None,
) -> Meeting:
    meeting = Meeting(
        pair=pair, state=MeetingState.PROPOSED, series=series, proposed_by=by, proposed_at=at
    )
    _put(meeting, appointment, by=by, at=at)
    return meeting


def _put(meeting: Meeting, appointment: Appointment, *, by: Person, at: datetime) -> None:
    """Write the appointment down and book its room, giving back another."""
    former = meeting.booking
    meeting.booking = None
    if appointment.place is PlaceKind.ROOM and appointment.room is not None:
        meeting.booking = book_room(
            appointment.room,
            starts_at=appointment.starts_at,
            ends_at=appointment.ends_at,
            by=by,
            instead_of=former,
        )
    meeting.starts_at, meeting.minutes = appointment.starts_at, appointment.minutes
    meeting.place = appointment.place
    meeting.place_name, meeting.address = appointment.place_name, appointment.address
    meeting.video_link = appointment.video_link
    meeting.topic = appointment.topic
    meeting.changed_at = at
    meeting.save()
    if former is not None and meeting.booking is None:
        former.delete()


def _change(
    pair: Pair,
    meeting: Meeting,
    event: str,
    entry: str,
    appointment: Appointment,
    *,
    by: Person,
    at: datetime,
) -> Meeting:
    state = next_state(MEETING, event, meeting.state)
    verdict = judge_appointment(pair, appointment, by=role_of(by, pair), at=at, instead_of=meeting)
    if not verdict.is_clear:
        raise Refused(verdict)
    former = meeting.starts_at
    meeting.state = state
    meeting.proposed_by, meeting.proposed_at, meeting.accepted_at = by, at, None
    meeting.sequence += 1
    _put(meeting, appointment, by=by, at=at)
    _tell_of_proposal(meeting, by=by, at=at, event=entry, former=former.isoformat())
    return meeting


def _tell_of_proposal(
    meeting: Meeting, *, by: Person, at: datetime, event: str, **facts: Any
) -> None:
    entry = record_of(event, meeting, by=by, at=at, **facts)
    outbox.queue(
        messages.MeetingProposed(meeting.pk, other_person(meeting, by), entry.pk), due_at=at
    )
