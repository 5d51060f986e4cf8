"""A programme as a value: everything in which the charters differ.

A bound that is absent means that this charter says nothing about it: the software then neither
blocks nor nags. Each section cites the rows of docs/charters.md that it expresses.
"""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum
from typing import Literal, Self

from pydantic import Field, StrictBool, StrictInt, model_validator

from programmes.policy.criteria import Criterion, Eligibility
from programmes.policy.durations import Duration
from programmes.policy.pairing import Introduction, MatchingTerms
from programmes.policy.questionnaire import Choice, Declaration, Objectives, Question
from programmes.policy.terms import BOTH, Code, Role, Strength, Term, Text


class Length(Term):
    """How long a pair lasts (D1 to D4). `extensions` absent: as often as they like."""

    usual: Duration | None = None
    least: Duration | None = None
    most: Duration | None = None
    extensions: StrictInt | None = Field(default=None, ge=0)
    extension_needs: tuple[Role, ...] = BOTH
    adaptable: StrictBool = False  # a late starter may end with the cohort (D4)

    @model_validator(mode="after")
    def bounds_in_order(self) -> Self:
        known = [d.nominal_days for d in (self.least, self.usual, self.most) if d is not None]
        if known != sorted(known):
            raise ValueError("il faut least ≤ usual ≤ most")
        return self


class Standing(StrEnum):
    NONE = "none"
    MEMBER = "member"
    ALUMNUS = "alumnus"  # alumnus and member
    PAID_UP = "paid_up"


class MembershipTerms(Term):
    """Who must belong to the association, and how (P1, P2, P3)."""

    mentor: Standing = Standing.NONE
    mentee: Standing = Standing.NONE
    throughout: StrictBool = False  # stays so for the whole relationship
    remind_before: Duration | None = None


class Fee(Term):
    """What the mentee or mentor pays the association before being matched (P18, P19)."""

    role: Role = Role.MENTEE
    amount: Decimal = Field(gt=0, decimal_places=2, max_digits=8)
    currency: Literal["EUR"] = "EUR"


class Seats(Term):
    """How many live pairs at a time (P13, P14); a person may always set less."""

    mentor: StrictInt | None = Field(default=None, ge=1)
    mentee: StrictInt | None = Field(default=None, ge=1)


class AcceptanceTerms(Term):
    """When the charter is accepted, and how (I3, I4); `remind_every`: of an acceptance missing.

    `ask_again`: a newer edition is asked of those who accepted a former one; without it everyone
    keeps what they accepted.
    """

    due: Literal["submission", "match", "agreement"] = "submission"
    by_commitment: StrictBool = False
    remind_every: Duration | None = None
    ask_again: StrictBool = False


class PartyKind(StrEnum):
    MENTOR = "mentor"
    MENTEE = "mentee"
    ORGANISATION = "organisation"
    GUARDIAN = "guardian"


class Party(Term):
    """Who signs the convention; `order` 1 signs before 2, equal numbers in any order."""

    kind: PartyKind
    order: StrictInt = Field(default=1, ge=1)


class AgreementTerms(Term):
    """The proof asked for before a pair starts (I3, I5); `remind_every`: of a signature missing."""

    kind: Literal["charter", "convention"] = "charter"
    parties: tuple[Party, ...] = ()
    with_objectives: StrictBool = False
    remind_every: Duration | None = None

    @model_validator(mode="after")
    def convention_has_parties(self) -> Self:
        if self.kind == "convention" and not self.parties:
            raise ValueError("une convention a des signataires ([[agreement.parties]])")
        if self.kind == "charter" and self.parties:
            raise ValueError('seule une convention a des signataires ; écrire kind = "convention"')
        return self


class PlaceKind(StrEnum):
    PUBLIC = "public"
    PROFESSIONAL = "professional"
    ROOM = "room"  # a room of the organisation, booked
    PRIVATE = "private"
    VIDEO = "video"
    PHONE = "phone"

    @property
    def in_person(self) -> bool:
        return self not in (PlaceKind.VIDEO, PlaceKind.PHONE)


class MeetingTerms(Term):
    """How meetings are arranged (D9, D11 to D13, W1 to W5, S5)."""

    least_minutes: StrictInt | None = Field(default=None, ge=5)
    most_minutes: StrictInt | None = Field(default=None, le=600)
    usual_minutes: StrictInt = Field(default=60, ge=5, le=600)
    places: tuple[PlaceKind, ...] = tuple(PlaceKind)
    first_places: tuple[PlaceKind, ...] = ()
    in_person_preferred: StrictBool = False
    place_advice: str = ""
    initiative: Role | None = None
    topic_by: Role | None = None
    topic_from: StrictInt = Field(default=1, ge=1)
    notice_hours: StrictInt | None = Field(default=None, ge=1)
    new_date_within: Duration | None = None
    planned_together: StrictBool = False  # the whole calendar is fixed at the first meeting (D10)
    silent_after: Duration | None = None

    @model_validator(mode="after")
    def bounds_in_order(self) -> Self:
        if self.least_minutes and self.most_minutes and self.least_minutes > self.most_minutes:
            raise ValueError("least_minutes dépasse most_minutes")
        if not set(self.first_places) <= set(self.places):
            raise ValueError("un lieu de first_places n'est pas dans places")
        return self


class Quota(Term):
    """At least so many meetings or minutes, per period or in all (D5 to D8)."""

    code: Code
    least: StrictInt = Field(ge=1)
    of: Literal["meetings", "minutes"] = "meetings"
    per: Duration | None = None
    place: Literal["any", "in_person", "remote"] = "any"
    strength: Strength = Strength.RECOMMENDATION


class ReviewQuestion(Term):
    """One structured question of a review: a scale of 1 to 5, yes/no, or a choice."""

    code: Code
    label: Text
    kind: Literal["scale", "yes_no", "choice"] = "scale"
    choices: tuple[Choice, ...] = ()
    roles: tuple[Role, ...] = BOTH


class Milestone(Term):
    """What is asked of whom, when, and how insistently (S6, B2 to B8).

    Due after so many held meetings, so long after the start, before the planned end or after the
    end, whichever is given. `kind`: a mid-way review, a closing bilan, or a task that is ticked.
    """

    code: Code
    title: Text
    kind: Literal["review", "bilan", "task"] = "task"
    text: str = ""
    roles: tuple[Role, ...] = BOTH
    after_meetings: StrictInt | None = Field(default=None, ge=0)
    after_start: Duration | None = None
    before_end: Duration | None = None
    after_end: Duration | None = None
    strength: Strength = Strength.RECOMMENDATION
    remind_every: Duration | None = None
    asks_extension: StrictBool = False
    approved_by_both: StrictBool = False
    may_stay_private: StrictBool = False
    questions: tuple[ReviewQuestion, ...] = ()

    @model_validator(mode="after")
    def has_one_moment(self) -> Self:
        moments = (self.after_meetings, self.after_start, self.before_end, self.after_end)
        if sum(moment is not None for moment in moments) != 1:
            raise ValueError(
                f"milestone « {self.code} » : donner un seul moment parmi after_meetings, after_start, before_end, after_end"
            )
        return self


class Guide(Term):
    """Words shown at the right moment (S1 to S4, W1, W4, K2, B10, B11)."""

    moment: Literal[
        "enrolment",
        "before_first",
        "first_meeting",
        "before_second",
        "second_meeting",
        "meetings",
        "place",
        "closing",
        "orientation",
    ]
    title: Text
    roles: tuple[Role, ...] = BOTH
    items: tuple[Text, ...] = Field(min_length=1)


class ChoiceList(Term):
    """A named list that questions draw on; ranked from lowest to highest where the order counts."""

    code: Code
    ranked: StrictBool = False
    choices: tuple[Choice, ...] = Field(min_length=1)


class Minors(Term):
    """Whether people under age may take part; if so their representative signs."""

    admitted: StrictBool = False
    of_age: StrictInt = Field(default=18, ge=12, le=21)


class Rules(Term):
    """The terms of a programme, complete and frozen."""

    length: Length = Length()
    membership: MembershipTerms = MembershipTerms()
    fee: Fee | None = None
    seats: Seats = Seats()
    minors: Minors = Minors()
    acceptance: AcceptanceTerms = AcceptanceTerms()
    agreement: AgreementTerms = AgreementTerms()
    matching: MatchingTerms = MatchingTerms()
    introduction: Introduction | None = None
    meetings: MeetingTerms = MeetingTerms()
    objectives: Objectives = Objectives()
    lists: tuple[ChoiceList, ...] = ()
    questions: tuple[Question, ...] = ()
    declarations: tuple[Declaration, ...] = ()
    eligibility: tuple[Eligibility, ...] = ()
    criteria: tuple[Criterion, ...] = ()
    quotas: tuple[Quota, ...] = ()
    milestones: tuple[Milestone, ...] = ()
    guides: tuple[Guide, ...] = ()

    def question(self, code: str) -> Question:
        """The question of that code; KeyError where there is none."""
        for question in self.questions:
            if question.code == code:
                return question
        raise KeyError(code)

    def questions_for(self, role: Role) -> tuple[Question, ...]:
        return tuple(q for q in self.questions if role in q.roles)

    def declarations_for(self, role: Role) -> tuple[Declaration, ...]:
        return tuple(d for d in self.declarations if role in d.roles)

    def choices_of(self, question: Question) -> tuple[Choice, ...]:
        if question.list == "themes":
            return self.objectives.themes
        return next((known.choices for known in self.lists if known.code == question.list), ())

    def labels(self) -> dict[str, str]:
        return {question.code: question.label for question in self.questions}

    def ranks(self) -> dict[str, dict[str, int]]:
        """For each choice question, the rank of each choice in its list's order, 0 the lowest."""
        return {
            q.code: {choice.code: rank for rank, choice in enumerate(self.choices_of(q))}
            for q in self.questions
            if q.list
        }

    def guides_at(self, moment: str, role: Role) -> tuple[Guide, ...]:
        return tuple(g for g in self.guides if g.moment == moment and role in g.roles)

    def milestone(self, code: str) -> Milestone:
        for milestone in self.milestones:
            if milestone.code == code:
                return milestone
        raise KeyError(code)
