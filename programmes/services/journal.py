from __future__ import annotations

from datetime import datetime
from typing import Any, TypeVar

from django.db import models

from people.models import Person
from programmes.models import Enrolment, JournalEntry, Pair, Programme

M = TypeVar("M", bound=models.Model)


def lock(instance: M) -> M:
    """The row as it is now, locked until the transaction ends (PostgreSQL; SQLite's are immediate)."""
    manager: models.Manager[M] = type(instance)._default_manager
    return manager.select_for_update(of=("self",)).get(pk=instance.pk)


def record(
    event: str,
    *,
    by: Person | None,
    at: datetime,
    pair: Pair | None = None,
    enrolment: Enrolment | None = None,
    programme: Programme | None = None,
    **facts: Any,
) -> JournalEntry:
    """Write one journal row: facts and dates, never contents."""
    about = enrolment or (pair.mentee if pair else None)
    whose = programme or (about.cohort.programme if about else None)
    if whose is None:
        raise ValueError("a journal row belongs to a programme")
    return JournalEntry.objects.create(
        programme=whose, enrolment=enrolment, pair=pair, event=event, actor=by, at=at, facts=facts
    )
