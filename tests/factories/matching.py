"""A cohort where seniority binds, sector and town weigh, and people for it."""

from __future__ import annotations

from typing import Any

from people.models import Organisation, Person
from programmes.models import Cohort, Coordinator, Enrolment
from programmes.policy.terms import Role
from tests.factories.programmes import make_cohort, make_enrolment, make_programme

DOCUMENT: dict[str, Any] = {
    "seats": {"mentor": 1},
    "questions": [
        {"code": "years", "kind": "integer", "label": "Années d'expérience"},
        {"code": "sector", "label": "Secteur"},
        {"code": "town", "label": "Ville"},
    ],
    "criteria": [
        {
            "code": "gap",
            "label": "Écart d'expérience",
            "test": "gap",
            "mentor": "years",
            "mentee": "years",
            "minimum": 10,
            "counted_in": ["an d'expérience", "ans d'expérience"],
        },
        {
            "code": "sector",
            "label": "Même secteur",
            "test": "equal",
            "mentor": "sector",
            "mentee": "sector",
            "strength": "preference",
            "weight": 60,
        },
        {
            "code": "town",
            "label": "Même ville",
            "test": "equal",
            "mentor": "town",
            "mentee": "town",
            "strength": "preference",
            "weight": 40,
        },
    ],
}


def make_pool(organisation: Organisation, team: Person, **terms: Any) -> Cohort:
    """The cohort, without people; `team` runs it."""
    cohort = make_cohort(make_programme(organisation, DOCUMENT | terms))
    Coordinator.objects.create(programme=cohort.programme, person=team)
    return cohort


def make_mentor(cohort: Cohort, person: Person, **answers: Any) -> Enrolment:
    given = {"years": 20, "sector": "énergie", "town": "Lyon"} | answers
    return make_enrolment(cohort, person, Role.MENTOR, answers=given)


def make_mentee(cohort: Cohort, person: Person, **answers: Any) -> Enrolment:
    given = {"years": 5, "sector": "énergie", "town": "Lyon"} | answers
    return make_enrolment(cohort, person, Role.MENTEE, answers=given)
