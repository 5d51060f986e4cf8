"""The clock of the product, read only at its edges (views, tasks, commands).

The demo moves it, forward only. Log-in sessions, one-time codes, leases and the time of a
proof use the machine's clock instead.
"""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.utils import timezone

PARIS = ZoneInfo("Europe/Paris")

_offset = timedelta()


def now() -> datetime:
    """The present instant, aware, in UTC."""
    return timezone.now() + _offset


def today() -> date:
    """The date it is in Paris."""
    return now().astimezone(PARIS).date()


def advance_to(instant: datetime) -> None:
    """Move the clock so that it is `instant` (aware) now; raise ValueError if that is in its past."""
    global _offset
    if instant < now():
        raise ValueError(f"the clock only moves forward: it is already {now():%Y-%m-%d %H:%M}")
    _offset = instant - timezone.now()


def reset() -> None:
    """Back to the machine's time (tests and the start of a demo)."""
    global _offset
    _offset = timedelta()
