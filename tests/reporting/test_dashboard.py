"""What the team sees first: what waits, numbers, dates; never contents (C4)."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.urls import reverse

from people import clock
from people.models import Membership, PaidPeriod
from programmes.enums import ConcernKind, EnrolmentState
from programmes.models import Concern, FeeAccount, Pair
from programmes.policy.terms import Role
from programmes.services import pairs
from reporting.queries.matters import matters_of
from reporting.queries.numbers import next_dates, numbers_of
from sessions.enums import MeetingState
from tests.factories.charters import sign
from tests.factories.meetings import make_meeting
from tests.factories.people import make_person
from tests.factories.programmes import (
    AT,
    make_accepted_pair,
    make_cohort,
    make_enrolment,
    make_programme,
    make_running_pair,
)
from tests.factories.team import make_coordinator
from tests.harness.queries import queries_of

DOCUMENT = {
    "length": {"usual": "P6M"},
    "membership": {"mentee": "paid_up", "throughout": True},
    "fee": {"role": "mentee", "amount": "150.00"},
}
TODAY = date(2026, 9, 20)


@pytest.fixture
def cohort(organisation, alix):
    programme = make_programme(organisation, {"vocabulary": {"mentee": "mentorée"}})
    make_coordinator(programme, alix)
    return make_cohort(programme)


def sentences(cohort, person, *, today: date = TODAY) -> list[str]:
    programme = cohort.programme
    found = matters_of(programme, [cohort], person=person, today=today)
    return [matter.sentence for matter in found]


def a_pair(cohort, index: int, **changes) -> Pair:
    mentor = make_enrolment(cohort, make_person("Mentor", f"N{index}"), Role.MENTOR)
    mentee = make_enrolment(cohort, make_person("Mentoré", f"N{index}"), Role.MENTEE)
    return Pair.objects.create(
        cohort=cohort, mentor=mentor, mentee=mentee, created_at=AT, **changes
    )


def test_nothing_waits_in_a_new_cohort(cohort, alix):
    assert sentences(cohort, alix) == []


def test_what_waits_is_told_first_things_first(cohort, alix, nour, sacha):
    make_enrolment(cohort, sacha, Role.MENTEE, state=EnrolmentState.SUBMITTED)
    a_pair(cohort, 1)
    a_pair(cohort, 2)
    a_pair(cohort, 3, state="proposed", proposed_at=AT, answer_by=date(2026, 9, 19))
    a_pair(cohort, 4, state="proposed", proposed_at=AT, answer_by=TODAY)
    a_pair(cohort, 5, state="accepted", proposed_at=AT, introduced_at=AT)
    concerned = make_enrolment(cohort, nour, Role.MENTEE)
    Concern.objects.create(
        programme=cohort.programme,
        enrolment=concerned,
        kind=ConcernKind.HELP,
        message="Secret.",
        raised_at=AT,
    )

    assert sentences(cohort, alix) == [
        "1 demande d'aide à traiter",
        "1 candidature à examiner",
        "2 binômes à l'étude, à proposer",
        "1 proposition sans réponse après le délai",
        "1 mentorée admise sans mentor",
        "1 binôme dont l'accord est attendu",
    ]


def test_a_pair_past_its_end_waits_for_the_team(cohort, alix, camille, nour):
    pair = make_running_pair(
        make_enrolment(cohort, camille, Role.MENTOR),
        make_enrolment(cohort, nour, Role.MENTEE),
        by=alix,
    )
    Pair.objects.filter(pk=pair.pk).update(planned_end_on=date(2027, 4, 1))

    assert sentences(cohort, alix, today=date(2027, 4, 1)) == []
    assert sentences(cohort, alix, today=date(2027, 4, 2)) == [
        "1 binôme arrivé au terme prévu, à clore"
    ]


def test_a_frozen_pair_is_not_forgotten(cohort, alix, camille, nour):
    pair = make_running_pair(
        make_enrolment(cohort, camille, Role.MENTOR),
        make_enrolment(cohort, nour, Role.MENTEE),
        by=alix,
    )
    pairs.freeze_pair(pair, by=alix, at=AT)

    assert sentences(cohort, alix) == ["1 binôme gelé"]


def test_memberships_that_lapse_on_the_way_and_fees_due_are_told(organisation, alix, camille, nour):
    programme = make_programme(organisation, DOCUMENT)
    cohort = make_cohort(programme)
    membership = Membership.objects.create(organisation=organisation, person=nour)
    PaidPeriod.objects.create(
        membership=membership, starts_on=date(2026, 1, 1), ends_on=date(2026, 12, 31)
    )
    mentee = make_enrolment(cohort, nour, Role.MENTEE)
    FeeAccount.objects.create(enrolment=mentee, amount="150.00", state="waived")
    make_running_pair(make_enrolment(cohort, camille, Role.MENTOR), mentee, by=alix)
    unpaid = make_enrolment(cohort, make_person("Sam", "Roux"), Role.MENTEE)
    FeeAccount.objects.create(enrolment=unpaid, amount="150.00")

    fees = "1 personne admise dont les frais restent à régler"
    assert sentences(cohort, alix, today=date(2026, 12, 31)) == [fees]
    assert sentences(cohort, alix, today=date(2027, 1, 1)) == [
        "1 adhésion échue en cours de route",
        fees,
    ]


def test_numbers_are_by_state_and_role(cohort, camille, nour, sacha):
    make_enrolment(cohort, camille, Role.MENTOR)
    make_enrolment(cohort, nour, Role.MENTEE)
    make_enrolment(cohort, sacha, Role.MENTEE)
    a_pair(cohort, 1)

    numbers = numbers_of(cohort, now=AT)

    assert numbers.enrolments == (("admitted", "admise", 2, 3),)
    assert numbers.pairs == (("drafted", "à l'étude", 1),)


def test_meetings_are_counted_held_and_ahead(cohort, alix, camille, nour):
    pair = make_running_pair(
        make_enrolment(cohort, camille, Role.MENTOR),
        make_enrolment(cohort, nour, Role.MENTEE),
        by=alix,
    )
    make_meeting(pair, starts_at=AT - timedelta(days=3))
    make_meeting(pair, starts_at=AT + timedelta(days=3), state=MeetingState.PLANNED)
    make_meeting(pair, starts_at=AT + timedelta(days=9), state=MeetingState.CANCELLED)

    numbers = numbers_of(cohort, now=AT)

    assert (numbers.meetings_held, numbers.meetings_ahead) == (1, 1)


def test_pairs_late_for_a_first_date_and_silent_ones_are_told(organisation, alix, camille, nour):
    document = {
        "introduction": {"first_date_within": "P1M"},
        "meetings": {"silent_after": "P45D"},
    }
    cohort = make_cohort(make_programme(organisation, document))
    make_running_pair(
        make_enrolment(cohort, camille, Role.MENTOR),
        make_enrolment(cohort, nour, Role.MENTEE),
        by=alix,
    )

    late = "1 binôme sans premier rendez-vous proposé dans le délai"
    assert sentences(cohort, alix, today=date(2026, 10, 15)) == []
    assert sentences(cohort, alix, today=date(2026, 10, 16)) == [late]
    assert sentences(cohort, alix, today=date(2026, 11, 16)) == [late, "1 binôme sans nouvelles"]


def test_the_next_dates_come_soonest_first(cohort):
    a_pair(cohort, 1, state="proposed", proposed_at=AT, answer_by=date(2026, 9, 29))

    dates = next_dates([cohort], today=TODAY)

    assert [(one.on, one.label) for one in dates] == [
        (date(2026, 9, 29), "Réponse attendue à 1 proposition"),
        (date(2026, 10, 1), "Début de la campagne"),
    ]


def test_the_page_shows_no_contents(client, alix, cohort, nour):
    enrolment = make_enrolment(cohort, nour, Role.MENTEE, answers={"why": "Un mot unique"})
    Concern.objects.create(
        programme=cohort.programme,
        enrolment=enrolment,
        kind=ConcernKind.HELP,
        message="Un secret unique",
        raised_at=AT,
    )
    client.force_login(alix)

    page = client.get(_address(cohort)).content.decode()

    assert "1 demande d&#x27;aide à traiter" in page
    assert "unique" not in page


def test_the_page_asks_the_database_as_often_for_thirty_as_for_three(client, alix, cohort):
    clock.advance_to(datetime(2100, 1, 1, tzinfo=UTC))
    client.force_login(alix)
    for index in range(3):
        a_pair(cohort, index)
    client.get(_address(cohort))
    few = queries_of(lambda: client.get(_address(cohort)))

    for index in range(3, 30):
        a_pair(cohort, index)

    assert queries_of(lambda: client.get(_address(cohort))) == few


def _address(cohort) -> str:
    programme = cohort.programme
    return reverse("reporting:dashboard", args=[programme.organisation.slug, programme.slug])


def test_a_convention_waits_for_the_association_once_the_two_have_signed(
    organisation, alix, camille, nour
):
    parties = [
        {"kind": "mentor"},
        {"kind": "mentee"},
        {"kind": "organisation", "order": 2},
    ]
    document = {"agreement": {"kind": "convention", "parties": parties}}
    cohort = make_cohort(make_programme(organisation, document))
    make_coordinator(cohort.programme, alix, may_sign=True)
    pair = make_accepted_pair(
        make_enrolment(cohort, camille, Role.MENTOR),
        make_enrolment(cohort, nour, Role.MENTEE),
        by=alix,
    )
    awaited = "1 binôme dont l'accord est attendu"

    before = sentences(cohort, alix)
    convention = pair.conventions.get()
    for person in (camille, nour):
        party = convention.parties.get(person=person)
        sign(convention, party, by=person, at=AT)

    assert before == [awaited]
    assert sentences(cohort, alix) == ["1 convention à signer pour l'association", awaited]
