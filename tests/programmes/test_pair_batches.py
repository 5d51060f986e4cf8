"""Many pairs at once come out as they would one by one."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from pytest_django import DjangoAssertNumQueries

from notifications.models import OutboxMessage
from people.models import Organisation, Person
from programmes.enums import EnrolmentState, PairState
from programmes.lifecycle import ImpossibleTransition
from programmes.models import Cohort, Derogation, Enrolment, JournalEntry, Pair
from programmes.policy.terms import Role
from programmes.services import pairs
from programmes.services.enrolments import waitlist
from programmes.services.pair_batches import Couple, Drafted, draft_pairs, propose_pairs
from tests.factories.people import make_person
from tests.factories.programmes import AT, make_cohort, make_enrolment, make_programme

DOCUMENT = {
    "seats": {"mentor": 2, "mentee": 1},
    "questions": [{"code": "years", "kind": "integer", "label": "Années d'expérience"}],
    "criteria": [
        {
            "code": "seniority",
            "label": "Expérience",
            "test": "gap",
            "mentor": "years",
            "mentee": "years",
            "minimum": 10,
            "derogable": True,
        }
    ],
}

pytestmark = pytest.mark.django_db


@pytest.fixture
def cohort(organisation: Organisation) -> Cohort:
    return make_cohort(make_programme(organisation, DOCUMENT))


def enrol(cohort: Cohort, role: Role, number: int, years: int | None = None) -> Enrolment:
    usual = 20 if role is Role.MENTOR else 5
    return make_enrolment(
        cohort,
        make_person(str(role), f"n{number}"),
        role,
        answers={"years": usual if years is None else years},
    )


def couples(cohort: Cohort, count: int, start: int = 0) -> list[Couple]:
    return [
        Couple(enrol(cohort, Role.MENTOR, n), enrol(cohort, Role.MENTEE, n), 50.0 + n)
        for n in range(start, start + count)
    ]


def facts(rows: Sequence[Pair]) -> list[tuple[object, ...]]:
    return [(p.mentor_id, p.mentee_id, p.state, p.score, p.proposed_at, p.answer_by) for p in rows]


def codes_of(drafted: Drafted) -> list[tuple[str, ...]]:
    """What stands against each couple left out."""
    return [one.verdict.codes for one in drafted.left_out]


def test_pairs_drafted_and_proposed_together_are_what_they_would_be_alone(
    cohort: Cohort, alix: Person
) -> None:
    chosen = couples(cohort, 3)

    draft_pairs(cohort, chosen, by=alix, at=AT)
    together = propose_pairs(cohort, by=alix, at=AT)
    as_batch = facts(Pair.objects.order_by("pk"))
    events = list(JournalEntry.objects.filter(pair__isnull=False).values_list("event", "actor"))
    mails = sorted(OutboxMessage.objects.values_list("kind", "recipient", "organisation"))
    for pair in together:
        pairs.cancel_pair(pair, by=alix, at=AT)
    Pair.objects.all().delete()
    OutboxMessage.objects.all().delete()
    for one in chosen:
        pair = pairs.draft_pair(one.mentor, one.mentee, by=alix, at=AT, score=one.score)
        pairs.propose_pair(pair, by=alix, at=AT)

    assert as_batch == facts(Pair.objects.order_by("pk"))
    assert sorted(events) == sorted(
        JournalEntry.objects.filter(pair__isnull=False).values_list("event", "actor")
    )
    assert mails == sorted(OutboxMessage.objects.values_list("kind", "recipient", "organisation"))
    assert len(mails) == 6


def test_a_place_given_to_one_couple_is_taken_for_the_next(cohort: Cohort, alix: Person) -> None:
    """P13, P14."""
    mentor = enrol(cohort, Role.MENTOR, 0)
    mentees = [enrol(cohort, Role.MENTEE, n) for n in range(3)]

    draft_pairs(cohort, [Couple(mentor, one) for one in mentees[:2]], by=alix, at=AT)
    third = draft_pairs(cohort, [Couple(mentor, mentees[2])], by=alix, at=AT)

    assert codes_of(third) == [("capacity:mentor",)]


@pytest.mark.parametrize(
    ("seats", "codes"),
    [([0, 0, 0], [("capacity:mentor",)]), ([0, 1, 0], [])],
    ids=["3", "2 and 1"],
)
def test_capacity_is_counted_within_the_batch(
    cohort: Cohort, alix: Person, seats: list[int], codes: list[tuple[str, ...]]
) -> None:
    mentors = [enrol(cohort, Role.MENTOR, n) for n in range(2)]
    batch = [Couple(mentors[seat], enrol(cohort, Role.MENTEE, n)) for n, seat in enumerate(seats)]

    drafted = draft_pairs(cohort, batch, by=alix, at=AT)

    assert codes_of(drafted) == codes
    assert Pair.objects.count() == 3 - len(codes)


def test_a_couple_that_may_not_be_is_left_out_and_the_others_made(
    cohort: Cohort, alix: Person
) -> None:
    junior = enrol(cohort, Role.MENTOR, 8, years=9)
    batch = [*couples(cohort, 2), Couple(junior, enrol(cohort, Role.MENTEE, 8))]

    drafted = draft_pairs(cohort, batch, by=alix, at=AT)

    assert codes_of(drafted) == [("criterion:seniority",)]
    assert Pair.objects.count() == 2


def test_two_people_who_form_a_pair_already_are_left_out(cohort: Cohort, alix: Person) -> None:
    batch = couples(cohort, 1)
    draft_pairs(cohort, batch, by=alix, at=AT)

    again = draft_pairs(cohort, batch, by=alix, at=AT)

    assert codes_of(again) == [("pair:exists", "capacity:mentee")]


def test_ones_own_pair_is_left_to_the_others_of_the_team(cohort: Cohort) -> None:
    batch = couples(cohort, 2)

    drafted = draft_pairs(cohort, batch, by=batch[0].mentor.person, at=AT)

    assert codes_of(drafted) == [("pair:own",)]
    assert Pair.objects.get().mentee == batch[1].mentee


def test_a_derogation_for_the_two_counts(cohort: Cohort, alix: Person) -> None:
    mentor, mentee = enrol(cohort, Role.MENTOR, 0, years=9), enrol(cohort, Role.MENTEE, 0)
    Derogation.objects.create(
        enrolment=mentee,
        other=mentor,
        breach="criterion:seniority",
        reason="Même métier.",
        granted_by=alix,
        granted_at=AT,
    )

    draft_pairs(cohort, [Couple(mentor, mentee)], by=alix, at=AT)

    assert Pair.objects.get().state == PairState.DRAFTED


def test_who_is_no_longer_admitted_is_not_paired(cohort: Cohort, alix: Person) -> None:
    batch = couples(cohort, 1)
    Enrolment.objects.update(state=EnrolmentState.WAITLISTED)

    assert codes_of(draft_pairs(cohort, batch, by=alix, at=AT)) == [("pair:admitted",)]


def test_a_pair_is_made_within_one_cohort(cohort: Cohort, alix: Person) -> None:
    other = make_cohort(cohort.programme, slug="2027", name="2027")
    batch = [Couple(enrol(cohort, Role.MENTOR, 0), enrol(other, Role.MENTEE, 0))]

    with pytest.raises(ValueError, match="within one cohort"):
        draft_pairs(cohort, batch, by=alix, at=AT)


@pytest.mark.postgresql  # SQLite writes by smaller lots
def test_thirty_pairs_cost_as_many_queries_as_three(
    cohort: Cohort, alix: Person, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    few, many = couples(cohort, 3), couples(cohort, 30, start=3)

    with django_assert_num_queries(21):
        draft_pairs(cohort, few, by=alix, at=AT)
        propose_pairs(cohort, by=alix, at=AT)
    with django_assert_num_queries(21):
        draft_pairs(cohort, many, by=alix, at=AT)
        propose_pairs(cohort, by=alix, at=AT)


def test_a_draft_with_someone_put_on_the_waiting_list_since_is_proposed_to_nobody(
    cohort: Cohort, alix: Person
) -> None:
    mentee = enrol(cohort, Role.MENTEE, 2)
    pair = pairs.draft_pair(enrol(cohort, Role.MENTOR, 1), mentee, by=alix, at=AT)
    waitlist(mentee, by=alix, at=AT)

    assert propose_pairs(cohort, by=alix, at=AT) == []
    with pytest.raises(ImpossibleTransition):
        pairs.propose_pair(pair, by=alix, at=AT)
    pair.refresh_from_db()
    assert pair.state == PairState.DRAFTED
