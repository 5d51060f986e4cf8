"""What happened to people and pairs, latest first, with whom it is told of."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from programmes.models import Enrolment, JournalEntry, Pair


def journal_of(enrolment: Enrolment) -> QuerySet[JournalEntry]:
    """What happened to the enrolment and to its pairs: history stays (M4)."""
    return _told(Q(enrolment=enrolment) | Q(pair__mentor=enrolment) | Q(pair__mentee=enrolment))


def journal_of_pair(pair: Pair) -> QuerySet[JournalEntry]:
    return _told(Q(pair=pair))


def _told(about: Q) -> QuerySet[JournalEntry]:
    return JournalEntry.objects.filter(about).select_related(
        "actor", "enrolment__person", "pair__mentor__person", "pair__mentee__person"
    )
