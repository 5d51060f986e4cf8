"""The pages of a pair's meetings: what the two may do, and that nobody else finds them."""

from datetime import UTC, date, datetime, time, timedelta
from functools import partial

import pytest
from django.urls import reverse

from people import clock
from programmes.enums import PairState
from programmes.models import Extension, Room
from sessions.appointments import instant
from sessions.enums import MeetingState
from sessions.models import EndDeclaration, Meeting, Review
from sessions.services import answering, arranging
from sessions.services.rooms import book_room
from tests.factories.meetings import make_appointment, make_meeting

# Far ahead, since the clock of the pages only moves forward.
START = datetime(2040, 10, 1, 8, 0, tzinfo=UTC)
DAY = timedelta(days=1)
SOON = START + 7 * DAY
MIDWAY = {
    "code": "midway",
    "title": "Point d'étape",
    "kind": "review",
    "after_meetings": 1,
    "asks_extension": True,
    "questions": [{"code": "feeling", "label": "Comment ça va ?"}],
}


@pytest.fixture(autouse=True)
def _it_is_the_second_of_october_2040():
    clock.advance_to(START + DAY)


@pytest.fixture
def make_pair(make_pair):
    return partial(make_pair, at=START)


@pytest.fixture
def meeting(pair, nour):
    return arranging.propose_meeting(pair, appointment=make_appointment(SOON), by=nour, at=START)


def get(client, name, *args, **query):
    return client.get(reverse(f"meetings:{name}", args=args), query)


def post(client, name, *args, **data):
    return client.post(reverse(f"meetings:{name}", args=args), data)


def sentences(response):
    return [str(message) for message in response.context["messages"]]


WHEN = {"day": "2040-10-25", "time": "10:00", "minutes": "60", "place": "public"}


def test_a_date_given_on_a_paris_clock_is_proposed(client, pair, nour):
    client.force_login(nour)

    response = post(client, "propose", pair.pk, **WHEN, place_name="Café de la Mairie")

    made = Meeting.objects.get()
    assert response["Location"] == reverse("meetings:meeting", args=[made.pk])
    assert made.starts_at == instant(date(2040, 10, 25), made.local_start.time())
    assert f"{made.local_start:%H:%M}" == "10:00"
    assert made.place_name == "Café de la Mairie"


def test_an_hour_that_does_not_exist_is_refused(client, pair, nour):
    client.force_login(nour)

    response = post(client, "propose", pair.pk, **(WHEN | {"day": "2027-03-28", "time": "02:30"}))

    assert response.context["form"].errors["time"] == [
        "Cette nuit-là, on avance d'une heure : cette heure n'existe pas."
    ]


def test_a_refusal_is_told_in_sentences_beside_the_form(client, make_pair, nour):
    pair = make_pair({"vocabulary": {"meeting": "entretien"}})
    client.force_login(nour)

    response = post(client, "propose", pair.pk, **(WHEN | {"day": "2040-10-01"}))

    assert response.context["breaches"] == ["Cette date est passée ; choisissez-en une à venir."]
    assert not Meeting.objects.exists()


def test_only_the_places_that_the_programme_allows_are_offered(client, make_pair, nour):
    pair = make_pair({"meetings": {"places": ["public", "video"]}})
    client.force_login(nour)

    form = get(client, "propose", pair.pk).context["form"]

    assert [value for value, _ in form.fields["place"].choices] == ["public", "video"]
    assert "room" not in form.fields


def test_the_first_meeting_asks_for_a_room_and_shows_those_that_are_free(
    client, make_pair, nour, camille, organisation
):
    pair = make_pair({"meetings": {"places": ["room", "video"], "first_places": ["room"]}})
    blue = Room.objects.create(organisation=organisation, name="Salle bleue")
    green = Room.objects.create(organisation=organisation, name="Salle verte")
    when = WHEN | {"place": "room"}
    client.force_login(nour)

    missing = post(client, "propose", pair.pk, **when)
    assert list(missing.context["form"].errors) == ["room"]
    when_unknown = post(client, "propose", pair.pk, place="room", show_rooms="1")
    assert "Donnez d'abord le jour et l'heure." in when_unknown.content.decode()

    starts_at = instant(date(2040, 10, 25), time(10))
    book_room(blue, starts_at=starts_at, ends_at=starts_at + timedelta(hours=1), by=camille)
    shown = post(client, "propose", pair.pk, **when, show_rooms="1")
    assert list(shown.context["form"].fields["room"].queryset) == [green]
    assert "1 salle est libre à ce moment." in shown.content.decode()
    assert not Meeting.objects.exists()

    post(client, "propose", pair.pk, **when, room=green.pk)
    assert Meeting.objects.get().booking.room == green


def test_before_the_first_meeting_the_page_leads_to_the_objectives(client, make_pair, nour):
    objectives = {
        "minimum": 1,
        "due": "first_meeting",
        "themes": [{"code": "career", "label": "Carrière"}],
    }
    pair = make_pair({"objectives": objectives})
    client.force_login(nour)

    response = get(client, "propose", pair.pk)
    assert reverse("meetings:objectives", args=[pair.pk]) in response.content.decode()

    post(client, "objectives", pair.pk, objective_1_theme="career", objective_1_text="Oser")
    assert pair.mentee.objectives.get().text == "Oser"

    # The page of before the pair leads to the one of the pair; one more row loses nothing.
    page = client.get(reverse("programmes:objectives", args=[pair.mentee_id]))
    assert page.headers["Location"] == reverse("meetings:objectives", args=[pair.pk])
    rows = post(client, "objectives", pair.pk, objective_1_text="Oser dire", more="1")
    assert "Oser dire" in rows.content.decode()
    assert pair.mentee.objectives.get().text == "Oser"
    assert "form" in get(client, "propose", pair.pk).context


def test_a_whole_calendar_is_proposed_and_accepted(client, pair, camille, nour):
    client.force_login(nour)
    post(client, "series", pair.pk, **WHEN, count="6")
    assert Meeting.objects.filter(state=MeetingState.PROPOSED).count() == 6

    client.force_login(camille)
    first = Meeting.objects.order_by("starts_at").first()
    assert get(client, "meeting", first.pk).context["open_in_series"] == 6
    post(client, "accept", first.pk, series="1")

    assert Meeting.objects.filter(state=MeetingState.PLANNED).count() == 6


def test_the_page_offers_what_each_may_do(client, meeting, camille, nour):
    client.force_login(nour)
    mine = get(client, "meeting", meeting.pk).context["may"]
    client.force_login(camille)
    theirs = get(client, "meeting", meeting.pk).context["may"]

    assert {name for name, may in mine.items() if may} == {"take_back", "detail", "propose"}
    assert {name for name, may in theirs.items() if may} == {"answer", "detail", "propose"}


def test_from_proposal_to_held_on_the_pages(client, meeting, camille, nour):
    client.force_login(camille)
    post(client, "change", meeting.pk, **WHEN)
    client.force_login(nour)
    post(client, "accept", meeting.pk)
    meeting.refresh_from_db()
    assert meeting.state == MeetingState.PLANNED

    too_early = client.post(
        reverse("meetings:held", args=[meeting.pk]), {"minutes": "60"}, follow=True
    )
    assert sentences(too_early)[-1] == "La rencontre n'a pas encore commencé."

    clock.advance_to(meeting.starts_at + DAY)
    post(client, "held", meeting.pk, minutes="90")
    meeting.refresh_from_db()
    assert (meeting.state, meeting.minutes) == (MeetingState.HELD, 90)


def test_a_step_already_made_is_said_kindly(client, meeting, camille):
    client.force_login(camille)
    post(client, "accept", meeting.pk)

    again = client.post(reverse("meetings:accept", args=[meeting.pk]), follow=True)

    assert sentences(again)[-1].startswith("Cette étape a déjà été faite")


def test_a_late_cancellation_says_so_before_and_is_recorded(client, make_pair, camille, nour):
    pair = make_pair({"meetings": {"notice_hours": 24, "new_date_within": "P7D"}})
    found = arranging.propose_meeting(
        pair, appointment=make_appointment(START + DAY * 1.5), by=nour, at=START
    )
    answering.accept_meeting(found, by=camille, at=START)
    client.force_login(nour)

    assert get(client, "cancel", found.pk).context["is_late"]
    post(client, "cancel", found.pk)

    found.refresh_from_db()
    assert (found.state, found.late_notice) == (MeetingState.CANCELLED, True)
    page = get(client, "meeting", found.pk).context
    assert (page["new_date_by"], page["rows"][-1]) == (
        "mardi 9 octobre",
        ("Annulé par", "vous, le 2 octobre"),
    )


def test_details_may_be_given_without_a_new_date(client, pair, nour):
    found = make_meeting(pair, starts_at=SOON, state=MeetingState.PLANNED)
    client.force_login(nour)

    post(client, "details", found.pk, topic="progress", video_link="https://visio.example.org/x")

    found.refresh_from_db()
    assert (found.topic, found.video_link) == ("progress", "https://visio.example.org/x")
    assert found.state == MeetingState.PLANNED


def test_a_review_is_answered_and_leads_to_the_extension(client, make_pair, camille, nour):
    pair = make_pair({"milestones": [MIDWAY], "length": {"usual": "P6M"}})
    make_meeting(pair, starts_at=START)
    client.force_login(nour)
    page = get(client, "milestone", pair.pk, "midway")
    assert "Camille ne les voit pas" in page.content.decode()

    response = post(client, "milestone", pair.pk, "midway", feeling="4")

    assert Review.objects.get().answers == {"feeling": 4}
    assert response["Location"] == reverse("meetings:extend", args=[pair.pk])
    post(client, "extend", pair.pk, until="2041-07-01")
    client.force_login(camille)
    post(client, "extend", pair.pk, until="2041-07-01")
    assert Extension.objects.get().granted_at is not None


def test_stopping_after_the_first_exists_only_then(client, make_pair, camille, nour):
    pair = make_pair({"matching": {"mentor_may_stop_after_first": True}})
    client.force_login(camille)
    assert get(client, "stop_after_first", pair.pk).status_code == 404

    make_meeting(pair, starts_at=START)
    assert get(client, "stop_after_first", pair.pk).status_code == 200
    client.force_login(nour)
    assert get(client, "stop_after_first", pair.pk).status_code == 404

    client.force_login(camille)
    post(client, "stop_after_first", pair.pk)
    pair.refresh_from_db()
    assert pair.state == PairState.STOPPED


def test_either_side_says_that_it_has_ended(client, pair, nour):
    client.force_login(nour)

    post(client, "declare_end", pair.pk)

    assert EndDeclaration.objects.get().person == nour
    assert not get(client, "declare_end", pair.pk).context["may_declare"]


ADDRESSES = (
    ("propose", "pair"),
    ("series", "pair"),
    ("log", "pair"),
    ("objectives", "pair"),
    ("extend", "pair"),
    ("declare_end", "pair"),
    ("stop_after_first", "pair"),
    ("meeting", "meeting"),
    ("change", "meeting"),
    ("cancel", "meeting"),
    ("details", "meeting"),
    ("ics", "meeting"),
)
STEPS = ("accept", "decline", "held", "missed", "expire")


@pytest.mark.parametrize(("name", "what"), ADDRESSES)
def test_nobody_but_the_two_finds_a_page(client, pair, meeting, sacha, alix, robin, name, what):
    pk = pair.pk if what == "pair" else meeting.pk
    url = reverse(f"meetings:{name}", args=[pk])

    assert client.get(url)["Location"].startswith(reverse("account_login"))
    for stranger in (sacha, alix, robin):
        client.force_login(stranger)
        assert client.get(url).status_code == 404


@pytest.mark.parametrize("name", STEPS)
def test_nobody_but_the_two_takes_a_step(client, meeting, sacha, alix, name):
    for stranger in (sacha, alix):
        client.force_login(stranger)
        assert post(client, name, meeting.pk).status_code == 404
    meeting.refresh_from_db()
    assert meeting.state == MeetingState.PROPOSED


def test_a_milestone_is_the_twos(client, make_pair, sacha, alix):
    pair = make_pair({"milestones": [MIDWAY]})
    for stranger in (sacha, alix):
        client.force_login(stranger)
        assert get(client, "milestone", pair.pk, "midway").status_code == 404
        assert post(client, "approve", pair.pk, "midway").status_code == 404
    client.force_login(pair.mentor.person)
    assert get(client, "milestone", pair.pk, "unknown").status_code == 404


def test_an_objective_that_is_its_theme_is_offered_once(client, make_pair, nour):
    themes = [{"code": "career", "label": "Carrière"}, {"code": "network", "label": "Réseau"}]
    pair = make_pair({"objectives": {"maximum": 3, "themes": themes}})
    pair.mentee.objectives.create(position=1, theme="career")
    pair.mentee.objectives.create(position=2, theme="network", text="Oser appeler")
    client.force_login(nour)

    offered = get(client, "propose", pair.pk).context["form"].fields["topic"].choices

    labels = [str(label) for _code, label in offered]
    assert labels[1:4] == ["Oser appeler", "Carrière", "Réseau"]
    assert len(labels) == len(set(labels))


@pytest.mark.parametrize(
    ("quotas", "days", "told"),
    [
        ([], [12, 43], "Une date chaque mois, toujours à la même heure."),
        (
            [{"code": "weekly", "least": 1, "per": "P1W"}],
            [12, 19],
            "Une date chaque semaine, toujours à la même heure.",
        ),
        (
            [{"code": "slow", "least": 1, "per": "P45D"}],
            [12, 43],
            "Une date chaque mois, toujours à la même heure.",
        ),
    ],
)
def test_a_calendar_follows_the_rhythm_of_the_programme(
    client, make_pair, nour, quotas, days, told
):
    pair = make_pair({"quotas": quotas})
    client.force_login(nour)

    form = get(client, "series", pair.pk).context["form"]
    post(client, "series", pair.pk, **(WHEN | {"day": "2040-10-12", "count": "2"}))

    assert form.fields["count"].help_text == told
    first = date(2040, 9, 30)
    held = [(one.local_start.date() - first).days for one in pair.meetings.order_by("starts_at")]
    assert held == days
