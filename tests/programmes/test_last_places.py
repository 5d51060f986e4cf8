"""More proposals than places: whoever accepts first has them, never one too many, never one left over."""

from __future__ import annotations

import threading
from collections import Counter

import pytest
from django.db import connections

from people.models import Organisation, Person
from programmes.enums import SETTLED_PAIR_STATES, PairState
from programmes.models import Cohort, Enrolment, Pair
from programmes.policy.terms import Role
from programmes.sentences import Refused
from programmes.services import pairs
from tests.factories.programmes import AT, make_cohort, make_programme

AT_ONCE, ROUNDS = 8, 100

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgresql]


def enrol(cohort: Cohort, role: Role, count: int) -> list[Enrolment]:
    people = Person.objects.bulk_create(
        Person(email=f"{role}{number}@example.org", first_name=str(role), last_name=f"n{number}")
        for number in range(count)
    )
    return Enrolment.objects.bulk_create(
        Enrolment(
            cohort=cohort,
            person=person,
            role=role,
            state="admitted",
            created_at=AT,
            submitted_at=AT,
        )
        for person in people
    )


def places_of(number: int) -> int:
    """How many places the mentor of this round has left: none to three."""
    return number % 4


@pytest.fixture
def rounds(organisation: Organisation) -> list[list[Pair]]:
    """For each round, a mentor who said yes to eight mentees and has fewer places by now."""
    cohort = make_cohort(make_programme(organisation, {"seats": {"mentee": 1}}))
    mentors = enrol(cohort, Role.MENTOR, ROUNDS)
    for number, mentor in enumerate(mentors):
        mentor.capacity = places_of(number)
    Enrolment.objects.bulk_update(mentors, ["capacity"])
    mentees = iter(enrol(cohort, Role.MENTEE, ROUNDS * AT_ONCE))
    return [
        Pair.objects.bulk_create(
            Pair(
                cohort=cohort,
                mentor=mentor,
                mentee=next(mentees),
                state=PairState.PROPOSED,
                created_at=AT,
                proposed_at=AT,
                mentor_accepted_at=AT,
            )
            for _ in range(AT_ONCE)
        )
        for mentor in mentors
    ]


def test_the_last_places_go_to_who_accepts_first_and_to_nobody_more(
    rounds: list[list[Pair]],
) -> None:
    together, refused = threading.Barrier(AT_ONCE), Counter[int]()
    unexpected: list[Exception] = []

    def answer(seat: int) -> None:
        try:
            for number, proposals in enumerate(rounds):
                pair = proposals[seat]
                together.wait(timeout=60)
                try:
                    pairs.accept_proposal(pair, by=pair.mentee.person, at=AT)
                except Refused as refusal:
                    assert refusal.verdict.codes == ("capacity:mentor",)
                    refused[number] += 1
        except Exception as error:
            unexpected.append(error)
            together.abort()
        finally:
            connections.close_all()

    threads = [threading.Thread(target=answer, args=(seat,)) for seat in range(AT_ONCE)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=120)

    assert unexpected == []
    taken = Counter(
        Pair.objects.filter(state__in=SETTLED_PAIR_STATES).values_list("mentor_id", flat=True)
    )
    assert [taken[proposals[0].mentor_id] for proposals in rounds] == [
        places_of(number) for number in range(ROUNDS)
    ]
    assert sum(refused.values()) == sum(AT_ONCE - places_of(number) for number in range(ROUNDS))
