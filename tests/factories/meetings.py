"""Meetings for tests; only what a test says differs from these."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from programmes.models import Pair
from programmes.policy.rules import PlaceKind
from sessions.appointments import Appointment
from sessions.enums import MeetingState, PlaceChoice
from sessions.models import Meeting


def make_meeting(
    pair: Pair, *, starts_at: datetime, state: MeetingState = MeetingState.HELD, **changes: Any
) -> Meeting:
    """A meeting as it stands in the database, however it came there."""
    values: dict[str, Any] = {
        "minutes": 60,
        "place": PlaceChoice.VIDEO,
        "proposed_by": pair.mentee.person,
        "proposed_at": starts_at,
        "changed_at": starts_at,
    }
    if state in (MeetingState.PLANNED, MeetingState.HELD, MeetingState.MISSED):
        values["accepted_at"] = starts_at
    if state == MeetingState.HELD:
        values["held_at"] = starts_at
    if state == MeetingState.CANCELLED:
        values["cancelled_at"] = starts_at
    return Meeting.objects.create(pair=pair, starts_at=starts_at, state=state, **(values | changes))


def make_appointment(starts_at: datetime, **changes: Any) -> Appointment:
    values: dict[str, Any] = {"minutes": 60, "place": PlaceKind.PUBLIC}
    return Appointment(starts_at=starts_at, **(values | changes))
