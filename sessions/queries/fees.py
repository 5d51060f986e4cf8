"""Until when people have paid their fee to the association (P3)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from people.models import PaidPeriod


def paid_through(
    organisation_id: int, people: Iterable[int], *, today: date
) -> dict[int, date | None]:
    """For each person, the last day paid without a gap from today on, or the last one before today.

    A renewal that begins the day after counts: who has paid ahead is not reminded.
    """
    periods: dict[int, list[PaidPeriod]] = defaultdict(list)
    for period in PaidPeriod.objects.filter(
        membership__organisation_id=organisation_id, membership__person__in=people
    ).select_related("membership"):
        periods[period.membership.person_id].append(period)
    return {person: _covered_until(theirs, today) for person, theirs in periods.items()}


def _covered_until(periods: list[PaidPeriod], today: date) -> date | None:
    past = [period.ends_on for period in periods if period.starts_on <= today]
    if not past:
        return None
    until = max(past)
    if until < today:
        return until
    for period in sorted(periods, key=lambda one: one.starts_on):
        # Compared by a difference: the day after the last one there is does not exist.
        if (period.starts_on - until).days <= 1:
            until = max(until, period.ends_on)
    return until
