"""When and where: an appointment as it is proposed, and the clock in Paris."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta

from people.clock import PARIS
from programmes.models import Room
from programmes.policy.durations import Duration
from programmes.policy.rules import PlaceKind


@dataclass(frozen=True)
class Appointment:
    """What one side proposes; `starts_at` is in UTC, `topic` a code, `room` only for a room."""

    starts_at: datetime
    minutes: int
    place: PlaceKind
    place_name: str = ""
    address: str = ""
    video_link: str = ""
    topic: str = ""
    room: Room | None = None

    @property
    def ends_at(self) -> datetime:
        return self.starts_at + timedelta(minutes=self.minutes)


def instant(day: date, at: time) -> datetime:
    """The UTC instant at which a clock in Paris shows that time on that day.

    In the hour that comes twice, the first; in the hour that is skipped, one hour later.
    """
    return datetime.combine(day, at, tzinfo=PARIS).astimezone(UTC)


def is_skipped(day: date, at: time) -> bool:
    """Whether no clock in Paris shows that time on that day (the spring change)."""
    return instant(day, at).astimezone(PARIS).replace(tzinfo=None) != datetime.combine(day, at)


def in_series(first: Appointment, count: int, *, every: Duration) -> Sequence[Appointment]:
    """A whole calendar, at the hour the first has in Paris, whatever the season (D10); topics are for later.

    Steps are counted from the first day, so that the 31st falls back on the last day of a
    shorter month and comes back after it.
    """
    local = first.starts_at.astimezone(PARIS)
    days = [every.times(number).after(local.date()) for number in range(count)]
    return [replace(first, starts_at=instant(day, local.time()), topic="") for day in days]
