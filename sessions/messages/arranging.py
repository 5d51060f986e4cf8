"""The e-mails of one meeting: proposed, planned, near, cancelled."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, ClassVar

from django.urls import reverse

from notifications.links import absolute
from notifications.messages import Message
from notifications.planner import paris_date
from programmes.enums import PairState
from programmes.policy.arranging import new_date_due_on
from sessions.enums import MeetingState
from sessions.messages.context import pair_context
from sessions.models import Meeting


def _place_told(meeting: Meeting) -> str:
    """The room or the name of the place; no address, which the page and the calendar give."""
    room = meeting.booking.room.name if meeting.booking else ""
    return room or meeting.place_name or meeting.get_place_display()


class MeetingMail(Message):
    """About one meeting, to one person; subclasses hold `meeting_id` and `person_id`."""

    meeting_id: int
    person_id: int

    @property
    def meeting(self) -> Meeting:
        return Meeting.objects.select_related(
            "booking__room",
            "pair__mentor__person",
            "pair__mentee__person",
            "pair__cohort__programme__organisation",
            "pair__cohort__rule_set",
        ).get(pk=self.meeting_id)

    @property
    def recipient(self) -> int:
        return self.person_id

    @property
    def organisation_id(self) -> int:
        return self.meeting.pair.cohort.programme.organisation_id

    def context(self) -> dict[str, Any]:
        meeting = self.meeting
        series = Meeting.objects.filter(pair=meeting.pair, series=meeting.series)
        return {
            "meeting": meeting,
            "place": _place_told(meeting),
            "series": list(series.exclude(series=None).filter(state=meeting.state)),
            "notice_hours": meeting.pair.cohort.rules.meetings.notice_hours,
            "ics_url": absolute(reverse("meetings:ics", args=[meeting.pk])),
            "url": absolute(reverse("meetings:meeting", args=[meeting.pk])),
            **pair_context(meeting.pair, self.person_id),
        }


@dataclass(frozen=True)
class MeetingProposed(MeetingMail):
    """To the other of the two, at once: a date, or a calendar, is proposed or changed (D10, D12)."""

    meeting_id: int
    person_id: int
    entry_id: int
    kind: ClassVar[str] = "meeting_proposed"

    def is_still_due(self, at: datetime) -> bool:
        return _exists(self.meeting_id, MeetingState.PROPOSED, starts_at__gt=at)


@dataclass(frozen=True)
class MeetingPlanned(MeetingMail):
    """To each of the two, once a date or a whole calendar is agreed, with the file for their calendar."""

    meeting_id: int
    person_id: int
    entry_id: int
    kind: ClassVar[str] = "meeting_planned"

    def is_still_due(self, at: datetime) -> bool:
        return _exists(self.meeting_id, MeetingState.PLANNED, starts_at__gt=at)


@dataclass(frozen=True)
class MeetingReminder(MeetingMail):
    """To each of the two, one to two days before, while there is time to give notice (D13)."""

    meeting_id: int
    person_id: int
    on: date  # the day of the meeting in Paris: a new date has its own reminder
    kind: ClassVar[str] = "meeting_reminder"

    def is_still_due(self, at: datetime) -> bool:
        meeting = Meeting.objects.filter(
            pk=self.meeting_id, state=MeetingState.PLANNED, starts_at__gt=at
        ).first()
        return meeting is not None and paris_date(meeting.starts_at) == self.on


@dataclass(frozen=True)
class MeetingCancelled(MeetingMail):
    """To the other of the two, when a date is cancelled or declined: until when to find a new one (D13)."""

    meeting_id: int
    person_id: int
    entry_id: int
    kind: ClassVar[str] = "meeting_cancelled"

    def is_still_due(self, at: datetime) -> bool:
        return _exists(self.meeting_id, MeetingState.CANCELLED) or _exists(
            self.meeting_id, MeetingState.DECLINED
        )

    def context(self) -> dict[str, Any]:
        context = super().context()
        meeting: Meeting = context["meeting"]
        cancelled_at = meeting.cancelled_at or meeting.changed_at
        pair = meeting.pair
        return context | {
            "is_declined": meeting.state == MeetingState.DECLINED,
            "was_agreed": meeting.accepted_at is not None,
            "new_date_by": new_date_due_on(
                pair.cohort.rules, cancelled_on=paris_date(cancelled_at)
            ),
            "url": absolute(
                reverse("meetings:propose", args=[pair.pk])
                if pair.state == PairState.ACTIVE
                else reverse("portal:pair", args=[pair.pk])
            ),
        }


def _exists(meeting_id: int, state: MeetingState, **more: datetime) -> bool:
    return Meeting.objects.filter(pk=meeting_id, state=state, **more).exists()
