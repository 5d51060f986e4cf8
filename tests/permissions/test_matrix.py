"""Every address, tried by every kind of visitor."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from http.cookies import SimpleCookie
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from pytest_django.plugin import DjangoDbBlocker

from charters.links import token_for
from tests.permissions.matrix import MATRIX, Row
from tests.permissions.world import World, standing_world

pytestmark = pytest.mark.django_db

# Kept by others, with permissions and tests of their own.
NOT_OURS = ("admin:", "account_", "socialaccount_", "mfa_", "openid_connect_")


def names(resolver: URLResolver, namespace: str = "") -> Iterator[str]:
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from names(pattern, inner)
        elif isinstance(pattern, URLPattern) and pattern.name:
            yield namespace + pattern.name


LOG_IN = reverse("account_login")
OURS = {name for name in names(get_resolver()) if not name.startswith(NOT_OURS)}


def test_every_address_has_its_row() -> None:
    assert OURS - MATRIX.keys() == set()


def test_every_row_has_its_address() -> None:
    assert MATRIX.keys() - OURS == set()


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[World]:
    with standing_world(django_db_blocker) as world:
        yield world


@pytest.fixture(scope="module")
def cookies(world: World) -> dict[str, SimpleCookie]:
    """What the browser of each visitor keeps; those who have an account are signed in."""
    clients = {visitor: Client() for visitor in world.visitors}
    for visitor, person in world.visitors.items():
        if person is not None:
            clients[visitor].force_login(person)
    return {visitor: client.cookies for visitor, client in clients.items()}


@pytest.mark.parametrize("name", sorted(MATRIX))
def test_who_reaches_it(name: str, world: World, cookies: dict[str, SimpleCookie]) -> None:
    row = MATRIX[name]
    address = reverse(name, kwargs=arguments(row, world))
    reached = {visitor for visitor, own in cookies.items() if reaches(address, row, own)}

    assert reached == row.who


def test_the_check_sees_a_page_that_is_open_to_too_many(
    world: World, cookies: dict[str, SimpleCookie]
) -> None:
    """The control: a page for the team, held against a row that says it is for a stranger."""
    row = Row("cohort", frozenset({"stranger"}))
    address = reverse("matching:board", kwargs=arguments(row, world))

    assert reaches(address, row, cookies["team"])
    assert not reaches(address, row, cookies["stranger"])


def reaches(address: str, row: Row, cookies: SimpleCookie) -> bool:
    """Whether the visitor gets through; who does not must get 404, or be led to the log-in."""
    client = Client(raise_request_exception=True)
    client.cookies = deepcopy(cookies)
    with transaction.atomic():
        response = getattr(client, row.method)(address)
        transaction.set_rollback(True)
    if not cookies and response.status_code == 302:
        return not response["Location"].startswith(LOG_IN)
    assert response.status_code in (200, 302, 400, 404, 422), response.status_code
    return response.status_code != 404


def arguments(row: Row, world: World) -> dict[str, Any]:
    """What stands in the address."""
    return {
        "": {},
        "organisation": {"slug": world.organisation.slug},
        "programme": {"organisation": world.organisation.slug, "slug": world.programme.slug},
        "member": {
            "organisation": world.organisation.slug,
            "slug": world.programme.slug,
            "pk": world.programme.coordinators.get().pk,
        },
        "matter": {
            "organisation": world.organisation.slug,
            "slug": world.programme.slug,
            "kind": "silent",
        },
        "programme version": {
            "organisation": world.organisation.slug,
            "slug": world.programme.slug,
            "key": "1",
        },
        "programme part": {
            "organisation": world.organisation.slug,
            "slug": world.programme.slug,
            "number": 1,
        },
        "programme role": {
            "organisation": world.organisation.slug,
            "slug": world.programme.slug,
            "role": "mentee",
        },
        "cohort": {"pk": world.cohort.pk},
        "enrolment": {"pk": world.enrolment.pk},
        "draft enrolment": {"pk": world.draft_enrolment.pk},
        "pair": {"pk": world.pair.pk},
        "proposal": {"pk": world.proposal.pk},
        "drafted": {"pk": world.drafted.pk},
        "run": {"pk": world.run.pk},
        "run mentee": {"pk": world.run.pk, "mentee": world.enrolment.pk},
        "ruling": {"pk": world.ruling.pk},
        "import": {"pk": world.import_draft.pk},
        "concern": {"pk": world.concern.pk},
        "invitation": {"token": world.invitation.token},
        "team invitation": {"token": world.team_invitation.token},
        "programme team invitation": {
            "organisation": world.organisation.slug,
            "slug": world.programme.slug,
            "pk": world.team_invitation.pk,
        },
        "its convention": {"pk": world.pair.pk},
        "page of its convention": {"pk": world.pair.pk, "number": 1},
        "running": {"pair": world.running.pk},
        "running pk": {"pk": world.running.pk},
        "milestone": {"pair": world.running.pk, "code": "midway"},
        "planned": {"pk": world.planned.pk},
        "proposed": {"pk": world.proposed.pk},
        "past": {"pk": world.past.pk},
        "room": {
            "organisation": world.organisation.slug,
            "slug": world.programme.slug,
            "pk": world.room.pk,
        },
        "export": {"pk": world.cohort.pk, "job": world.export.pk},
        "guardian's link": {"token": token_for(world.guardian)},
        "guardian": {"pk": world.guardian.pk},
        "page for the guardian": {"pk": world.guardian.pk, "number": 1},
    }[row.of]
