"""Where each pair of someone stands: all that the portal's pages tell, in a fixed number of queries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet

from charters.queries import AgreementStep, agreement_steps
from people.models import Person
from programmes.enums import RUNNING_PAIR_STATES, PairState
from programmes.models import Enrolment, Pair
from programmes.permissions import role_in
from programmes.policy.arranging import Ask
from programmes.policy.course import judge_completion
from programmes.policy.evidence import PairRecord
from programmes.policy.terms import Role
from programmes.queries.visibility import own_pairs
from programmes.state_words import pair_state
from programmes.words import fill
from sessions.enums import MeetingState
from sessions.models import EndDeclaration, Meeting, Review
from sessions.queries import pair_records, visible_meetings
from sessions.queries.standing import open_asks


@dataclass(frozen=True)
class PairFacts:
    """One pair as one of its two people sees it at a moment.

    `ended_by` said that it has ended, which the team has not closed yet (B7).
    `agreement` is known on the pair's own page only: None elsewhere.
    """

    pair: Pair
    role: Role
    now: datetime
    today: date
    record: PairRecord
    meetings: tuple[Meeting, ...]
    asks: tuple[Ask, ...]
    ended_by: frozenset[Role] = frozenset()
    agreement: tuple[AgreementStep, ...] | None = None

    @property
    def mine(self) -> Enrolment:
        return self.pair.side(self.role)

    @property
    def other(self) -> Enrolment:
        return self.pair.side(self.role.other)

    @property
    def other_name(self) -> str:
        return self.other.known_as.get_short_name()

    @property
    def state_told(self) -> str:
        return pair_state(self.pair.state, self.pair.cohort.vocabulary)

    @property
    def is_accomplished(self) -> bool:
        """Whether a bilan is done, and nothing that the programme asks for lacks."""
        rules, done = self.pair.cohort.rules, self.record.done
        bilans = {one.code for one in rules.milestones if one.kind == "bilan"}
        is_closing = any(code in bilans for code, _role in done)
        return is_closing and judge_completion(rules, self.record, today=self.today).is_clear

    @property
    def next_meetings(self) -> list[Meeting]:
        """Agreed and still to come, the nearest first."""
        return [
            m for m in self.meetings if m.state == MeetingState.PLANNED and m.ends_at > self.now
        ]

    @property
    def to_report(self) -> Meeting | None:
        """The first agreed date that has passed, of which nobody said whether it took place."""
        passed = (
            m for m in self.meetings if m.state == MeetingState.PLANNED and m.ends_at <= self.now
        )
        return next(passed, None)

    def proposed(self, *, by_me: bool) -> Meeting | None:
        """The nearest date that waits for a yes, from one side."""
        waiting = (
            m
            for m in self.meetings
            if m.state == MeetingState.PROPOSED
            and m.starts_at > self.now
            and (m.proposed_by_id == self.mine.person_id) == by_me
        )
        return next(waiting, None)

    @property
    def lacks_objectives(self) -> bool:
        """Whether the mentee has objectives still to set before the first meeting (I6)."""
        terms = self.pair.cohort.rules.objectives
        return (
            terms.due == "first_meeting"
            and not self.record.held
            and len(self.pair.mentee.objectives.all()) < terms.minimum
        )

    @property
    def may_set_objectives(self) -> bool:
        """Whether this person is the mentee and may still change what they aim at (S9)."""
        return (
            self.role is Role.MENTEE
            and self.pair.state in RUNNING_PAIR_STATES
            and self.pair.cohort.rules.objectives.are_asked
        )

    def say(self, text: str, **values: Any) -> str:
        """A text in the programme's words, said to this person."""
        return fill(text, self.pair.cohort.vocabulary, to=self.role) % values


def shown_pairs(person: Person) -> QuerySet[Pair]:
    """Someone's pairs, with what the portal tells of them."""
    return own_pairs(person).prefetch_related("mentee__objectives")


def facts_of(
    pairs: Iterable[Pair], person: Person, *, now: datetime, today: date
) -> list[PairFacts]:
    """The facts of each pair, as far as a list needs them."""
    pairs = list(pairs)
    records = pair_records(pairs)
    meetings: dict[int, list[Meeting]] = defaultdict(list)
    for meeting in visible_meetings(person).filter(pair__in=pairs).order_by("starts_at", "pk"):
        meetings[meeting.pair_id].append(meeting)
    answered: dict[int, set[tuple[str, str]]] = defaultdict(set)
    given = Review.objects.filter(pair__in=pairs).values_list("pair_id", "milestone", "role")
    for pair_id, *answer in given:
        answered[pair_id].add((answer[0], answer[1]))
    ended_by: dict[int, set[Role]] = defaultdict(set)
    for ended in EndDeclaration.objects.filter(pair__in=pairs):
        ended_by[ended.pair_id].add(Role(ended.role))
    facts = []
    for pair in pairs:
        role = role_in(person, pair)
        if role is None:
            raise ValueError(f"person {person.pk} is not in pair {pair.pk}")
        facts.append(
            PairFacts(
                pair=pair,
                role=role,
                now=now,
                today=today,
                record=records[pair.pk],
                meetings=tuple(meetings[pair.pk]),
                asks=_asks(pair, role, records[pair.pk], answered[pair.pk], today),
                ended_by=frozenset(ended_by[pair.pk]),
            )
        )
    return facts


def facts_of_one(pair: Pair, person: Person, *, now: datetime, today: date) -> PairFacts:
    """The facts of one pair, its agreement included."""
    [facts] = facts_of([pair], person, now=now, today=today)
    return replace(facts, agreement=tuple(agreement_steps(pair, person)))


def _asks(
    pair: Pair, role: Role, record: PairRecord, answered: set[tuple[str, str]], today: date
) -> tuple[Ask, ...]:
    """What is asked of this side now; nothing is asked of a pair that stopped or is held back."""
    if pair.state not in (PairState.ACTIVE, PairState.COMPLETED):
        return ()
    return tuple(ask for ask in open_asks(pair, record, answered, today=today) if ask.role is role)
