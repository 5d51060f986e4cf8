"""A programme's rules and people that keep every clause; a test says what it changes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from functools import cache
from typing import Any

from programmes.policy.evidence import (
    Candidate,
    CharterAcceptance,
    ChosenObjective,
    FeeStanding,
    MeetingRecord,
    MembershipStanding,
    PairRecord,
)
from programmes.policy.rules import PlaceKind, Rules
from programmes.policy.terms import Role
from programmes.policy.verdict import Verdict
from programmes.sentences import tell_all
from programmes.services.catalogue import ProgrammeFile, parse_programme, preset_files

TODAY = date(2026, 10, 1)
NOON = datetime(2026, 10, 1, 10, 0, tzinfo=UTC)
PAID_UP = MembershipStanding(
    is_member=True, is_alumnus=True, paid_until=date(2026, 12, 31), paid_today=True
)
PAID_FEE = FeeStanding(amount=Decimal("150.00"), is_settled=True)


@cache
def file_of(stem: str) -> ProgrammeFile:
    return parse_programme(next(p for p in preset_files() if p.stem == stem).read_text())


def rules_of(stem: str) -> Rules:
    return file_of(stem).rules


def sentences(stem: str, verdict: Verdict) -> list[str]:
    """What people read, in the programme's words."""
    return tell_all(verdict.breaches, file_of(stem).vocabulary)


def accepted(role: Role, **changes: Any) -> CharterAcceptance:
    return replace(CharterAcceptance(1, "0" * 64, role, NOON), **changes)


def someone(role: Role, answers: Mapping[str, Any], **changes: Any) -> Candidate:
    """Someone in order: paid up, charter accepted, no fee due."""
    plain = Candidate(
        key=1 if role is Role.MENTOR else 2,
        role=role,
        answers=answers,
        standing=PAID_UP,
        acceptance=accepted(role),
    )
    return replace(plain, **changes)


def objectives(*themes: str) -> tuple[ChosenObjective, ...]:
    return tuple(ChosenObjective(theme, "En une phrase.") for theme in themes)


def met(
    count: int, *, minutes: int = 60, first: datetime = NOON, every: timedelta = timedelta(days=30)
) -> tuple[MeetingRecord, ...]:
    """So many meetings held, a month apart."""
    return tuple(
        MeetingRecord(first + every * number, minutes, True, PlaceKind.PUBLIC)
        for number in range(count)
    )


def running(
    started_on: date = TODAY, planned_end_on: date | None = None, **changes: Any
) -> PairRecord:
    plain = PairRecord(
        introduced_on=started_on, started_on=started_on, planned_end_on=planned_end_on
    )
    return replace(plain, **changes)
