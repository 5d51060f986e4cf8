"""Facts that the rules are held against, as frozen values.

Queries build them where the facts live, never a form: the heart can thus enforce clauses that
it cannot see.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from programmes.policy.questionnaire import Answer
from programmes.policy.rules import PartyKind, PlaceKind
from programmes.policy.terms import Role


@dataclass(frozen=True)
class MembershipStanding:
    """Someone's standing in the organisation; `paid_until` is the last paid day, if any."""

    is_member: bool = False
    is_alumnus: bool = False
    paid_until: date | None = None
    paid_today: bool = False


@dataclass(frozen=True)
class FeeStanding:
    """Where the programme's fee stands for one enrolment."""

    amount: Decimal | None = None
    is_settled: bool = False
    is_waived: bool = False

    @property
    def is_clear(self) -> bool:
        return self.amount is None or self.is_settled or self.is_waived


@dataclass(frozen=True)
class CharterAcceptance:
    """A person in a role accepted this version of the charter."""

    version: int
    digest: str
    role: Role
    accepted_at: datetime
    commitments: frozenset[str] = frozenset()
    missing: frozenset[str] = frozenset()  # commitments of the version not accepted one by one


@dataclass(frozen=True)
class PartySignature:
    kind: PartyKind
    signed_at: datetime


@dataclass(frozen=True)
class Agreement:
    """The proof that the programme asks for before a pair starts.

    Either `acceptances` (the charter, by each) or `signatures` (a convention, by each party).
    """

    kind: str
    acceptances: tuple[CharterAcceptance, ...] = ()
    signatures: tuple[PartySignature, ...] = ()


@dataclass(frozen=True)
class ChosenObjective:
    theme: str  # a code of the programme's themes, or "" for a theme of one's own
    text: str = ""


@dataclass(frozen=True)
class Candidate:
    """One person in one role, as the rules see them.

    `capacity` is the person's own limit of live pairs, `live_pairs` how many count against it
    (open proposals included). `derogations` holds codes of breaches already let pass.
    """

    key: int
    role: Role
    answers: Mapping[str, Answer] = field(default_factory=dict)
    objectives: tuple[ChosenObjective, ...] = ()
    declarations: frozenset[str] = frozenset()
    standing: MembershipStanding = MembershipStanding()
    fee: FeeStanding = FeeStanding()
    acceptance: CharterAcceptance | None = None
    capacity: int | None = None
    live_pairs: int = 0
    is_excluded: bool = False
    derogations: frozenset[str] = frozenset()


@dataclass(frozen=True)
class MeetingRecord:
    """One meeting of a pair; `number` counts held meetings from 1."""

    starts_at: datetime
    minutes: int
    is_held: bool
    place: PlaceKind = PlaceKind.VIDEO


@dataclass(frozen=True)
class PairRecord:
    """The course of a pair, in dates; a bound not yet reached is None.

    `fell_through_on`: the day the last date agreed was cancelled, as long as no other follows.
    """

    introduced_on: date | None = None
    started_on: date | None = None
    planned_end_on: date | None = None
    ended_on: date | None = None
    extensions: int = 0
    meetings: tuple[MeetingRecord, ...] = ()
    first_date_proposed: bool = False
    fell_through_on: date | None = None
    done: frozenset[tuple[str, Role]] = frozenset()  # milestones answered, by whom

    @property
    def held(self) -> tuple[MeetingRecord, ...]:
        return tuple(sorted((m for m in self.meetings if m.is_held), key=lambda m: m.starts_at))
