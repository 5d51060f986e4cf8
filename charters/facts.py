"""What is known of a pair's commitments, and what can be said of one; values only. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from programmes.policy.evidence import FeeStanding, MembershipStanding, PairRecord
from programmes.policy.rules import Rules
from programmes.policy.terms import Role
from programmes.policy.verdict import Sentence


class Stage(StrEnum):
    KEPT = "kept"
    UNDER_WAY = "under_way"
    DUE = "due"
    LATE = "late"
    AHEAD = "ahead"  # its time has not come
    OVER = "over"  # the pair has ended, and this stays as it was
    UNFOLLOWED = "unfollowed"  # nothing is known of it


@dataclass(frozen=True)
class State:
    """Where a commitment stands, and the sentence that says so."""

    stage: Stage
    sentence: Sentence


@dataclass(frozen=True)
class Notice:
    """Someone told that an appointment could not be kept, in time or not (D13)."""

    by: Role
    in_time: bool


@dataclass(frozen=True)
class CommitmentFacts:
    """What is known of a pair today.

    `summaries` is None as long as nobody counts them (S7). `is_closed`: it was stopped or never
    came about, and nothing is asked of it any more.
    """

    rules: Rules
    record: PairRecord
    today: date
    notices: tuple[Notice, ...] = ()
    objectives: int = 0
    standings: Mapping[Role, MembershipStanding] = field(default_factory=dict)
    fee: FeeStanding = field(default_factory=FeeStanding)
    last_sign_on: date | None = None
    declared_ended: frozenset[Role] = frozenset()
    summaries: int | None = None
    is_paused: bool = False
    is_closed: bool = False

    @property
    def has_begun(self) -> bool:
        return self.record.started_on is not None and self.record.started_on <= self.today

    @property
    def next_on(self) -> date | None:
        """The day of the next meeting agreed."""
        days = [m.starts_at.date() for m in self.record.meetings if not m.is_held]
        return min((day for day in days if day >= self.today), default=None)

    @property
    def unsaid_on(self) -> date | None:
        """The day of the last meeting agreed, if it is over and nobody has said what became of it."""
        last = max(self.record.meetings, key=lambda meeting: meeting.starts_at, default=None)
        if last is None or last.is_held or last.starts_at.date() >= self.today:
            return None
        return last.starts_at.date()
