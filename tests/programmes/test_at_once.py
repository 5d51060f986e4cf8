"""Several people act at the same moment, on PostgreSQL: places, receipts and steps stay single."""

import threading
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connections

from programmes.enums import LIVE_PAIR_STATES, EnrolmentState, PairState
from programmes.lifecycle import ImpossibleTransition
from programmes.models import FeeAccount, JournalEntry, Pair
from programmes.policy.terms import Role
from programmes.sentences import Refused
from programmes.services import enrolments, fees, pairs
from tests.factories.people import make_person
from tests.factories.programmes import AT, make_cohort, make_enrolment, make_programme

AT_ONCE = 8
BESIDE = {"name": "À côté", "slug": "a-cote"}

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgresql]


def all_at_once(acts: list[Callable[[], object]]) -> list[object]:
    """Run the acts in threads that begin together; what each gave or raised."""
    start, outcomes = threading.Barrier(len(acts)), list[object]()

    def one(act: Callable[[], object]) -> None:
        try:
            start.wait(timeout=60)
            outcomes.append(act())
        except Exception as error:
            outcomes.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=one, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=120)
    return outcomes


def refusals(outcomes: list[object]) -> set[type]:
    return {type(one) for one in outcomes if isinstance(one, Exception)}


@pytest.fixture
def cohort(organisation):
    return make_cohort(make_programme(organisation, {"seats": {"mentor": 2, "mentee": 1}}))


@pytest.fixture
def mentees(cohort):
    people = [make_person("Nour", f"Numéro{number}") for number in range(AT_ONCE)]
    return [make_enrolment(cohort, person, Role.MENTEE) for person in people]


def test_a_mentor_with_two_places_gets_two_of_eight(cohort, camille, alix, mentees):
    mentor = make_enrolment(cohort, camille, Role.MENTOR)

    outcomes = all_at_once(
        [lambda one=one: pairs.draft_pair(mentor, one, by=alix, at=AT) for one in mentees]
    )

    assert Pair.objects.filter(mentor=mentor, state__in=LIVE_PAIR_STATES).count() == 2
    assert len(outcomes) == AT_ONCE
    assert refusals(outcomes) == {Refused}


def test_a_mentee_drafted_with_eight_mentors_gets_one(cohort, nour, alix):
    mentee = make_enrolment(cohort, nour, Role.MENTEE)
    mentors = [
        make_enrolment(cohort, make_person("Camille", f"Numéro{number}"), Role.MENTOR)
        for number in range(AT_ONCE)
    ]

    outcomes = all_at_once(
        [lambda one=one: pairs.draft_pair(one, mentee, by=alix, at=AT) for one in mentors]
    )

    assert Pair.objects.filter(mentee=mentee).count() == 1
    assert refusals(outcomes) == {Refused}


def test_a_proposal_accepted_by_both_many_times_is_introduced_once(cohort, camille, nour, alix):
    mentor = make_enrolment(
        cohort, camille, Role.MENTOR, charter_version=None, charter_accepted_at=None
    )
    pair = pairs.draft_pair(mentor, make_enrolment(cohort, nour, Role.MENTEE), by=alix, at=AT)
    pairs.propose_pair(pair, by=alix, at=AT)
    by_each = [camille, nour] * (AT_ONCE // 2)

    outcomes = all_at_once(
        [lambda one=one: pairs.accept_proposal(pair, by=one, at=AT) for one in by_each]
    )

    pair.refresh_from_db()
    assert pair.state == PairState.ACCEPTED
    assert JournalEntry.objects.filter(pair=pair, event="pair_introduced").count() == 1
    assert refusals(outcomes) <= {ImpossibleTransition}


def test_an_enrolment_decided_eight_times_is_decided_once(cohort, nour, alix):
    enrolment = make_enrolment(cohort, nour, Role.MENTEE, state=EnrolmentState.SUBMITTED)

    outcomes = all_at_once([lambda: enrolments.admit(enrolment, by=alix, at=AT)] * AT_ONCE)

    assert JournalEntry.objects.filter(event="enrolment_admitted").count() == 1
    assert refusals(outcomes) == {ImpossibleTransition}


def test_eight_fees_settled_together_have_eight_receipts(cohort, alix, mentees):
    accounts = [FeeAccount.objects.create(enrolment=one, amount=10) for one in mentees]

    all_at_once(
        [lambda one=one: fees.settle_fee(one, on=AT.date(), by=alix, at=AT) for one in accounts]
    )

    numbers = sorted(FeeAccount.objects.values_list("receipt_number", flat=True))
    assert [number[-4:] for number in numbers] == [f"{n:04d}" for n in range(1, AT_ONCE + 1)]


def test_fees_of_two_programmes_settled_together_make_two_series_without_gap_or_double(
    organisation, cohort, alix, mentees
):
    beside = make_cohort(make_programme(organisation, {"programme": BESIDE}))
    theirs = [make_enrolment(beside, one.person, Role.MENTEE) for one in mentees]
    accounts = [FeeAccount.objects.create(enrolment=one, amount=10) for one in mentees + theirs]

    all_at_once(
        [lambda one=one: fees.settle_fee(one, on=AT.date(), by=alix, at=AT) for one in accounts]
    )

    numbers = FeeAccount.objects.values_list("receipt_number", flat=True)
    assert sorted(numbers) == sorted(
        f"2026-{one.programme_id}-{number:04d}"
        for one in (cohort, beside)
        for number in range(1, AT_ONCE + 1)
    )


def test_the_database_holds_a_receipt_number_once(cohort, mentees):
    first, second = (FeeAccount.objects.create(enrolment=one, amount=10) for one in mentees[:2])
    FeeAccount.objects.filter(pk=first.pk).update(receipt_number="2026-1-0001")

    second.receipt_number = "2026-1-0001"
    with pytest.raises(ValidationError, match=r"Ce numéro de reçu est déjà donné\."):
        second.validate_constraints()
    with pytest.raises(IntegrityError, match="receipt_number_once"):
        second.save()


def test_a_fee_settled_eight_times_has_one_receipt(cohort, alix, mentees):
    account = FeeAccount.objects.create(enrolment=mentees[0], amount=10)

    all_at_once([lambda: fees.settle_fee(account, on=AT.date(), by=alix, at=AT)] * AT_ONCE)

    assert JournalEntry.objects.filter(event="fee_settled").count() == 1


def test_a_receipt_number_never_comes_back_once_an_account_is_gone(cohort, alix, mentees):
    accounts = [FeeAccount.objects.create(enrolment=one, amount=10) for one in mentees[:3]]
    for one in accounts[:2]:
        fees.settle_fee(one, on=AT.date(), by=alix, at=AT)
    accounts[0].delete()

    last = fees.settle_fee(accounts[2], on=AT.date() - timedelta(days=1), by=alix, at=AT)

    assert last.receipt_number.endswith("-0003")


def test_excluded_while_accepting_leaves_no_pair(cohort, camille, nour, alix):
    mentor = make_enrolment(cohort, camille, Role.MENTOR)
    mentee = make_enrolment(cohort, nour, Role.MENTEE)
    pair = pairs.draft_pair(mentor, mentee, by=alix, at=AT)
    pairs.propose_pair(pair, by=alix, at=AT)
    pairs.accept_proposal(pair, by=camille, at=AT)

    outcomes = all_at_once(
        [
            lambda: pairs.accept_proposal(pair, by=nour, at=AT),
            lambda: enrolments.exclude(mentor, by=alix, at=AT, reason="A vendu une formation."),
        ]
    )

    mentor.refresh_from_db()
    assert mentor.state == EnrolmentState.EXCLUDED
    assert not Pair.objects.filter(state__in=LIVE_PAIR_STATES).exists()
    assert refusals(outcomes) <= {ImpossibleTransition}
