"""A meeting as a file that calendars understand (RFC 5545): facts of the appointment only."""

from __future__ import annotations

from datetime import UTC
from urllib.parse import urlsplit

from icalendar import Calendar, Event, vCalAddress, vText

from notifications.links import absolute
from programmes.words import fill
from sessions.enums import MeetingState, PlaceChoice
from sessions.models import Meeting

GONE = (MeetingState.CANCELLED, MeetingState.DECLINED, MeetingState.EXPIRED, MeetingState.MISSED)


def calendar_of(meeting: Meeting, *, title: str, path: str) -> bytes:
    """The file; its UID never changes, its SEQUENCE rises with every change of the meeting."""
    calendar = Calendar()
    calendar.add("prodid", "-//Binôme//Binôme//FR")
    calendar.add("version", "2.0")
    calendar.add("method", "CANCEL" if meeting.state in GONE else "PUBLISH")
    calendar.add_component(_event(meeting, title, absolute(path)))
    content: bytes = calendar.to_ical()
    return content


def title_of(meeting: Meeting, *, other: str) -> str:
    text = fill("{Rencontre}", meeting.pair.cohort.vocabulary)
    return f"{text} : {other} ({meeting.pair.cohort.programme.name})"


def place_of(meeting: Meeting) -> str:
    """Where it is, in one line."""
    if meeting.place == PlaceChoice.ROOM and meeting.booking:
        room = meeting.booking.room
        parts = [room.name, room.address]
    elif meeting.place == PlaceChoice.VIDEO:
        parts = [meeting.video_link or meeting.get_place_display()]
    else:
        parts = [meeting.place_name or meeting.get_place_display(), meeting.address]
    return ", ".join(part for part in parts if part)


def _event(meeting: Meeting, title: str, url: str) -> Event:
    programme = meeting.pair.cohort.programme
    host = urlsplit(url).hostname
    event = Event()
    event.add("uid", f"{meeting.uid}@{host}")
    event.add("sequence", meeting.sequence)
    event.add("dtstamp", meeting.changed_at.astimezone(UTC))
    event.add("last-modified", meeting.changed_at.astimezone(UTC))
    event.add("dtstart", meeting.starts_at.astimezone(UTC))
    event.add("dtend", meeting.ends_at.astimezone(UTC))
    event.add("summary", title)
    event.add("status", _status(meeting))
    event.add("url", url)
    if meeting.state not in GONE:
        event.add("location", place_of(meeting))
    organiser = vCalAddress(f"MAILTO:{programme.contact}")
    organiser.params["CN"] = vText(programme.organisation.name)
    event.add("organizer", organiser)
    return event


def _status(meeting: Meeting) -> str:
    if meeting.state in GONE:
        return "CANCELLED"
    return "TENTATIVE" if meeting.state == MeetingState.PROPOSED else "CONFIRMED"
