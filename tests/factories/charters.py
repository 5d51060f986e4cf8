"""Conventions for tests."""

from __future__ import annotations

from datetime import datetime

from charters.models import Convention
from charters.services import conventions
from people.models import Person
from programmes.models import Coordinator
from programmes.policy.rules import PartyKind


def make_signatory(convention: Convention, person: Person) -> None:
    """Let someone sign for the association."""
    Coordinator.objects.update_or_create(
        programme=convention.pair.cohort.programme, person=person, defaults={"may_sign": True}
    )


def sign_by_all(convention: Convention, *, for_organisation: Person, at: datetime) -> Convention:
    """Every party signs in turn; the pair starts."""
    make_signatory(convention, for_organisation)
    for party in convention.parties.all():
        by = for_organisation if party.as_kind is PartyKind.ORGANISATION else party.person
        convention = conventions.sign_convention(
            convention, party=party, by=by, has_ticked=True, at=at
        )
    return convention
