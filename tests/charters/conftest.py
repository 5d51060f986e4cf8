"""Pairs on their way to an agreement, in programmes that ask for different ones."""

from __future__ import annotations

from typing import Any

import pytest

from charters.models import Convention
from people.models import Organisation, Person
from programmes.models import Coordinator, Enrolment, Pair
from programmes.policy.terms import Role
from tests.factories.programmes import (
    make_accepted_pair,
    make_cohort,
    make_enrolment,
    make_preset,
    make_programme,
)

NOT_YET = {"charter_version": None, "charter_accepted_at": None}

THREE_PARTIES = [
    {"kind": "mentor", "order": 1},
    {"kind": "mentee", "order": 1},
    {"kind": "organisation", "order": 2},
]
WITH_MINORS: dict[str, Any] = {
    "minors": {"admitted": True},
    "questions": [{"code": "birth_date", "kind": "date", "label": "Date de naissance"}],
    "agreement": {
        "kind": "convention",
        "parties": [*THREE_PARTIES, {"kind": "guardian", "order": 1}],
    },
}


@pytest.fixture
def issy(organisation: Organisation, alix: Person) -> Any:
    """The youth centre's cohort: a convention of three parties. Alix may sign."""
    programme = make_preset(organisation, "espace-jeunes-anne-frank")
    Coordinator.objects.create(programme=programme, person=alix, may_sign=True)
    return make_cohort(programme)


@pytest.fixture
def pair(issy: Any, camille: Person, nour: Person, alix: Person) -> Pair:
    """Camille and Nour, who both accepted; their convention is open."""
    mentor = make_enrolment(issy, camille, Role.MENTOR, **NOT_YET)
    mentee = make_enrolment(issy, nour, Role.MENTEE, **NOT_YET)
    return make_accepted_pair(mentor, mentee, by=alix)


@pytest.fixture
def convention(pair: Pair) -> Convention:
    return Convention.objects.get(pair=pair)


@pytest.fixture
def minor_convention(
    organisation: Organisation, camille: Person, nour: Person, alix: Person
) -> Convention:
    """Nour is sixteen: a guardian signs too."""
    programme = make_programme(organisation, WITH_MINORS)
    Coordinator.objects.create(programme=programme, person=alix, may_sign=True)
    cohort = make_cohort(programme)
    born = {"answers": {"birth_date": "2010-05-01"}}
    mentor = make_enrolment(cohort, camille, Role.MENTOR, **NOT_YET)
    mentee = make_enrolment(cohort, nour, Role.MENTEE, **NOT_YET, **born)
    return Convention.objects.get(pair=make_accepted_pair(mentor, mentee, by=alix))


@pytest.fixture
def draft(organisation: Organisation, camille: Person) -> Enrolment:
    """Camille's enrolment as a mentor, complete but for the charter, accepted one by one."""
    document = {"acceptance": {"due": "submission", "by_commitment": True}}
    cohort = make_cohort(make_programme(organisation, document))
    unsent = {"state": "draft", "submitted_at": None}
    return make_enrolment(cohort, camille, Role.MENTOR, **NOT_YET, **unsent)
