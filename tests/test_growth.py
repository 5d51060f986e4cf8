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

from matching.models import Run
from matching.services.runs import keep_run
from people.models import Membership, Organisation, Person
from programmes.enums import ConcernKind
from programmes.models import Cohort, Coordinator, Pair, Room
from programmes.policy.terms import Role
from programmes.services.concerns import raise_concern
from programmes.services.invitations import invite
from sessions.enums import MeetingState
from sessions.models import Review
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


def live_through(pair: Pair, days: range) -> None:
    """For each day a meeting, a concern and a review of a milestone of its own."""
    for day in days:
        at = AT + timedelta(days=day)
        make_meeting(pair, starts_at=at)
        raise_concern(pair.mentee, kind=ConcernKind.HELP, message="Bonjour", pair=pair, at=at)
        Review.objects.create(
            pair=pair,
            milestone=f"step{day}",
            role="mentee",
            person=pair.mentee.person,
            answers={"needs_help": True},
            done_at=at,
        )


def pages_of(pair: Pair) -> dict[str, str]:
    names = ("portal:pair", "programmes:team_pair", "meetings:answers")
    return {name: reverse(name, args=[pair.pk]) for name in names}


def pages_of_runs(before: Run, after: Run) -> dict[str, str]:
    someone = after.result["pairs"][0][0]
    return {
        "matching:kept": reverse("matching:kept", args=[after.pk]),
        "matching:others": reverse("matching:others", args=[after.pk, someone]),
        "matching:compare": f"{reverse('matching:compare', args=[after.pk])}?avec={before.pk}",
    }


def test_no_page_of_one_pair_grows_with_what_it_lives_through(
    organisation: Organisation,
    alix: Person,
    camille: Person,
    nour: Person,
    visit: Callable[..., dict[str, int]],
) -> None:
    question = {"code": "needs_help", "label": "Faut-il vous appeler ?", "kind": "yes_no"}
    step = {"kind": "review", "after_meetings": 0, "questions": [question]}
    steps = [step | {"code": f"step{day}", "title": f"Étape {day}"} for day in range(30)]
    cohort = make_cohort(make_programme(organisation, TERMS | {"milestones": steps}))
    Coordinator.objects.create(programme=cohort.programme, person=alix)
    Membership.objects.create(organisation=organisation, person=nour)
    mentor = make_enrolment(cohort, camille, Role.MENTOR)
    pair = make_running_pair(mentor, make_enrolment(cohort, nour, Role.MENTEE), by=alix)
    team = pages_of(pair)
    own = {"portal:pair": team.pop("portal:pair")}
    live_through(pair, range(3))
    before = [visit(alix, team), visit(nour, own)]

    live_through(pair, range(3, 30))

    after = [visit(alix, team), visit(nour, own)]
    assert [grown(*both) for both in zip(before, after, strict=True)] == [{}, {}]


def test_no_page_of_a_run_grows_with_its_people(
    cohort: Cohort, alix: Person, camille: Person, visit: Callable[..., dict[str, int]]
) -> None:
    empty = keep_run(cohort, by=alix, at=AT)
    populate(cohort, alix, range(3), camille)
    few = keep_run(cohort, by=alix, at=AT)
    before = visit(alix, pages_of_runs(empty, few))

    populate(cohort, alix, range(3, 30), camille)
    many = keep_run(cohort, by=alix, at=AT)

    assert len(many.result["pairs"]) > len(few.result["pairs"]) > 0
    assert grown(before, visit(alix, pages_of_runs(empty, many))) == {}


def test_growth_would_be_seen() -> None:
    assert grown({"page": 5, "other": 9}, {"page": 32, "other": 9}) == {"page": (5, 32)}
