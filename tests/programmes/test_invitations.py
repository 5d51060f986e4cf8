"""An invitation is taken up once, in its time, whatever was read of it before."""

from datetime import timedelta

import pytest

from programmes.models import Enrolment, Invitation
from programmes.policy.terms import Role
from programmes.sentences import Refused
from programmes.services.invitations import VALID_FOR, invite, take_up
from tests.factories.programmes import AT, make_cohort, make_programme

pytestmark = pytest.mark.django_db


@pytest.fixture
def invitation(organisation, nour, alix):
    cohort = make_cohort(make_programme(organisation))
    return invite(cohort, email=nour.email, role=Role.MENTEE, by=alix, at=AT)


def test_an_invitation_taken_up_twice_begins_one_enrolment(invitation, nour):
    first, second = (take_up(invitation, person=nour, at=AT) for _ in range(2))

    assert first == second == Enrolment.objects.get()


@pytest.mark.parametrize("later", [timedelta(0), timedelta(days=1)])
def test_an_invitation_that_expired_since_it_was_read_is_refused(invitation, nour, later):
    read_before = Invitation.objects.get()
    Invitation.objects.update(expires_at=AT + VALID_FOR - timedelta(days=1))

    with pytest.raises(Refused) as refused:
        take_up(read_before, person=nour, at=AT + VALID_FOR - timedelta(days=1) + later)

    assert refused.value.verdict.codes == ("invitation:over",)
    assert not Enrolment.objects.exists()


def test_an_invitation_serves_one_person_alone(invitation, nour, sacha):
    read_before = Invitation.objects.get()
    take_up(invitation, person=nour, at=AT)

    with pytest.raises(Refused):
        take_up(read_before, person=sacha, at=AT)

    assert Enrolment.objects.get().person == nour
