"""Importing a list: everyone or nobody, nobody twice, nobody written to, no account revealed."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from django.db import connection
from pytest_django import DjangoAssertNumQueries

from notifications.models import OutboxMessage
from people.models import Membership, Organisation, Person
from programmes.enums import EnrolmentState
from programmes.models import Cohort, Enrolment, JournalEntry
from programmes.policy.terms import Role
from programmes.services import enrolments
from programmes.services.importing import NothingImported
from tests.factories.imports import import_rows
from tests.factories.lists import civil_servants, make_civil_service
from tests.factories.programmes import AT, make_cohort, make_preset, make_programme

pytestmark = pytest.mark.django_db


@pytest.fixture
def cohort(organisation: Organisation) -> Cohort:
    return make_cohort(make_civil_service(organisation))


def test_people_are_entered_with_account_membership_and_answers_and_nobody_is_written_to(
    cohort: Cohort, alix: Person
) -> None:
    imported = import_rows(cohort, civil_servants(Role.MENTOR, 3), by=alix)

    enrolment = Enrolment.objects.get(person__email="mentor.001@example.org")
    assert (imported.entered, imported.to_examine) == (3, 3)
    assert (enrolment.person.first_name, enrolment.person.last_name) == ("mentor", "001")
    assert not enrolment.person.has_usable_password()
    assert (enrolment.state, enrolment.submitted_at) == (EnrolmentState.SUBMITTED, AT)
    assert enrolment.answers["grade"] == "heo"
    assert Membership.objects.filter(organisation=cohort.programme.organisation).count() == 3
    assert OutboxMessage.objects.count() == 0


def test_one_wrong_line_and_nothing_at_all_is_imported(cohort: Cohort) -> None:
    rows = civil_servants(Role.MENTOR, 3)
    rows[2][5] = "Grade 9"

    with pytest.raises(NothingImported) as refusal:
        import_rows(cohort, rows)

    assert [problem.line for problem in refusal.value.plan.problems] == [4]
    assert (Enrolment.objects.count(), Membership.objects.count()) == (0, 0)
    assert Person.objects.filter(email__startswith="mentor").count() == 0


def test_the_lines_without_a_mistake_alone_when_the_team_says_so(cohort: Cohort) -> None:
    rows = civil_servants(Role.MENTOR, 3)
    rows[2][5] = "Grade 9"

    imported = import_rows(cohort, rows, only_valid=True)

    assert imported.entered == 2
    entry = JournalEntry.objects.get(event="people_imported")
    assert entry.facts == {
        "cohort": "2026",
        "role": "mentor",
        "entered": 2,
        "left_out": 1,
        "sensitive": [],
    }


def test_a_sensitive_column_that_was_asked_for_is_on_the_record(
    cohort: Cohort, alix: Person
) -> None:
    import_rows(
        cohort,
        civil_servants(Role.MENTOR, 2),
        by=alix,
        mapped=["characteristics=Présentation"],
        sensitive=["characteristics"],
        reason="Avec l'accord écrit de chacun.",
    )

    entry = JournalEntry.objects.get(event="people_imported")
    assert entry.actor == alix
    assert entry.facts["sensitive"] == [
        {"heading": "characteristics", "reason": "Avec l'accord écrit de chacun."}
    ]
    assert Enrolment.objects.filter(answers__biography="Gay").count() == 1


def test_an_account_known_elsewhere_is_enrolled_and_stays_as_it_is(
    cohort: Cohort, sacha: Person
) -> None:
    password = sacha.password
    rows = civil_servants(Role.MENTOR, 1)
    rows[0][:3] = ["Alexandra", "Grand", "SACHA.petit@example.org"]

    imported = import_rows(cohort, rows)

    sacha.refresh_from_db()
    assert imported.entered == 1
    assert (str(sacha), sacha.password) == ("Sacha Petit", password)
    assert Enrolment.objects.get().person == sacha


def test_one_person_may_be_in_both_lists_in_either_role(cohort: Cohort) -> None:
    mentors, mentees = civil_servants(Role.MENTOR, 1), civil_servants(Role.MENTEE, 1)
    mentees[0][2] = mentors[0][2]

    import_rows(cohort, mentors)
    import_rows(cohort, mentees, Role.MENTEE)

    assert Person.objects.filter(enrolments__cohort=cohort).distinct().count() == 1
    assert sorted(Enrolment.objects.values_list("role", flat=True)) == ["mentee", "mentor"]


def test_those_against_whom_nothing_stands_are_admitted_and_the_others_wait(
    organisation: Organisation,
) -> None:
    """P2: paid up on the day of the import."""
    programme = make_programme(organisation, {"membership": {"mentor": "paid_up"}})
    cohort = make_cohort(programme)
    headings = ("Prénom", "Nom", "Courriel", "Cotisation jusqu'au")
    rows = [
        ("Camille", "Moreau", "camille@example.org", "31/12/2026"),
        ("Nour", "Haddad", "nour@example.org", "31/12/2025"),
    ]

    imported = import_rows(cohort, rows, headings=headings, admit=True)

    standing = Membership.objects.get(person__email="camille@example.org").paid_periods.get()
    assert (standing.starts_on, standing.ends_on) == (AT.date(), date(2026, 12, 31))
    assert (imported.admitted, imported.to_examine) == (1, 1)
    assert dict(Enrolment.objects.values_list("person__first_name", "state")) == {
        "Camille": EnrolmentState.ADMITTED,
        "Nour": EnrolmentState.SUBMITTED,
    }
    assert JournalEntry.objects.get(event="enrolment_admitted").enrolment is not None
    assert OutboxMessage.objects.count() == 0


def test_what_the_association_knew_of_a_member_is_completed_not_replaced(
    organisation: Organisation, nour: Person
) -> None:
    cohort = make_cohort(make_preset(organisation, "ponts-alumni"))
    Membership.objects.create(organisation=organisation, person=nour, number="A-1")
    headings = ("Prénom", "Nom", "Courriel", "Numéro d'adhérent", "Date d'adhésion")
    rows = [("Nour", "Haddad", nour.email, "B-2", "01/09/2020")]

    import_rows(cohort, rows, Role.MENTEE, headings=headings, incomplete=True)

    membership = Membership.objects.get()
    assert (membership.number, membership.joined_on) == ("A-1", date(2020, 9, 1))


def test_what_only_the_person_can_give_leaves_a_draft_that_waits_for_them(
    organisation: Organisation,
) -> None:
    """I3: nobody accepts a charter for someone else."""
    cohort = make_cohort(make_preset(organisation, "wementoring"))
    headings = ("Prénom", "Nom", "Courriel")

    imported = import_rows(
        cohort,
        [("Nour", "Haddad", "nour@example.org")],
        Role.MENTEE,
        headings=headings,
        incomplete=True,
        admit=True,
    )

    enrolment = Enrolment.objects.get()
    assert (imported.to_complete, imported.admitted) == (1, 0)
    assert (enrolment.state, enrolment.submitted_at) == (EnrolmentState.DRAFT, None)


def test_who_was_excluded_does_not_come_back_by_a_list(cohort: Cohort, alix: Person) -> None:
    """K1."""
    rows = civil_servants(Role.MENTOR, 1)
    import_rows(cohort, rows)
    enrolments.exclude(Enrolment.objects.get(), by=alix, at=AT, reason="Démarchage.")
    next_cohort = make_cohort(cohort.programme, slug="2027", name="2027")

    with pytest.raises(NothingImported) as refusal:
        import_rows(next_cohort, rows)

    assert [str(problem) for problem in refusal.value.plan.problems] == [
        "ligne 2, colonne C : Cette personne a été exclue définitivement des programmes de "
        "l'association."
    ]


@pytest.mark.postgresql  # SQLite writes by smaller lots
def test_a_hundred_people_cost_as_many_queries_as_three(
    cohort: Cohort, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(24):
        import_rows(cohort, civil_servants(Role.MENTOR, 3), admit=True)

    with django_assert_num_queries(24):
        import_rows(cohort, civil_servants(Role.MENTEE, 100), Role.MENTEE, admit=True)

    assert Enrolment.objects.filter(state=EnrolmentState.ADMITTED).count() == 103


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_two_coordinators_who_import_the_same_list_at_once_enter_nobody_twice(
    cohort: Cohort,
) -> None:
    rows = civil_servants(Role.MENTOR, 30)

    def run(_number: int) -> int:
        try:
            return import_rows(cohort, rows).entered
        except NothingImported:
            return 0
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as together:
        entered = sorted(together.map(run, range(2)))

    assert entered == [0, 30]
    assert Enrolment.objects.count() == 30
