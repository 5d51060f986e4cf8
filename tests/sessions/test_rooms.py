"""The centre lends rooms: the first meeting takes place in one, nobody has one twice (W2, W3)."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import connection

from programmes.models import Room
from programmes.policy.rules import PlaceKind
from programmes.sentences import Refused, tell_all
from sessions import queries
from sessions.models import RoomBooking
from sessions.services import answering, arranging
from sessions.services.rooms import book_room
from tests.factories.meetings import make_appointment
from tests.factories.people import make_organisation, make_person
from tests.sessions.conftest import START

HOUR = timedelta(hours=1)
SOON = START + timedelta(days=7)
AT_THE_CENTRE = {"meetings": {"places": ["room", "video"], "first_places": ["room"]}}


@pytest.fixture
def room(organisation):
    return Room.objects.create(organisation=organisation, name="Salle bleue")


def test_the_first_meeting_takes_place_in_a_room(make_pair, room, nour):
    pair = make_pair(AT_THE_CENTRE)
    by_video = make_appointment(SOON, place=PlaceKind.VIDEO)

    with pytest.raises(Refused) as refused:
        arranging.propose_meeting(pair, appointment=by_video, by=nour, at=START)

    assert tell_all(refused.value.verdict.breaches, pair.cohort.vocabulary) == [
        "La première rencontre se tient dans une salle de l'association."
    ]
    in_room = make_appointment(SOON, place=PlaceKind.ROOM, room=room)
    meeting = arranging.propose_meeting(pair, appointment=in_room, by=nour, at=START)
    assert meeting.booking.room == room

    # A later one may be elsewhere; an earlier one would be the first.
    later = make_appointment(SOON + HOUR, place=PlaceKind.VIDEO)
    assert arranging.propose_meeting(pair, appointment=later, by=nour, at=START).pk
    with pytest.raises(Refused):
        earlier = make_appointment(SOON - HOUR, place=PlaceKind.VIDEO)
        arranging.propose_meeting(pair, appointment=earlier, by=nour, at=START)


def test_a_room_that_is_taken_is_not_offered(make_pair, room, organisation, nour):
    pair = make_pair(AT_THE_CENTRE)
    other = Room.objects.create(organisation=organisation, name="Salle verte")
    in_room = make_appointment(SOON, place=PlaceKind.ROOM, room=room)
    meeting = arranging.propose_meeting(pair, appointment=in_room, by=nour, at=START)

    def free(starts_at, **more):
        return list(
            queries.free_rooms(organisation, starts_at=starts_at, ends_at=starts_at + HOUR, **more)
        )

    assert free(SOON + HOUR / 2) == [other]
    assert free(SOON + HOUR) == [room, other]
    assert free(SOON, except_for=meeting) == [room, other]


def test_a_meeting_that_moves_takes_its_room_along_and_gives_back_the_old_hour(
    make_pair, room, camille, nour
):
    pair = make_pair(AT_THE_CENTRE)
    in_room = make_appointment(SOON, place=PlaceKind.ROOM, room=room)
    meeting = arranging.propose_meeting(pair, appointment=in_room, by=nour, at=START)
    answering.accept_meeting(meeting, by=camille, at=START)

    half_an_hour_later = make_appointment(SOON + HOUR / 2, place=PlaceKind.ROOM, room=room)
    arranging.move_meeting(meeting, appointment=half_an_hour_later, by=nour, at=START)

    assert RoomBooking.objects.get().starts_at == SOON + HOUR / 2

    answering.cancel_meeting(meeting, by=nour, at=START)

    assert not RoomBooking.objects.exists()


def test_a_room_of_another_association_is_not_to_be_had(make_pair, nour):
    pair = make_pair(AT_THE_CENTRE)
    elsewhere = make_organisation("Ailleurs", slug="ailleurs")
    strange = Room.objects.create(organisation=elsewhere, name="Salle rouge")
    in_room = make_appointment(SOON, place=PlaceKind.ROOM, room=strange)

    with pytest.raises(Refused) as refused:
        arranging.propose_meeting(pair, appointment=in_room, by=nour, at=START)

    assert refused.value.verdict.codes == ("room:taken",)


@pytest.mark.django_db(transaction=True)
def test_eight_people_at_once_do_not_get_the_same_room():
    organisation = make_organisation()
    room = Room.objects.create(organisation=organisation, name="Salle bleue")
    person = make_person("Nour", "Haddad")
    together = Barrier(8)

    def book(number: int) -> bool:
        together.wait()
        try:
            # They overlap without being the same hour.
            starts_at = START + timedelta(minutes=number)
            book_room(room, starts_at=starts_at, ends_at=starts_at + HOUR, by=person)
        except Refused:
            return False
        else:
            return True
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as threads:
        booked = list(threads.map(book, range(8)))

    assert sorted(booked) == [False] * 7 + [True]
    assert RoomBooking.objects.count() == 1
