"""Members of a team for tests."""

from __future__ import annotations

from people.models import Person
from programmes.models import Coordinator, Programme


def make_coordinator(
    programme: Programme, person: Person, *, may_sign: bool = False
) -> Coordinator:
    return Coordinator.objects.create(programme=programme, person=person, may_sign=may_sign)
