from __future__ import annotations

from datetime import datetime

from django.db.models import Exists, OuterRef, QuerySet

from people.models import Organisation
from programmes.models import Room
from sessions.models import Meeting, RoomBooking


def rooms_of(organisation: Organisation) -> QuerySet[Room]:
    """The rooms that the organisation lends."""
    return Room.objects.filter(organisation=organisation, is_available=True)


def free_rooms(
    organisation: Organisation,
    *,
    starts_at: datetime,
    ends_at: datetime,
    except_for: Meeting | None = None,
) -> QuerySet[Room]:
    """Its rooms that nobody else has during that time; `except_for` does not stand in its own way."""
    taken = RoomBooking.objects.filter(
        room=OuterRef("pk"), starts_at__lt=ends_at, ends_at__gt=starts_at
    )
    if except_for is not None and except_for.booking_id is not None:
        taken = taken.exclude(pk=except_for.booking_id)
    return rooms_of(organisation).filter(~Exists(taken))
