"""The course of pairs as the rules see it: evidence built from what is stored, never from a form."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import date, datetime

from people.clock import PARIS
from programmes.models import Extension, Pair
from programmes.policy.evidence import MeetingRecord, PairRecord
from programmes.policy.terms import Role
from sessions.enums import MeetingState
from sessions.models import Meeting, Review


def pair_record(pair: Pair) -> PairRecord:
    return pair_records([pair])[pair.pk]


def pair_records(pairs: Iterable[Pair]) -> dict[int, PairRecord]:
    """A `PairRecord` for each pair, by id, in three queries; days are days in Paris."""
    pairs = list(pairs)
    meetings: dict[int, list[Meeting]] = defaultdict(list)
    for meeting in Meeting.objects.filter(pair__in=pairs).order_by("starts_at", "pk"):
        meetings[meeting.pair_id].append(meeting)
    reviews: dict[int, list[Review]] = defaultdict(list)
    for review in Review.objects.filter(pair__in=pairs):
        reviews[review.pair_id].append(review)
    extensions = Counter(
        Extension.objects.filter(pair__in=pairs, granted_at__isnull=False).values_list(
            "pair_id", flat=True
        )
    )
    return {
        pair.pk: PairRecord(
            introduced_on=_day(pair.introduced_at),
            started_on=pair.started_on,
            planned_end_on=pair.planned_end_on,
            ended_on=pair.ended_on,
            extensions=extensions[pair.pk],
            meetings=tuple(
                MeetingRecord(
                    starts_at=meeting.local_start,
                    minutes=meeting.minutes,
                    is_held=meeting.state == MeetingState.HELD,
                    place=meeting.place_kind,
                )
                for meeting in meetings[pair.pk]
                if meeting.state in (MeetingState.PLANNED, MeetingState.HELD)
            ),
            # A date proposed is enough, whatever became of it (M6).
            first_date_proposed=bool(meetings[pair.pk]),
            fell_through_on=_fell_through_on(meetings[pair.pk]),
            done=_done(pair, reviews[pair.pk]),
        )
        for pair in pairs
    }


def last_signs(pairs: Iterable[Pair]) -> dict[int, date]:
    """The last day on which a pair gave a sign of life, or will: a date agreed for later is one."""
    signs: dict[int, list[datetime]] = defaultdict(list)
    for meeting in Meeting.objects.filter(pair__in=pairs):
        times = [meeting.proposed_at, meeting.accepted_at, meeting.cancelled_at]
        if meeting.state in (MeetingState.PLANNED, MeetingState.HELD):
            times.append(meeting.starts_at)
        signs[meeting.pair_id] += [at for at in times if at is not None]
    for pair_id, done_at in Review.objects.filter(pair__in=pairs).values_list("pair_id", "done_at"):
        signs[pair_id].append(done_at)
    return {pair_id: max(times).astimezone(PARIS).date() for pair_id, times in signs.items()}


def _fell_through_on(meetings: Iterable[Meeting]) -> date | None:
    """The day the last date agreed was cancelled, unless one is open or was held after that."""
    meetings = list(meetings)
    latest = max(
        (m.cancelled_at for m in meetings if m.accepted_at and m.cancelled_at), default=None
    )
    going_on = (MeetingState.PROPOSED, MeetingState.PLANNED, MeetingState.HELD)
    if latest is None or any(m.state in going_on and m.starts_at > latest for m in meetings):
        return None
    return _day(latest)


def _done(pair: Pair, reviews: Iterable[Review]) -> frozenset[tuple[str, Role]]:
    """What each side has done; a joint bilan is done by a side once that side approved it (B3)."""
    joint = {m.code for m in pair.cohort.rules.milestones if m.approved_by_both}
    return frozenset(
        (review.milestone, review.as_role)
        for review in reviews
        if review.approved_at is not None or review.milestone not in joint
    )


def _day(at: datetime | None) -> date | None:
    return at.astimezone(PARIS).date() if at else None
