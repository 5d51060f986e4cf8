"""Whether the calculation may propose someone: not while they say that time is short."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from people.models import Person
from programmes.models import Enrolment
from programmes.services.journal import lock, record


@transaction.atomic
def hold_back(enrolment: Enrolment, *, by: Person, at: datetime) -> Enrolment:
    """Keep someone out of the calculations until they are available again; their pairs go on."""
    enrolment = lock(enrolment)
    if enrolment.on_hold_since is None:
        enrolment.on_hold_since = at
        enrolment.save(update_fields=["on_hold_since"])
        record("enrolment_held_back", by=by, at=at, enrolment=enrolment)
    return enrolment


@transaction.atomic
def be_available(enrolment: Enrolment, *, by: Person, at: datetime) -> Enrolment:
    """They have time again: the next calculation counts on them."""
    enrolment = lock(enrolment)
    if enrolment.on_hold_since is not None:
        enrolment.on_hold_since = None
        enrolment.save(update_fields=["on_hold_since"])
        record("enrolment_available", by=by, at=at, enrolment=enrolment)
    return enrolment
