"""Meetings, reviews and what follows from them; the names here are what other apps use."""

from sessions.queries.records import last_signs, pair_record, pair_records
from sessions.queries.rooms import free_rooms, rooms_of
from sessions.queries.standing import (
    asks_for,
    declared_ended,
    pairs_late_for_first_date,
    silent_pairs,
)
from sessions.queries.visibility import (
    cohort_meetings,
    meetings_of,
    reviews_open_to_team,
    shared_reviews,
    visible_meetings,
)

__all__ = [
    "asks_for",
    "cohort_meetings",
    "declared_ended",
    "free_rooms",
    "last_signs",
    "meetings_of",
    "pair_record",
    "pair_records",
    "pairs_late_for_first_date",
    "reviews_open_to_team",
    "rooms_of",
    "shared_reviews",
    "silent_pairs",
    "visible_meetings",
]
