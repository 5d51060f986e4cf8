"""Who sees which meetings; a view fetches by nothing else. What is invisible is 404."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, QuerySet

from people.models import Person
from programmes.models import Cohort, Pair
from programmes.queries.visibility import own_pairs
from sessions.models import Meeting, Review


def visible_meetings(person: Person) -> QuerySet[Meeting]:
    """The meetings of the pairs that someone is one of the two of."""
    return Meeting.objects.filter(pair__in=own_pairs(person)).select_related(
        "booking__room",
        "pair__mentor__person",
        "pair__mentee__person",
        "pair__cohort__programme__organisation",
        "pair__cohort__rule_set",
    )


def meetings_of(pair: Pair) -> QuerySet[Meeting]:
    """The pair's meetings by date; for the two, and for the facts that the team may know."""
    return Meeting.objects.filter(pair=pair).select_related("booking__room")


def cohort_meetings(cohort: Cohort) -> QuerySet[Meeting]:
    """The facts that the team may know of a cohort's meetings: no topic, no address, no link."""
    return (
        Meeting.objects.filter(pair__cohort=cohort)
        .select_related("pair__mentor__person", "pair__mentee__person", "booking__room")
        .defer("topic", "address", "place_name", "video_link")
    )


def reviews_open_to_team(pair: Pair) -> QuerySet[Review]:
    """The answers that their page said the team would read."""
    return shared_reviews().filter(pair=pair)


def shared_reviews() -> QuerySet[Review]:
    """All answers but those of bilans that a pair keeps; one side is enough for that (C3)."""
    kept = Review.objects.filter(
        pair=OuterRef("pair"), milestone=OuterRef("milestone"), is_private=True
    )
    return Review.objects.filter(~Exists(kept))
