"""One running pair, Camille and Nour, on the programme that a test asks for."""

from datetime import UTC, datetime

import pytest

from people.models import PaidPeriod
from programmes.models import Coordinator
from programmes.policy.terms import Role
from tests.factories.programmes import (
    make_cohort,
    make_enrolment,
    make_programme,
    make_running_pair,
)

# The pair of the tests is introduced on 1 October 2026 at 10 o'clock in Paris.
START = datetime(2026, 10, 1, 8, 0, tzinfo=UTC)


@pytest.fixture
def make_pair(organisation, camille, nour, alix):
    """Run Camille and Nour as a pair under these terms; Alix coordinates."""

    def make(document=None, at=START, **cohort_changes):
        programme = make_programme(organisation, document)
        Coordinator.objects.create(programme=programme, person=alix)
        cohort = make_cohort(programme, **cohort_changes)
        mentor = make_enrolment(cohort, camille, Role.MENTOR)
        mentee = make_enrolment(cohort, nour, Role.MENTEE)
        return make_running_pair(mentor, mentee, by=alix, at=at)

    return make


@pytest.fixture
def pair(make_pair):
    return make_pair()


@pytest.fixture
def pay(organisation):
    """Pay a person's fee to the association for a while."""

    def pay(person, starts_on, ends_on):
        membership, _ = person.memberships.get_or_create(organisation=organisation)
        return PaidPeriod.objects.create(
            membership=membership, starts_on=starts_on, ends_on=ends_on
        )

    return pay
