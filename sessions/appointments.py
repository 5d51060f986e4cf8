"""When and where: an appointment as it is proposed, and the clock in Paris."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta

from dateutil.relativedelta import relativedelta

from people.clock import PARIS
from programmes.models import Room
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


def monthly(first: datetime, count: int) -> list[datetime]:
    """`count` instants, each month at the hour that the first has in Paris, whatever the season (D10).

    Months are counted from the first day, so that the 31st falls back on the last day of a
    shorter month and comes back after it.
    """
    local = first.astimezone(PARIS)
    days = [local.date() + relativedelta(months=number) for number in range(count)]
    return [instant(day, local.time()) for day in days]


def every_month(first: Appointment, count: int) -> Sequence[Appointment]:
    """The calendar of a whole series; its topics are for later."""
    return [
        replace(first, starts_at=starts_at, topic="")
        for starts_at in monthly(first.starts_at, count)
    ]
