"""Rooms: booked for a meeting, never twice at once (W2, W3)."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_noop

from people.models import Organisation, Person
from programmes.models import Room
from programmes.policy.verdict import Breach, Sentence, verdict_of
from programmes.sentences import Refused
from programmes.services.journal import lock
from sessions.models import Meeting, RoomBooking


@transaction.atomic
def book_room(
    room: Room,
    *,
    starts_at: datetime,
    ends_at: datetime,
    by: Person,
    instead_of: RoomBooking | None = None,
) -> RoomBooking:
    """Keep a room, or change a booking into this one; raise Refused if someone else has it then."""
    room = lock(room)
    others = RoomBooking.objects.filter(room=room, starts_at__lt=ends_at, ends_at__gt=starts_at)
    if instead_of is not None:
        others = others.exclude(pk=instead_of.pk)
    if not room.is_available or others.exists():
        raise Refused(verdict_of([room_taken(room, starts_at)]))
    booking = instead_of or RoomBooking()
    booking.room = room
    booking.starts_at = starts_at
    booking.ends_at = ends_at
    booking.booked_by = by
    booking.save()
    return booking


def room_taken(room: Room, starts_at: datetime) -> Breach:
    text = gettext_noop(
        "« %(room)s » n'est pas libre le %(day)s à cette heure ; {prends/prenez}-en une autre."
    )
    return Breach("room:taken", Sentence(text, {"room": room.name, "day": starts_at}))


def release_room(meeting: Meeting) -> None:
    """Give back the room of a meeting that is locked and no longer open."""
    booking = meeting.booking
    if booking is None:
        return
    meeting.booking = None
    meeting.save(update_fields=["booking"])
    booking.delete()


@transaction.atomic
def add_room(organisation: Organisation, *, name: str, address: str, seats: int) -> Room:
    return Room.objects.create(organisation=organisation, name=name, address=address, seats=seats)


@transaction.atomic
def change_room(room: Room, *, name: str, address: str, seats: int, is_available: bool) -> Room:
    """Change a room; bookings made stand, even where it is no longer offered."""
    room = lock(room)
    room.name, room.address, room.seats, room.is_available = name, address, seats, is_available
    room.save()
    return room
