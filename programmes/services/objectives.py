"""Objectives set after the enrolment was handed in, where the programme asks for them later (I6)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from people.models import Person
from programmes.lifecycle import ImpossibleTransition
from programmes.models import Enrolment
from programmes.permissions import may_set_objectives
from programmes.policy.evidence import ChosenObjective
from programmes.services.enrolments import set_objectives
from programmes.services.journal import lock, record
from programmes.services.taking_part import take_part


@transaction.atomic
def choose_objectives(
    enrolment: Enrolment, *, objectives: Sequence[ChosenObjective], by: Person, at: datetime
) -> Enrolment:
    """The mentee sets or changes the objectives before the first meeting."""
    enrolment = lock(enrolment)
    if not may_set_objectives(by, enrolment):
        raise ImpossibleTransition("choose_objectives", enrolment.state)
    set_objectives(enrolment, objectives)
    take_part(enrolment, by=by)
    record("objectives_set", by=by, at=at, enrolment=enrolment, count=len(objectives))
    return enrolment
