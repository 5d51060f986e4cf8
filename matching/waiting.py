"""Who has waited for a mentor, and for how long: they come first where all else is equal."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from django.db.models import Max, Min

from people.clock import PARIS
from programmes.enums import RUNNING_PAIR_STATES, PairState
from programmes.models import Cohort, Enrolment, JournalEntry, Pair

_HAD_A_MENTOR = (*RUNNING_PAIR_STATES, PairState.COMPLETED, PairState.STOPPED)


def waiting_days(cohort: Cohort, mentees: Iterable[Enrolment], *, today: date) -> dict[int, int]:
    """For each person who waits, the days since others were served and they were not.

    That is since they were put on the waiting list; else since the first proposals of the cohort, or
    their own admission if it came later; and never since before a mentor they had left.
    """
    first = Pair.objects.filter(cohort=cohort).aggregate(at=Min("proposed_at"))["at"]
    listed = dict(
        JournalEntry.objects.filter(event="enrolment_waitlisted", enrolment__cohort=cohort)
        .values_list("enrolment")
        .annotate(Min("at"))
    )
    left = dict(
        Pair.objects.filter(cohort=cohort, state__in=_HAD_A_MENTOR)
        .values_list("mentee")
        .annotate(Max("ended_on"))
    )
    waited = {}
    for one in mentees:
        since = _since(listed.get(one.pk), first, one.decided_at or one.submitted_at)
        if since is not None:
            day = max(since, left.get(one.pk) or since)
            waited[one.person_id] = (today - day).days
    return {person: days for person, days in waited.items() if days > 0}


def _since(
    listed: datetime | None, first: datetime | None, admitted: datetime | None
) -> date | None:
    """The day from which someone waits; None before anybody was served."""
    if listed is not None:
        return listed.astimezone(PARIS).date()
    moments = [moment for moment in (first, admitted) if moment is not None]
    return max(moments).astimezone(PARIS).date() if first else None
