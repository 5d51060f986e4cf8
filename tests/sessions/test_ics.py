"""The file for one's calendar: a stable UID, a SEQUENCE that rises, the end of what is cancelled."""

from datetime import UTC, timedelta

import icalendar
import pytest

from programmes.models import Room
from programmes.policy.rules import PlaceKind
from sessions.services import answering, arranging
from tests.factories.meetings import make_appointment
from tests.sessions.conftest import START

DAY = timedelta(days=1)
SOON = START + 40 * DAY  # after the clock change


@pytest.fixture
def read(client, camille):
    """Camille's file, as a calendar reads it."""

    def read(meeting):
        client.force_login(camille)
        response = client.get(f"/rencontres/{meeting.pk}/agenda.ics")
        assert response["Content-Type"] == "text/calendar; charset=utf-8"
        calendar = icalendar.Calendar.from_ical(response.content)
        [event] = calendar.walk("VEVENT")
        return calendar, event

    return read


def test_a_calendar_reads_when_where_and_with_whom(pair, read, camille, nour, organisation):
    room = Room.objects.create(organisation=organisation, name="Salle bleue", address="Issy")
    appointment = make_appointment(SOON, place=PlaceKind.ROOM, room=room, minutes=90)
    meeting = arranging.propose_meeting(pair, appointment=appointment, by=nour, at=START)
    answering.accept_meeting(meeting, by=camille, at=START)

    calendar, event = read(meeting)

    assert (calendar["METHOD"], event["STATUS"]) == ("PUBLISH", "CONFIRMED")
    assert (event["UID"], event["SEQUENCE"]) == (f"{meeting.uid}@testserver", 1)
    assert event["SUMMARY"] == "Rencontre : Nour Haddad (Programme simple)"
    assert event["LOCATION"] == "Salle bleue, Issy"
    assert (event.start, event.end) == (SOON, SOON + timedelta(minutes=90))
    assert event.start.tzinfo is not None
    assert event["DTSTART"].to_ical() == SOON.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ").encode()
    assert str(event["ORGANIZER"]) == "MAILTO:mentorat@ponts-savoir.example.org"


def test_a_meeting_that_moves_keeps_its_uid_and_rises_in_sequence(pair, read, camille, nour):
    appointment = make_appointment(SOON)
    meeting = arranging.propose_meeting(pair, appointment=appointment, by=nour, at=START)
    answering.accept_meeting(meeting, by=camille, at=START)
    before = read(meeting)[1]

    arranging.move_meeting(meeting, appointment=make_appointment(SOON + DAY), by=nour, at=START)
    answering.accept_meeting(meeting, by=camille, at=START)
    after = read(meeting)[1]

    assert after["UID"] == before["UID"]
    assert after["SEQUENCE"] > before["SEQUENCE"]
    assert after.start == SOON + DAY


def test_what_is_cancelled_leaves_the_calendar(pair, read, camille, nour):
    appointment = make_appointment(SOON)
    meeting = arranging.propose_meeting(pair, appointment=appointment, by=nour, at=START)
    answering.accept_meeting(meeting, by=camille, at=START)
    before = read(meeting)[1]

    answering.cancel_meeting(meeting, by=nour, at=START)
    calendar, event = read(meeting)

    assert (calendar["METHOD"], event["STATUS"]) == ("CANCEL", "CANCELLED")
    assert event["UID"] == before["UID"]
    assert event["SEQUENCE"] > before["SEQUENCE"]
