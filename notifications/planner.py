"""What falls due with time alone: reminders, delays that run out, silences.

Apps register functions `(now) -> Iterable[(message, due_at)]` from `AppConfig.ready()`. They say
what is due, not what is new: the unique key of each message makes planning again change nothing.
Business dates are dates in Europe/Paris: `paris_date`, `paris_time`.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, date, datetime, time
from itertools import islice

from django.db import transaction

from notifications import outbox
from notifications.messages import Message
from notifications.models import OutboxMessage
from people.clock import PARIS

logger = logging.getLogger(__name__)

Planned = tuple[Message, datetime]
Plan = Callable[[datetime], Iterable[Planned]]

CHUNK = 500

_plans: list[Plan] = []


def register(*plans: Plan) -> None:
    """Have `plans` asked every few minutes what is due."""
    _plans.extend(plan for plan in plans if plan not in _plans)


def registered() -> tuple[Plan, ...]:
    return tuple(_plans)


def plan_due(now: datetime) -> int:
    """Queue what every plan says is due and return how many messages are new.

    A plan that fails is logged with its trace and does not keep the others from being asked.
    """
    count = 0
    for plan in registered():
        try:
            count += sum(_queue_new(chunk) for chunk in _chunks(plan(now)))
        except Exception:
            logger.exception("The plan %s.%s failed", plan.__module__, plan.__qualname__)
    return count


def paris_date(at: datetime) -> date:
    """The day it is in Paris at that instant."""
    return at.astimezone(PARIS).date()


def paris_time(day: date, at: time) -> datetime:
    """The instant a Paris clock first shows that time on that day.

    In the hour that the spring change skips, one hour later on the clock. In UTC, since Python
    compares no instant of a changing hour with one of another zone.
    """
    return datetime.combine(day, at, tzinfo=PARIS).astimezone(UTC)


def _queue_new(chunk: list[Planned]) -> int:
    keys = [message.dedupe_key for message, _ in chunk]
    known = set(
        OutboxMessage.objects.filter(dedupe_key__in=keys).values_list("dedupe_key", flat=True)
    )
    fresh = {m.dedupe_key: (m, due_at) for m, due_at in chunk if m.dedupe_key not in known}
    for message, due_at in fresh.values():
        with transaction.atomic():
            outbox.queue(message, due_at=due_at)
    return len(fresh)


def _chunks(planned: Iterable[Planned]) -> Iterator[list[Planned]]:
    remaining = iter(planned)
    while chunk := list(islice(remaining, CHUNK)):
        yield chunk
