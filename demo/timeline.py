"""Moving the demo's clock forward, day by day, with everything that falls due on the way."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from demo.models import Moment
from notifications.planner import plan_due
from notifications.worker import deliver_due
from people import clock

MORNING = time(9, 0)


def resume() -> None:
    """Take up the clock where it was left."""
    moment = Moment.objects.first()
    if moment is not None and moment.reached_at > clock.now():
        clock.advance_to(moment.reached_at)


def advance_to(day: date) -> int:
    """Live each day up to `day`, reminders and deadlines included; return how many days.

    Raise ValueError for a day that has passed: the clock only moves forward.
    """
    if day < clock.today():
        raise ValueError(
            f"La démonstration en est au {clock.today():%d/%m/%Y} : elle ne revient pas en arrière."
        )
    days = 0
    while clock.today() < day:
        morning = datetime.combine(clock.today() + timedelta(days=1), MORNING, clock.PARIS)
        clock.advance_to(morning)
        live(morning)
        days += 1
    Moment.objects.update_or_create(pk=1, defaults={"reached_at": clock.now()})
    return days


def live(at: datetime) -> None:
    """Plan and send everything that is due at this moment."""
    plan_due(at)
    while sum(deliver_due(at=at).values()):
        continue
