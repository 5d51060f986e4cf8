"""A programme's year walked through by the services, day after day, and what each step told whom."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, time
from typing import Any

from charters.models import Convention
from charters.queries import current_charter
from charters.services import acceptances
from notifications import planner, worker
from notifications.enums import State
from notifications.models import OutboxMessage
from people.clock import PARIS
from people.models import Membership, Organisation, PaidPeriod, Person
from programmes.enums import EnrolmentState
from programmes.models import Cohort, Coordinator, Enrolment, JournalEntry, Pair, Programme
from programmes.policy.evidence import ChosenObjective
from programmes.policy.rules import PlaceKind
from programmes.policy.terms import Role
from programmes.sentences import Refused, tell_all
from programmes.services import catalogue, enrolments, pairs
from programmes.services.objectives import choose_objectives
from sessions.appointments import Appointment, instant
from sessions.models import Meeting
from sessions.queries import asks_for, pair_record
from sessions.services import answering, arranging, endings, recording, reviews
from tests.factories.charters import sign


def pay_up(
    organisation: Organisation, *people: Person, until: str, alumni: bool = False
) -> list[Membership]:
    """Members of the association, paid up from long ago to that day."""
    members = []
    for person in people:
        membership = Membership.objects.create(
            organisation=organisation, person=person, is_alumnus=alumni
        )
        PaidPeriod.objects.create(
            membership=membership, starts_on=date(2026, 1, 1), ends_on=date.fromisoformat(until)
        )
        members.append(membership)
    return members


class Year:
    """One cohort, one mentor and one mentee at a time; `at` is the present and only moves forward."""

    def __init__(
        self,
        programme: Programme,
        *,
        team: Person,
        opens_on: str,
        name: str = "Campagne",
        **dates: str,
    ) -> None:
        self.at = _instant(opens_on, "09:00")
        self.team = team
        Coordinator.objects.get_or_create(
            programme=programme, person=team, defaults={"may_sign": True}
        )
        days = {name: date.fromisoformat(day) for name, day in dates.items()}
        days.setdefault("starts_on", self.today)
        self.cohort: Cohort = catalogue.open_cohort(
            programme,
            name=name,
            slug=opens_on[:4],
            opens_on=self.today,
            **days,
            by=team,
            at=self.at,
        )
        self._told = self._written = 0
        self.journal()

    def on(self, day: str, at: str = "10:00") -> None:
        """Another day comes, or a later hour of this one."""
        later = _instant(day, at)
        if later < self.at:
            raise ValueError(f"{day} {at} is over: it is {self.at}")
        self.at = later

    @property
    def today(self) -> date:
        return self.at.astimezone(PARIS).date()

    # What each step left behind

    def mail(self) -> dict[str, str]:
        """What left since one last looked: each kind, and to whom. Whatever is due is planned and sent."""
        planner.plan_due(self.at)
        tally = worker.deliver_due(at=self.at)
        rows = OutboxMessage.objects.filter(pk__gt=self._told).order_by("pk")
        assert set(tally) <= {State.SENT, State.DROPPED}, [row.last_error for row in rows]
        sent: dict[str, set[str]] = defaultdict(set)
        for row in rows:
            self._told = row.pk
            if row.state == State.SENT:
                name = row.recipient.first_name if row.recipient else row.address
                sent[row.kind].add(name)
        return {kind: ", ".join(sorted(names)) for kind, names in sent.items()}

    def journal(self) -> list[str]:
        """The events written since one last looked."""
        entries = list(JournalEntry.objects.filter(pk__gt=self._written).order_by("pk"))
        self._written = entries[-1].pk if entries else self._written
        return [entry.event for entry in entries]

    def refusal(self, act: Callable[[], object]) -> list[str]:
        """What a person reads when this is refused; fails if it is not."""
        try:
            act()
        except Refused as refused:
            return tell_all(refused.verdict.breaches, self.cohort.vocabulary)
        raise AssertionError("this was not refused")

    # Entering

    def enrolment(self, person: Person) -> Enrolment:
        return Enrolment.objects.select_related("person").get(cohort=self.cohort, person=person)

    def fill_in(
        self,
        person: Person,
        role: Role,
        answers: Mapping[str, Any],
        *,
        objectives: Sequence[tuple[str, str]] = (),
        declarations: Sequence[str] = (),
        capacity: int | None = None,
    ) -> Enrolment:
        """Begin an enrolment and answer the questionnaire."""
        draft = enrolments.start_enrolment(self.cohort, person=person, role=role, at=self.at)
        return enrolments.save_answers(
            draft,
            answers=answers,
            objectives=[ChosenObjective(*one) for one in objectives],
            declarations=declarations,
            capacity=capacity,
        )

    def hand_in(self, person: Person) -> Enrolment:
        """Send the enrolment, by accepting the charter where that comes last."""
        draft = self.enrolment(person)
        if self.cohort.rules.acceptance.due == "submission":
            self.accept_charter(person)
        else:
            enrolments.submit(draft, acceptance=None, by=person, at=self.at)
        return self.enrolment(person)

    def commitments(self, person: Person) -> list[str]:
        """The codes of what this person is asked to accept."""
        role = self.enrolment(person).as_role
        return [one.code for one in self._charter().text.commitments_for(role)]

    def accept_charter(self, person: Person, *, commitments: Sequence[str] | None = None) -> None:
        ticked = self.commitments(person) if commitments is None else commitments
        acceptances.accept_charter(
            self.enrolment(person),
            version=self._charter(),
            commitments=ticked,
            by=person,
            at=self.at,
        )

    def admit(self, *people: Person) -> None:
        for person in people:
            enrolments.admit(self.enrolment(person), by=self.team, at=self.at)

    def derogate(self, person: Person, breach: str, reason: str) -> None:
        enrolments.grant_derogation(
            self.enrolment(person), breach=breach, reason=reason, by=self.team, at=self.at
        )

    def set_objectives(self, person: Person, *objectives: tuple[str, str]) -> None:
        chosen = [ChosenObjective(*one) for one in objectives]
        choose_objectives(self.enrolment(person), objectives=chosen, by=person, at=self.at)

    def states(self) -> dict[str, EnrolmentState]:
        """Where each enrolment stands, by first name."""
        theirs = Enrolment.objects.filter(cohort=self.cohort).select_related("person")
        return {one.person.first_name: EnrolmentState(one.state) for one in theirs}

    # The pair

    @property
    def pair(self) -> Pair:
        """The newest pair, as it is now."""
        return Pair.objects.filter(cohort=self.cohort).latest("pk")

    def draft(self, mentor: Person, mentee: Person) -> Pair:
        return pairs.draft_pair(
            self.enrolment(mentor), self.enrolment(mentee), by=self.team, at=self.at
        )

    def propose(self) -> None:
        pairs.propose_pair(self.pair, by=self.team, at=self.at)

    def accept(self, *people: Person) -> None:
        for person in people:
            pairs.accept_proposal(self.pair, by=person, at=self.at)

    def bring_together(self, mentor: Person, mentee: Person) -> None:
        """Draft, propose, and both accept."""
        self.draft(mentor, mentee)
        self.propose()
        self.accept(mentor, mentee)

    def sign(self, kind: str, *, by: Person | None) -> None:
        convention = Convention.objects.filter(pair=self.pair).latest("pk")
        party = convention.parties.get(kind=kind)
        sign(convention, party, by=by, at=self.at)

    # Meetings and reviews

    def suggest(self, day: str, at: str, *, by: Person, **details: Any) -> Meeting:
        """One side proposes a date."""
        return arranging.propose_meeting(
            self.pair, appointment=self.appointment(day, at, **details), by=by, at=self.at
        )

    def appointment(self, day: str, at: str, **details: Any) -> Appointment:
        details.setdefault("minutes", self.cohort.rules.meetings.usual_minutes)
        details.setdefault("place", PlaceKind.VIDEO)
        return Appointment(starts_at=_instant(day, at), **details)

    def agree(self, meeting: Meeting, *, by: Person) -> None:
        answering.accept_meeting(meeting, by=by, at=self.at)

    def hold(self, meeting: Meeting, *, by: Person, minutes: int | None = None) -> None:
        """It took place; said two hours after it began."""
        self.at = max(self.at, meeting.starts_at.replace(hour=meeting.starts_at.hour + 2))
        recording.mark_held(meeting, minutes=minutes or meeting.minutes, by=by, at=self.at)

    def meet(self, day: str, *, by: Person, with_: Person, **details: Any) -> Meeting:
        """A whole meeting at 18:00: proposed some days before, accepted, held."""
        meeting = self.suggest(day, "18:00", by=by, **details)
        self.agree(meeting, by=with_)
        self.hold(meeting, by=by)
        return meeting

    def asked(self, person: Person) -> list[str]:
        """What is asked of this side today, in the programme's titles."""
        pair = self.pair
        role = Role.MENTOR if pair.mentor.person_id == person.pk else Role.MENTEE
        return [ask.milestone.title for ask in asks_for(pair, role, self.today)]

    def answer(self, code: str, *, by: Person, is_private: bool = False, **answers: Any) -> None:
        reviews.answer_milestone(
            self.pair, code=code, answers=answers, is_private=is_private, by=by, at=self.at
        )

    def complete(self, despite: str = "") -> None:
        endings.complete(self.pair, by=self.team, at=self.at, despite=despite)

    def held(self) -> int:
        return len(pair_record(self.pair).held)

    def _charter(self) -> Any:
        charter = current_charter(self.cohort.programme, self.today)
        assert charter is not None
        return charter


def _instant(day: str, at: str) -> datetime:
    return instant(date.fromisoformat(day), time.fromisoformat(at))
