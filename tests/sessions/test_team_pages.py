"""The team sees facts, lends rooms and closes pairs; other teams find nothing."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from people import clock
from programmes.enums import PairState
from programmes.models import Room
from sessions.enums import MeetingState, PlaceChoice
from sessions.models import Review, RoomBooking
from tests.factories.meetings import make_meeting
from tests.factories.programmes import make_programme
from tests.factories.team import make_coordinator
from tests.sessions.conftest import START

SECRET = "Sujet-Adresse-Lien"


def url(name, *args):
    return reverse(f"meetings:{name}", args=args)


@pytest.fixture
def rooms_url(pair):
    programme = pair.cohort.programme
    return url("rooms", programme.organisation.slug, programme.slug)


def test_the_cohorts_meetings_are_facts_without_contents(client, pair, alix):
    make_meeting(
        pair,
        starts_at=START,
        topic=SECRET.lower()[:60],
        place_name=SECRET,
        address=SECRET,
        video_link=f"https://{SECRET}.example.org/",
    )
    client.force_login(alix)

    page = client.get(url("cohort_meetings", pair.cohort_id)).content.decode()

    assert "1er oct. 2026, 10:00" in page
    assert "a eu lieu" in page
    assert SECRET.lower() not in page.lower()


def test_the_list_asks_as_much_for_three_rows_as_for_thirty(client, pair, alix):
    client.force_login(alix)
    counts = []
    for total in (3, 30):
        while pair.meetings.count() < total:
            make_meeting(pair, starts_at=START + timedelta(days=pair.meetings.count()))
        client.get(url("cohort_meetings", pair.cohort_id))
        with CaptureQueriesContext(connection) as captured:
            response = client.get(url("cohort_meetings", pair.cohort_id))
        assert len(response.context["rows"]) == min(total, 25)
        # Beyond a page, it is counted how many there are; the same query either way.
        counts.append(len(captured))

    assert counts[0] == counts[1]


def test_the_list_is_narrowed_to_a_state(client, pair, alix):
    make_meeting(pair, starts_at=START)
    make_meeting(pair, starts_at=START + timedelta(days=1), state="missed")
    client.force_login(alix)

    page = client.get(url("cohort_meetings", pair.cohort_id), {"state": "missed"})

    assert [meeting.state for meeting, _tone in page.context["rows"]] == ["missed"]


def test_who_has_a_room_is_told_to_their_own_team_alone(
    client, pair, rooms_url, organisation, alix, sacha
):
    clock.advance_to(datetime(2100, 1, 1, tzinfo=UTC))
    starts_at = clock.now() + timedelta(days=2)
    room = Room.objects.create(organisation=organisation, name="Salle bleue")
    booking = RoomBooking.objects.create(
        room=room, starts_at=starts_at, ends_at=starts_at + timedelta(hours=1)
    )
    state, place = MeetingState.PLANNED, PlaceChoice.ROOM
    make_meeting(pair, starts_at=starts_at, state=state, place=place, booking=booking)
    beside = make_programme(organisation, {"programme": {"name": "À côté", "slug": "a-cote"}})
    make_coordinator(beside, sacha)

    client.force_login(alix)
    assert "Camille Moreau &amp; Nour Haddad" in client.get(rooms_url).content.decode()
    client.force_login(sacha)
    page = client.get(url("rooms", organisation.slug, "a-cote")).content.decode()
    assert "Salle bleue, pour un autre programme" in page
    assert "Moreau" not in page


def test_rooms_are_added_and_changed(client, rooms_url, organisation, alix):
    client.force_login(alix)

    client.post(
        rooms_url, {"name": "Salle bleue", "address": "Issy", "seats": "4", "is_available": "on"}
    )
    room = Room.objects.get(organisation=organisation)
    assert (room.name, room.seats, room.is_available) == ("Salle bleue", 4, True)

    again = client.post(rooms_url, {"name": "Salle bleue", "seats": "4"})
    assert again.status_code == 200
    assert "Une autre salle porte déjà ce nom." in again.context["form"].errors["name"]

    client.post(f"{rooms_url}{room.pk}/", {"name": "Salle bleue", "seats": "4"})
    room.refresh_from_db()
    assert not room.is_available


def test_a_pair_is_closed_with_what_is_missing_in_sight(client, make_pair, alix):
    pair = make_pair({"quotas": [{"code": "four", "least": 4, "strength": "duty"}]})
    client.force_login(alix)

    page = client.get(url("complete", pair.pk))
    assert page.context["missing"] == ["0 rencontre a eu lieu ; le programme en demande 4."]
    assert client.post(url("complete", pair.pk)).status_code == 200  # a reason is asked for

    client.post(url("complete", pair.pk), {"despite": "Départ à l'étranger"})
    pair.refresh_from_db()
    assert pair.state == PairState.COMPLETED


def test_a_pair_is_stopped_for_a_reason_of_the_list(client, pair, alix):
    client.force_login(alix)
    assert client.post(url("stop", pair.pk), {"reason": "boredom"}).status_code == 200

    client.post(url("stop", pair.pk), {"reason": "no_first_date"})

    pair.refresh_from_db()
    assert (pair.state, pair.stop_reason) == (PairState.STOPPED, "no_first_date")


def test_the_team_reads_the_answers_given_to_it_and_no_private_bilan(client, make_pair, nour, alix):
    question = {"code": "needs_help", "label": "Faut-il vous appeler ?", "kind": "yes_no"}
    milestones = [
        {"code": "followed", "title": "Suivi", "kind": "review", "after_meetings": 0},
        {
            "code": "bilan", "title": "Le bilan", "kind": "bilan", "after_meetings": 0,
            "may_stay_private": True,
        },
    ]  # fmt: skip
    pair = make_pair({"milestones": [one | {"questions": [question]} for one in milestones]})
    for code, private in (("followed", False), ("bilan", True)):
        Review.objects.create(
            pair=pair, milestone=code, role="mentee", person=nour, is_private=private,
            answers={"needs_help": True}, done_at=START,
        )  # fmt: skip
    client.force_login(alix)

    page = client.get(url("answers", pair.pk))

    assert [sheet["milestone"].code for sheet in page.context["sheets"]] == ["followed"]
    assert page.context["sheets"][0]["rows"] == [("Faut-il vous appeler ?", "oui")]
    assert "Le bilan" not in page.content.decode()


def test_nobody_but_the_team_finds_its_pages(client, pair, rooms_url, sacha, robin, camille):
    room = Room.objects.create(organisation=pair.cohort.programme.organisation, name="Bleue")
    pages = [
        url("cohort_meetings", pair.cohort_id),
        url("complete", pair.pk),
        url("stop", pair.pk),
        url("answers", pair.pk),
        rooms_url,
        f"{rooms_url}{room.pk}/",
    ]
    for page in pages:
        client.logout()
        assert client.get(page)["Location"].startswith(reverse("account_login"))
        for stranger in (sacha, robin, camille):
            client.force_login(stranger)
            assert client.get(page).status_code == 404


def test_a_room_of_another_association_is_not_there(client, rooms_url, other_organisation, alix):
    strange = Room.objects.create(organisation=other_organisation, name="Salle rouge")
    client.force_login(alix)

    assert client.get(f"{rooms_url}{strange.pk}/").status_code == 404


def test_the_hour_shown_is_that_of_paris(client, pair, alix):
    make_meeting(pair, starts_at=datetime(2026, 10, 31, 23, 30, tzinfo=UTC))
    client.force_login(alix)

    assert "00:30" in client.get(url("cohort_meetings", pair.cohort_id)).content.decode()
