"""What people do in a programme, told to the services as if it had happened on its day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from functools import cache
from typing import Any

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password
from django.utils.text import slugify

from charters.enums import IdentifiedBy, ProofKind
from charters.files import keep_text
from charters.models import Convention, ConventionParty
from charters.queries import awaited_parties, current_charter, latest_convention, may_sign_as
from charters.services import codes, proving, signing
from charters.services.acceptances import accept_charter
from charters.services.drafts import change_draft, publish_draft, start_draft
from demo.cast import email_of
from people.models import Membership, Organisation, OrganisationRole, PaidPeriod, Person
from programmes.enums import EnrolmentState, PairState
from programmes.models import Cohort, Coordinator, Enrolment, Pair, Room
from programmes.policy.evidence import ChosenObjective
from programmes.policy.questionnaire import Answer
from programmes.policy.rules import PlaceKind
from programmes.policy.terms import Role
from programmes.services import catalogue, enrolments, fees, pairs
from sessions.appointments import Appointment, instant
from sessions.models import Meeting
from sessions.services.answering import accept_meeting
from sessions.services.arranging import propose_meeting
from sessions.services.recording import mark_held
from sessions.services.reviews import answer_milestone, approve_bilan

PASSWORD = "demonstration"


@cache
def _password() -> str:
    return make_password(PASSWORD)


def person(name: str, **fields: Any) -> Person:
    """The person of that name; made, with an address that works, the first time."""
    first_name, _, last_name = name.partition(" ")
    email = email_of(name)
    known = Person.objects.filter(email=email).first()
    if known is not None:
        return known
    made = Person.objects.create(
        email=email, first_name=first_name, last_name=last_name, password=_password(), **fields
    )
    EmailAddress.objects.create(user=made, email=email, verified=True, primary=True)
    return made


class Story:
    """One programme of the demo: its association, its cohort, and what its people do.

    `today` is the day the demo begins; days are told as so many before it.
    """

    def __init__(
        self, stem: str, organisation: str, *, colour: str, coordinator: str, today: date
    ) -> None:
        self.today = today
        slug = stem
        self.organisation = Organisation.objects.create(
            name=organisation,
            slug=slug,
            contact_email=f"mentorat@{slug}.example.org",
            colour=colour,
        )
        path = next(path for path in catalogue.preset_files() if path.stem == stem)
        self.programme = catalogue.load_programme(
            catalogue.parse_programme(path.read_text(encoding="utf-8")),
            organisation=self.organisation,
            by=None,
            at=self.at(300),
        )
        self.coordinator = person(coordinator)
        Coordinator.objects.create(programme=self.programme, person=self.coordinator, may_sign=True)
        OrganisationRole.objects.create(
            organisation=self.organisation, person=self.coordinator, kind="manager"
        )

    def day(self, ago: int) -> date:
        return self.today - timedelta(days=ago)

    def at(self, ago: int, hour: int = 10) -> datetime:
        return instant(self.day(ago), time(hour, 0))

    def open_cohort(
        self, name: str, *, opened: int, closes: int | None, starts: int, ends: int | None = None
    ) -> Cohort:
        """Open a cohort; the four moments are days before today (negative: to come)."""
        return catalogue.open_cohort(
            self.programme,
            name=name,
            slug=slugify(name),
            opens_on=self.day(opened),
            starts_on=self.day(starts),
            enrolment_ends_on=None if closes is None else self.day(closes),
            ends_on=None if ends is None else self.day(ends),
            by=self.coordinator,
            at=self.at(opened),
        )

    def renew_charter(self, code: str, text: str, english: str, *, ago: int) -> None:
        """Publish an edition of the charter in which one commitment reads otherwise."""
        draft = start_draft(self.programme, by=self.coordinator, at=self.at(ago))
        sections = [
            section.model_copy(
                update={
                    "commitments": tuple(
                        one.model_copy(update={"text": text, "english": english})
                        if one.code == code
                        else one
                        for one in section.commitments
                    )
                }
            )
            for section in draft.text.sections
        ]
        renewed = draft.text.model_copy(update={"sections": tuple(sections)})
        draft = change_draft(
            draft, text=renewed, seen=draft.digest, by=self.coordinator, at=self.at(ago)
        )
        publish_draft(draft, edition=self.day(ago), by=self.coordinator, at=self.at(ago))

    def member(self, who: Person, *, paid_until: int | None = -200, alumnus: bool = True) -> None:
        """Make someone a member, paid up until so many days before today (negative: to come)."""
        membership, _ = Membership.objects.get_or_create(
            organisation=self.organisation,
            person=who,
            defaults={"is_alumnus": alumnus, "joined_on": self.day(900)},
        )
        if paid_until is not None:
            PaidPeriod.objects.create(
                membership=membership,
                starts_on=self.day(paid_until + 365),
                ends_on=self.day(paid_until),
            )

    def enrol(
        self,
        cohort: Cohort,
        name: str,
        role: Role,
        answers: Mapping[str, Answer],
        *,
        ago: int,
        objectives: Sequence[tuple[str, str]] = (),
        capacity: int | None = None,
        until: EnrolmentState = EnrolmentState.ADMITTED,
    ) -> Enrolment:
        """Fill in the questionnaire so many days ago and go as far as `until`."""
        who, at = person(name), self.at(ago)
        enrolment = enrolments.start_enrolment(cohort, person=who, role=role, at=at)
        enrolment = enrolments.save_answers(
            enrolment,
            answers=answers,
            capacity=capacity,
            objectives=[ChosenObjective(theme, text) for theme, text in objectives],
            declarations=[d.code for d in cohort.rules.declarations_for(role)],
        )
        if until == EnrolmentState.DRAFT:
            return enrolment
        if cohort.rules.acceptance.due == "submission":
            self.accept_charter(enrolment, ago=ago)
        else:
            enrolments.submit(enrolment, acceptance=None, by=who, at=at)
        enrolment.refresh_from_db()
        if until == EnrolmentState.ADMITTED:
            enrolment = enrolments.admit(enrolment, by=self.coordinator, at=self.at(ago - 1))
        return enrolment

    def admit_all(self, cohort: Cohort, *, ago: int) -> None:
        for enrolment in cohort.enrolments.filter(state=EnrolmentState.SUBMITTED):
            enrolments.admit(enrolment, by=self.coordinator, at=self.at(ago))

    def accept_charter(self, enrolment: Enrolment, *, ago: int) -> None:
        version = current_charter(self.programme, self.day(ago))
        assert version is not None, "every programme of the demo has a charter"
        accept_charter(
            enrolment,
            version=version,
            by=enrolment.person,
            at=self.at(ago),
            commitments=[c.code for c in version.text.commitments_for(enrolment.as_role)],
        )

    def settle_fee(self, enrolment: Enrolment, *, ago: int) -> None:
        fees.settle_fee(
            enrolment.fee_account, on=self.day(ago), by=self.coordinator, at=self.at(ago)
        )

    def propose(self, mentor: Enrolment, mentee: Enrolment, *, ago: int) -> Pair:
        pair = pairs.draft_pair(mentor, mentee, by=self.coordinator, at=self.at(ago))
        return pairs.propose_pair(pair, by=self.coordinator, at=self.at(ago))

    def introduce(self, mentor: Enrolment, mentee: Enrolment, *, ago: int) -> Pair:
        """Propose, and have both accept on the following days."""
        pair = self.propose(mentor, mentee, ago=ago)
        pairs.accept_proposal(pair, by=mentee.person, at=self.at(ago - 1))
        return pairs.accept_proposal(pair, by=mentor.person, at=self.at(ago - 2))

    def start(self, mentor: Enrolment, mentee: Enrolment, *, ago: int) -> Pair:
        """Introduce two people and have everybody agree, so that the pair runs."""
        pair = self.introduce(mentor, mentee, ago=ago + 2)
        if pair.cohort.rules.agreement.kind == "convention":
            self.sign(pair, ago=ago)
        elif pair.state == PairState.ACCEPTED:
            self.accept_charter(mentor, ago=ago)
            self.accept_charter(mentee, ago=ago)
        pair.refresh_from_db()
        return pair

    def sign(self, pair: Pair, *, ago: int, by: Sequence[Person] | None = None) -> Convention:
        """Everyone whose turn it is signs, or only those named."""
        signatories = by or [pair.mentor.person, pair.mentee.person, self.coordinator]
        convention = latest_convention(Convention.objects.all(), pair.pk)
        assert convention is not None, "the convention opens with the introduction"
        for who in signatories:
            for party in awaited_parties(convention):
                if may_sign_as(who, party, pair):
                    self._sign_as(party, convention, who, ago=ago)
                    convention = Convention.objects.get(pk=convention.pk)
        return convention

    def _sign_as(
        self, party: ConventionParty, convention: Convention, who: Person, *, ago: int
    ) -> None:
        """Read the document, receive a code and sign, as the page has people do."""
        keep_text(convention)
        at_home = proving.Circumstances(IdentifiedBy.PASSWORD, "192.0.2.1", "Binôme")
        proving.record_reading(
            convention,
            ProofKind.SHOWN,
            party=party,
            by=who,
            circumstances=at_home,
            document=convention.text_sha256,
        )
        code = codes.issue_code(convention, party=party, by=who)
        signing.sign_convention(
            convention,
            party=party,
            by=who,
            has_ticked=True,
            code=code or "",
            at=self.at(ago),
            circumstances=at_home,
        )

    def plan(
        self,
        pair: Pair,
        *,
        ago: int,
        proposed: int,
        hour: int = 18,
        place: PlaceKind = PlaceKind.PUBLIC,
        where: str = "",
        topic: str = "",
        room: Room | None = None,
    ) -> Meeting:
        """The mentee proposes a date, the mentor accepts the next day."""
        appointment = Appointment(
            starts_at=instant(self.day(ago), time(hour, 0)),
            minutes=pair.cohort.rules.meetings.usual_minutes,
            place=place,
            place_name=where,
            topic=topic,
            room=room,
        )
        meeting = propose_meeting(
            pair, appointment=appointment, by=pair.mentee.person, at=self.at(proposed)
        )
        return accept_meeting(meeting, by=pair.mentor.person, at=self.at(proposed - 1))

    def meet(self, pair: Pair, *, ago: int, **details: Any) -> Meeting:
        """A meeting planned a week ahead and held."""
        meeting = self.plan(pair, ago=ago, proposed=ago + 7, **details)
        return mark_held(
            meeting, minutes=meeting.minutes, by=pair.mentee.person, at=self.at(ago - 1)
        )

    def answer(
        self, pair: Pair, code: str, *, ago: int, by: Sequence[Role] = tuple(Role), score: int = 4
    ) -> None:
        """Both sides, or one, answer a milestone well; a bilan that needs it is then approved."""
        milestone = pair.cohort.rules.milestone(code)
        for role in by:
            if role not in milestone.roles:
                continue
            answers: dict[str, int | bool | str | None] = {
                q.code: score if q.kind == "scale" else q.kind == "yes_no" or q.choices[0].code
                for q in milestone.questions
                if role in q.roles
            }
            answer_milestone(
                pair, code=code, answers=answers, by=self._one_of(pair, role), at=self.at(ago)
            )
        if milestone.approved_by_both and set(by) == set(milestone.roles):
            for role in by:
                approve_bilan(pair, code=code, by=self._one_of(pair, role), at=self.at(ago - 1))

    def _one_of(self, pair: Pair, role: Role) -> Person:
        return pair.side(role).person
