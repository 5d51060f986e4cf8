"""Who is in a programme's team."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from people.models import Person
from programmes.models import Coordinator, Programme
from programmes.services.journal import record


@transaction.atomic
def add_to_team(
    programme: Programme, person: Person, *, may_sign: bool, by: Person, at: datetime
) -> Coordinator:
    """Let someone coordinate the programme, and sign in the association's name if so entitled."""
    coordinator, _ = Coordinator.objects.update_or_create(
        programme=programme, person=person, defaults={"may_sign": may_sign}
    )
    record("coordinator_added", by=by, at=at, programme=programme, person=person.pk)
    return coordinator


@transaction.atomic
def remove_from_team(coordinator: Coordinator, *, by: Person, at: datetime) -> None:
    programme, person = coordinator.programme, coordinator.person_id
    coordinator.delete()
    record("coordinator_removed", by=by, at=at, programme=programme, person=person)
