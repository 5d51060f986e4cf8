"""What every step in the life of a meeting has in common."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_noop

from people.clock import PARIS
from people.models import Person
from programmes.models import JournalEntry, Pair
from programmes.policy.verdict import Breach, Sentence, verdict_of
from programmes.sentences import Refused
from programmes.services.journal import lock, record
from sessions.models import Meeting
from sessions.services.rooms import release_room


def lock_both(meeting: Meeting) -> tuple[Pair, Meeting]:
    """Pair first, meeting second: always in this order, against deadlock."""
    pair = lock(meeting.pair)
    locked = lock(meeting)
    locked.pair = pair
    return pair, locked


def close(meeting: Meeting, state: str, at: datetime) -> None:
    meeting.state = state
    meeting.changed_at = at
    meeting.sequence += 1
    meeting.save()
    release_room(meeting)


def refuse_once_begun(meeting: Meeting, at: datetime) -> None:
    if at >= meeting.starts_at:
        text = gettext_noop("L'heure est passée : dites plutôt si {la rencontre} a eu lieu.")
        raise Refused(verdict_of([Breach("meeting:begun", Sentence(text))]))


def record_of(
    event: str, meeting: Meeting, *, by: Person | None, at: datetime, **facts: Any
) -> JournalEntry:
    return record(
        event,
        by=by,
        at=at,
        pair=meeting.pair,
        meeting=meeting.pk,
        on=meeting.starts_at.astimezone(PARIS).date().isoformat(),
        **facts,
    )


def other_person(meeting: Meeting, by: Person) -> int:
    """The id of the other of the two."""
    return (
        meeting.pair.mentee.person_id
        if meeting.pair.mentor.person_id == by.pk
        else meeting.pair.mentor.person_id
    )
