"""May this person do it? Predicates for views and templates; seeing comes first (queries.visibility)."""

from __future__ import annotations

from people.models import Person
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
    if role is None or pair.state != PairState.PROPOSED:
        return False
    accepted_at = pair.mentor_accepted_at if role is Role.MENTOR else pair.mentee_accepted_at
    return accepted_at is None


def role_in(person: Person, pair: Pair) -> Role | None:
    if pair.mentor.person_id == person.pk:
        return Role.MENTOR
    if pair.mentee.person_id == person.pk:
        return Role.MENTEE
    return None
