"""Whatever is sent, the answer is a page that says so: never an error of the server."""

from collections.abc import Iterator

import pytest
from django.urls import reverse
from pytest_django.plugin import DjangoDbBlocker

from people import clock
from tests.permissions.world import World, standing_world

pytestmark = pytest.mark.django_db

LAST_DAY, FIRST_DAY = "9999-12-31", "0001-01-01"


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[World]:
    with standing_world(django_db_blocker) as world:
        yield world


@pytest.mark.parametrize("token", ["%00", "x" * 3000])
@pytest.mark.parametrize("place", ["invitation", "signature"])
def test_a_token_that_nobody_made(client, place, token):
    assert client.get(f"/{place}/{token}/").status_code == 404


@pytest.mark.parametrize("role", ["%00", "admin"])
def test_a_role_that_does_not_exist(client, world, role):
    programme = world.programme
    address = f"/programmes/{programme.organisation.slug}/{programme.slug}/participer/{role}/"

    assert client.get(address).status_code == 404


@pytest.mark.parametrize("mentor", ["", "abc", "\x00", "9" * 30])
def test_a_mentor_who_is_not_there(client, world, mentor):
    client.force_login(world.visitors["team"])

    response = client.post(reverse("matching:change", args=[world.drafted.pk]), {"mentor": mentor})

    assert response.status_code == 404


@pytest.mark.parametrize("day", [FIRST_DAY, LAST_DAY, "2026-02-30"])
@pytest.mark.parametrize("time", ["00:00", "23:59"])
@pytest.mark.parametrize("name", ["propose", "series", "log"])
def test_a_date_that_no_calendar_reaches(client, world, name, day, time):
    client.force_login(world.visitors["mentee"])
    address = reverse(f"meetings:{name}", args=[world.running.pk])
    given = {"day": day, "time": time, "minutes": "60", "place": "public", "count": "12"}

    for more in ({}, {"show_rooms": "1"}):
        response = client.post(address, given | more)
        assert response.status_code in (200, 422)
        assert response.context["form"].errors or more


@pytest.mark.parametrize("until", [FIRST_DAY, LAST_DAY, "\x00"])
def test_an_extension_without_end(client, world, until):
    client.force_login(world.visitors["mentee"])
    address = reverse("meetings:extend", args=[world.running.pk])

    assert client.post(address, {"until": until}).status_code in (200, 422)
    assert client.get(address).status_code == 200
    world.running.refresh_from_db()
    assert world.running.planned_end_on.year < clock.today().year + 2


@pytest.mark.parametrize("page", ["abc", "9999999", "\x00"])
@pytest.mark.parametrize("name", ["cohort_enrolments", "cohort_pairs", "invite"])
def test_a_page_that_is_not_there(client, world, name, page):
    client.force_login(world.visitors["team"])
    address = reverse(f"programmes:{name}", args=[world.cohort.pk])

    query = {"page": page, "q": "\x00", "state": "\x00", "role": "\x00"}
    assert client.get(address, query).status_code == 200


@pytest.mark.parametrize("seats", ["99999999999", "\x00"])
def test_a_room_for_too_many(client, world, seats):
    client.force_login(world.visitors["team"])
    address = reverse("meetings:rooms", args=[world.organisation.slug, world.programme.slug])

    response = client.post(address, {"name": "Salle 2", "seats": seats})

    assert response.status_code in (200, 422)
    assert response.context["form"].errors


@pytest.mark.parametrize("name", ["decide", "derogate", "settle_fee", "waive_fee", "membership"])
@pytest.mark.parametrize("given", ["\x00"])
def test_forms_of_the_team_filled_in_at_random(client, world, name, given):
    client.force_login(world.visitors["team"])
    keys = ("act", "message", "reason", "breach", "settled_on", "number", "starts_on", "ends_on")
    address = reverse(f"programmes:{name}", args=[world.enrolment.pk])

    for sent in ({}, dict.fromkeys(keys, given)):
        assert client.post(address, sent).status_code in (200, 302, 422)


@pytest.mark.parametrize("day", [FIRST_DAY, LAST_DAY])
def test_a_cohort_beyond_the_calendar(client, world, day):
    client.force_login(world.visitors["team"])
    address = reverse(
        "programmes:open_cohort", args=[world.organisation.slug, world.programme.slug]
    )
    given = {"name": "Un jour", "opens_on": day, "starts_on": day}

    response = client.post(address, given)

    assert response.status_code == 422
    assert {"opens_on", "starts_on"} <= response.context["form"].errors.keys()
