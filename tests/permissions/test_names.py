"""Whom a list named is called so everywhere, until they take part: no page, mail or file shows the account."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator
from datetime import date

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse
from pytest_django.plugin import DjangoDbBlocker

from charters.models import Convention
from notifications import messages, rendering
from people.models import Person
from programmes.models import Enrolment, JournalEntry
from programmes.policy.rules import PartyKind
from programmes.policy.terms import Role
from tests.charters.test_files import text_of
from tests.permissions.matrix import MATRIX
from tests.permissions.test_matrix import arguments
from tests.permissions.world import World, standing_world

pytestmark = pytest.mark.django_db

CANARY = "cachalot"
# Mails about whom they are sent to alone.
TO_THEMSELVES = {
    "invitation",
    "enrolment_received",
    "enrolment_decided",
    "imported_welcome",
    "charter_to_accept",
    "charter_renewed",
}
OTHERS = ("team", "manager", "mentor", "anonymous")


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[World]:
    with standing_world(django_db_blocker) as world:
        list_under_other_names()
        yield world


def list_under_other_names() -> None:
    """Every mentee was listed under a name, and has an account in another."""
    for enrolment in Enrolment.objects.filter(person__in=mentees()).select_related("person"):
        enrolment.listed_first_name = enrolment.person.first_name
        enrolment.listed_last_name = enrolment.person.last_name
        enrolment.listed_email = enrolment.person.email
        enrolment.save()
    for person in mentees():
        person.last_name, person.email = CANARY, f"{CANARY}{person.pk}@example.org"
        person.save()


def mentees() -> list[Person]:
    return list(Person.objects.filter(enrolments__role=Role.MENTEE).distinct())


def forget_the_list() -> None:
    Enrolment.objects.update(listed_first_name="", listed_last_name="", listed_email="")


def pages_with_the_canary(world: World, names: Iterable[str]) -> set[str]:
    """Which of these addresses show the account of a mentee to somebody else who reaches them."""
    return {
        name
        for name in names
        for row in [MATRIX[name]]
        for visitor in sorted(row.who.intersection(OTHERS), key=OTHERS.index)[:2]
        if CANARY in read(reverse(name, kwargs=arguments(row, world)), world.visitors[visitor])
    }


def read(address: str, person: Person | None) -> str:
    client = Client()
    if person is not None:
        client.force_login(person)
    with transaction.atomic():
        response = client.get(address, follow=True)
        transaction.set_rollback(True)
    content = b"".join(response) if response.streaming else response.content
    if response["Content-Type"] == "application/pdf":
        return text_of(content) + response["Content-Disposition"]
    return content.decode(errors="replace")  # the pages of a document come as pictures too


def mails_to(world: World, people: Iterable[Person]) -> Iterator[tuple[str, str]]:
    """Every kind of mail and what it says to each of these people; to the mentee, of their own affairs."""
    things = {
        "pair_id": world.running.pk,
        "meeting_id": world.planned.pk,
        "concern_id": world.concern.pk,
        "convention_id": world.guardian.convention_id,
        "enrolment_id": world.enrolment.pk,
        "cohort_id": world.cohort.pk,
    }
    invitations = {"invitation": world.invitation.pk, "team_invitation": world.team_invitation.pk}
    rest = {
        "party_id": world.guardian.pk,
        "entry_id": JournalEntry.objects.latest("pk").pk,
        "number": 0,
    }
    Convention.objects.update(refused_by=PartyKind.MENTEE)  # as one of the mails tells
    for kind, message in messages.registered().items():
        fields = {field.name for field in dataclasses.fields(message)}
        for person in [world.enrolment.person] if kind in TO_THEMSELVES else people:
            known = {
                "person_id": person.pk,
                "invitation_id": invitations.get(kind),
                **things,
                **rest,
            }
            mail = message(**{name: known.get(name, date(2026, 10, 1)) for name in fields})
            rendered = rendering.render(mail, recipient=person, organisation=world.organisation)
            yield kind, " ".join((rendered.subject, rendered.body, rendered.html))


def mails_with_the_canary(world: World) -> set[str]:
    """Which kinds of mail name the account of a mentee to the mentor or to the team."""
    others = (world.visitors["mentor"], world.visitors["team"])
    return {
        kind
        for kind, said in mails_to(world, [one for one in others if one])
        if CANARY in said and kind not in TO_THEMSELVES
    }


def test_no_page_shows_the_account_of_somebody_listed(world: World) -> None:
    pages = [name for name, row in MATRIX.items() if row.method == "get"]
    of_mentees = {
        "charters:convention_pdf",
        "matching:board",
        "meetings:ics",
        "meetings:meeting",
        "portal:pair",
        "portal:space",
        "programmes:answer_proposal",
        "programmes:cohort_enrolments",
        "programmes:members",
        "programmes:team_pair",
        "reporting:dashboard",
    }

    hidden = pages_with_the_canary(world, pages)
    forget_the_list()

    assert pages_with_the_canary(world, of_mentees) == of_mentees
    assert hidden == set()


def test_no_mail_names_the_account_of_somebody_listed_to_anyone_else(world: World) -> None:
    hidden = mails_with_the_canary(world)
    forget_the_list()

    assert mails_with_the_canary(world) >= {
        "agreement_to_give",
        "end_declared",
        "meeting_planned",
        "pair_accepted",
    }
    assert hidden == set()
