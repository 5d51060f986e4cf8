"""The e-mails of a pair's course: what is late, what is asked, what ends."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, ClassVar

from django.urls import reverse

from notifications.links import absolute
from notifications.messages import Message
from notifications.planner import paris_date
from programmes.enums import RUNNING_PAIR_STATES, PairState
from programmes.models import Pair
from programmes.policy.arranging import first_date, is_silent
from programmes.policy.terms import Role
from sessions.messages.context import pair_context
from sessions.queries.fees import paid_through
from sessions.queries.records import last_signs, pair_record
from sessions.queries.standing import asks_for


@dataclass(frozen=True)
class PairMail(Message):
    """About one pair, to one person."""

    pair_id: int
    person_id: int

    @property
    def pair(self) -> Pair:
        return Pair.objects.select_related(
            "mentor__person",
            "mentee__person",
            "cohort__programme__organisation",
            "cohort__rule_set",
        ).get(pk=self.pair_id)

    @property
    def recipient(self) -> int:
        return self.person_id

    @property
    def organisation_id(self) -> int:
        return self.pair.cohort.programme.organisation_id

    def context(self) -> dict[str, Any]:
        pair = self.pair
        return {
            "url": absolute(reverse("portal:pair", args=[pair.pk])),
            "propose_url": absolute(reverse("meetings:propose", args=[pair.pk])),
            **pair_context(pair, self.person_id),
        }

    def role(self, pair: Pair) -> Role:
        return Role.MENTOR if pair.mentor.person_id == self.person_id else Role.MENTEE


@dataclass(frozen=True)
class FirstDateReminder(PairMail):
    """To the side that takes the initiative, at intervals until a first date is proposed (M6)."""

    on: date
    kind: ClassVar[str] = "first_date_reminder"

    def is_still_due(self, at: datetime) -> bool:
        pair = self.pair
        if pair.state != PairState.ACTIVE:
            return False
        delay = first_date(pair.cohort.rules, pair_record(pair), today=paris_date(at))
        return delay is not None and not delay.is_overdue

    def context(self) -> dict[str, Any]:
        context = super().context()
        pair: Pair = context["pair"]
        delay = first_date(pair.cohort.rules, pair_record(pair), today=self.on)
        return context | {"due_on": delay.due_on if delay else None}


@dataclass(frozen=True)
class PairSilent(PairMail):
    """To the side that takes the initiative, a week later to the other: no news for long (D6, D7, D11, D14).

    Where the programme names no initiative, to both at once.
    """

    since: date
    kind: ClassVar[str] = "pair_silent"

    def is_still_due(self, at: datetime) -> bool:
        pair = self.pair
        sign = last_signs([pair]).get(pair.pk)
        return pair.state == PairState.ACTIVE and is_silent(
            pair.cohort.rules, pair_record(pair), last_sign_on=sign, today=paris_date(at)
        )

    def context(self) -> dict[str, Any]:
        return super().context() | {"since": self.since}


@dataclass(frozen=True)
class MilestoneAsked(PairMail):
    """To who is asked a review, a bilan or a task and has not done it, again at intervals (S6, B2 to B8)."""

    number: int  # the milestone's place in the rules of the cohort, which never change
    on: date
    kind: ClassVar[str] = "milestone_asked"

    def is_still_due(self, at: datetime) -> bool:
        pair = self.pair
        asks = asks_for(pair, self.role(pair), paris_date(at))
        code = pair.cohort.rules.milestones[self.number].code
        return code in {ask.milestone.code for ask in asks}

    def context(self) -> dict[str, Any]:
        context = super().context()
        pair: Pair = context["pair"]
        milestone = pair.cohort.rules.milestones[self.number]
        return context | {
            "milestone": milestone,
            "url": absolute(reverse("meetings:milestone", args=[pair.pk, milestone.code])),
        }


@dataclass(frozen=True)
class MembershipLapsing(PairMail):
    """To who must stay paid up: before the fee to the association lapses, and when it has (P3)."""

    paid_until: date
    on: date
    kind: ClassVar[str] = "membership_lapsing"

    def is_still_due(self, at: datetime) -> bool:
        pair = self.pair
        paid = paid_through(self.organisation_id, [self.person_id], today=paris_date(at))
        return pair.state in RUNNING_PAIR_STATES and paid.get(self.person_id) == self.paid_until

    def context(self) -> dict[str, Any]:
        return super().context() | {
            "paid_until": self.paid_until,
            "is_over": self.on > self.paid_until,
        }


@dataclass(frozen=True)
class EndDeclared(PairMail):
    """To the other of the two and to the team: one side says that it has ended (B7)."""

    entry_id: int
    kind: ClassVar[str] = "end_declared"

    def is_still_due(self, at: datetime) -> bool:
        return Pair.objects.filter(pk=self.pair_id, state__in=RUNNING_PAIR_STATES).exists()

    def context(self) -> dict[str, Any]:
        context = super().context()
        if context["role"] is None:
            url = reverse("meetings:complete", args=[self.pair_id])
            context["url"] = absolute(url)
        return context
