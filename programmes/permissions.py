"""May this person do it? Predicates for views and templates; seeing comes first (queries.visibility)."""

from __future__ import annotations

from datetime import date

from people.models import OrganisationRole, Person
from programmes import lifecycle
from programmes.enums import EnrolmentState, PairState
from programmes.models import Enrolment, Pair, Programme
from programmes.policy.terms import Role
from programmes.queries.visibility import programmes_coordinated_by


def may_coordinate(person: Person, programme: Programme) -> bool:
    return programmes_coordinated_by(person).filter(pk=programme.pk).exists()


def may_edit(person: Person, enrolment: Enrolment) -> bool:
    return enrolment.person_id == person.pk and enrolment.state == EnrolmentState.DRAFT


def may_answer(person: Person, pair: Pair) -> bool:
    """One of the two may accept or decline a proposal that they have not answered yet."""
    role = role_in(person, pair)
    return role is not None and pair.state == PairState.PROPOSED and pair.accepted_at(role) is None


def may_take_back(person: Person, pair: Pair) -> bool:
    """One of the two may take a yes back, until the other has said yes as well."""
    role = role_in(person, pair)
    return (
        role is not None and pair.state == PairState.PROPOSED and pair.accepted_at(role) is not None
    )


def role_in(person: Person, pair: Pair) -> Role | None:
    if pair.mentor.person_id == person.pk:
        return Role.MENTOR
    if pair.mentee.person_id == person.pk:
        return Role.MENTEE
    return None


def may_withdraw(person: Person, enrolment: Enrolment) -> bool:
    return (
        enrolment.person_id == person.pk
        and enrolment.state in lifecycle.ENROLMENT["withdraw"].sources
    )


def may_apply_again(person: Person, enrolment: Enrolment, *, today: date) -> bool:
    """Who withdrew may come back as long as enrolments are open."""
    return (
        enrolment.person_id == person.pk
        and enrolment.state in lifecycle.ENROLMENT["apply_again"].sources
        and enrolment.cohort.takes_enrolments_on(today)
    )


def may_set_objectives(person: Person, enrolment: Enrolment) -> bool:
    """A mentee sets objectives up to the first meeting where the programme asks for them then (I6)."""
    return (
        enrolment.person_id == person.pk
        and enrolment.as_role is Role.MENTEE
        and enrolment.cohort.rules.objectives.due == "first_meeting"
        and enrolment.state
        in (EnrolmentState.SUBMITTED, EnrolmentState.WAITLISTED, EnrolmentState.ADMITTED)
    )


def may_write_to(person: Person, pair: Pair) -> bool:
    """Contact details are open once both accepted (W6), unless the pair was stopped or is held back."""
    return (
        role_in(person, pair) is not None
        and pair.introduced_at is not None
        and pair.state
        in (PairState.ACCEPTED, PairState.ACTIVE, PairState.PAUSED, PairState.COMPLETED)
    )


def may_manage_team(person: Person, programme: Programme) -> bool:
    """Only those responsible for the association choose who coordinates."""
    return OrganisationRole.objects.filter(
        organisation_id=programme.organisation_id,
        person=person,
        kind=OrganisationRole.Kind.MANAGER,
    ).exists()
