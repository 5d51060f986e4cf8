"""How a rhythm was kept: period after period since the beginning (D5 to D7). Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from programmes.policy.course import amount_of
from programmes.policy.evidence import PairRecord
from programmes.policy.rules import Quota


@dataclass(frozen=True)
class Rhythm:
    """`kept` of the `periods` that are over; `is_kept`: enough of late; `due_on`: by when again."""

    periods: int
    kept: int
    is_kept: bool
    due_on: date


def rhythm_of(quota: Quota, record: PairRecord, *, today: date) -> Rhythm | None:
    """The rhythm of a quota that counts by period; None before the pair starts."""
    if record.started_on is None or quota.per is None:
        return None
    until = min(today, record.ended_on or today)
    days = [(meeting.starts_at.date(), meeting) for meeting in record.held]
    kept = periods = 0
    begin, end = record.started_on, quota.per.after(record.started_on)
    while end <= until:
        kept += amount_of(quota, [m for day, m in days if begin <= day < end]) >= quota.least
        periods += 1
        begin, end = end, quota.per.times(periods + 1).after(record.started_on)
    since = quota.per.before(until)
    of_late = amount_of(quota, [m for day, m in days if since < day <= until])
    latest = max((day for day, _meeting in days), default=record.started_on)
    return Rhythm(periods, kept, of_late >= quota.least, due_on=quota.per.after(latest))
