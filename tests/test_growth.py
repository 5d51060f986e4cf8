"""No page asks more of the database with thirty rows than with three."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from people.models import Membership, Organisation, Person
from programmes.enums import ConcernKind
from programmes.models import Cohort, Coordinator, Room
from programmes.policy.terms import Role
from programmes.services.concerns import raise_concern
from programmes.services.invitations import invite
from sessions.enums import MeetingState
from tests.factories.meetings import make_meeting
from tests.factories.people import make_person
from tests.factories.programmes import (
    AT,
    make_accepted_pair,
    make_cohort,
    make_enrolment,
    make_programme,
    make_running_pair,
)

TERMS = {
    "agreement": {
        "kind": "convention",
        "parties": [{"kind": "mentor"}, {"kind": "mentee"}, {"kind": "organisation", "order": 2}],
    },
    "membership": {"mentee": "member"},
    "meetings": {"places": ["room", "public", "video"], "silent_after": "P10D"},
    "milestones": [
        {"code": "midway", "title": "Point d'étape", "kind": "review", "after_meetings": 1}
    ],
    "length": {"usual": "P6M"},
}
TEAM_PAGES = {
    "programmes:workspace": "",
    "reporting:dashboard": "programme",
    "programmes:cohort_enrolments": "cohort",
    "programmes:cohort_pairs": "cohort",
    "programmes:draft_pair": "cohort",
    "programmes:imported": "cohort",
    "programmes:invite": "cohort",
    "programmes:concerns": "programme",
    "programmes:members": "programme",
    "programmes:team_settings": "programme",
    "matching:board": "cohort",
    "matching:rulings": "cohort",
    "charters:cohort_conventions": "cohort",
    "charters:team_charter": "programme",
    "meetings:cohort_meetings": "cohort",
    "meetings:rooms": "programme",
}


@pytest.fixture
def cohort(organisation: Organisation, alix: Person) -> Cohort:
    cohort = make_cohort(make_programme(organisation, TERMS))
    Coordinator.objects.create(programme=cohort.programme, person=alix, may_sign=True)
    return cohort


def populate(cohort: Cohort, alix: Person, numbers: range, mentor: Person) -> None:
    """For each number: a running pair with meetings, one that waits, people unmatched, a concern."""
    organisation = cohort.programme.organisation
    own = cohort.enrolments.filter(person=mentor).first() or make_enrolment(
        cohort, mentor, Role.MENTOR
    )
    for number in numbers:
        people = [make_person(first, f"N{number}") for first in ("Ada", "Bo", "Cy", "Di", "El")]
        for person in people:
            Membership.objects.create(organisation=organisation, person=person)
        mentees = [make_enrolment(cohort, person, Role.MENTEE) for person in people[:3]]
        other = make_enrolment(cohort, people[3], Role.MENTOR)
        make_enrolment(cohort, people[4], Role.MENTEE, state="submitted")
        running = make_running_pair(own, mentees[0], by=alix)
        make_accepted_pair(other, mentees[1], by=alix)
        for days in (20, 40):
            make_meeting(running, starts_at=AT + timedelta(days=days))
        make_meeting(running, starts_at=AT + timedelta(days=90), state=MeetingState.PLANNED)
        raise_concern(mentees[0], kind=ConcernKind.HELP, message="Bonjour", pair=running, at=AT)
        Room.objects.create(organisation=organisation, name=f"Salle {number}")
        invite(cohort, email=f"n{number}@example.org", role=Role.MENTOR, by=alix, at=AT)
    # What the server does by itself once rows are committed; without it, it plans for empty tables.
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def queries_of(client: Client, addresses: dict[str, str]) -> dict[str, int]:
    counts = {}
    for name, address in addresses.items():
        client.get(address)
        with CaptureQueriesContext(
            connection,
        ) as captured:
            assert client.get(address).status_code == 200, name
        counts[name] = len(captured)
    return counts


def addresses_for(cohort: Cohort) -> dict[str, str]:
    programme = cohort.programme
    arguments: dict[str, list[Any]] = {
        "": [],
        "programme": [programme.organisation.slug, programme.slug],
        "cohort": [cohort.pk],
    }
    pages = {name: reverse(name, args=arguments[of]) for name, of in TEAM_PAGES.items()}
    matters = {
        f"reporting:matter {kind}": reverse(
            "reporting:matter", args=[*arguments["programme"], kind]
        )
        for kind in ("silent", "alone", "accepted")
    }
    return pages | matters


def grown(before: dict[str, int], after: dict[str, int]) -> dict[str, tuple[int, int]]:
    return {name: (before[name], after[name]) for name in before if after[name] > before[name]}


@pytest.fixture
def visit(client: Client) -> Callable[[Person, dict[str, str]], dict[str, int]]:
    def as_person(person: Person, addresses: dict[str, str]) -> dict[str, int]:
        client.force_login(person)
        return queries_of(client, addresses)

    return as_person


def test_no_page_grows(
    cohort: Cohort, alix: Person, camille: Person, visit: Callable[..., dict[str, int]]
) -> None:
    # The workspace leads straight to the only programme one has; with two it is a page.
    second = make_programme(
        cohort.programme.organisation, {"programme": {"name": "B", "slug": "b"}}
    )
    Coordinator.objects.create(programme=second, person=alix)
    theirs = {"portal:space": reverse("portal:space")}
    populate(cohort, alix, range(3), camille)
    team, own = visit(alix, addresses_for(cohort)), visit(camille, theirs)

    populate(cohort, alix, range(3, 30), camille)

    assert grown(team, visit(alix, addresses_for(cohort))) == {}
    assert grown(own, visit(camille, theirs)) == {}


def test_growth_would_be_seen() -> None:
    assert grown({"page": 5, "other": 9}, {"page": 32, "other": 9}) == {"page": (5, 32)}
