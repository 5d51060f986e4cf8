"""A list between its upload and its import, and the mail that the team sends afterwards."""

from __future__ import annotations

from datetime import timedelta

import pytest

from notifications.models import OutboxMessage
from people.models import Organisation, Person
from people.spreadsheets import read_table
from programmes.models import Cohort, Enrolment, ImportDraft
from programmes.policy.terms import Role
from programmes.queries.importing import imported_and_not_written_to
from programmes.services import enrolments, importing
from tests.factories.imports import decide, import_rows
from tests.factories.lists import as_csv, civil_servants, make_civil_service
from tests.factories.people import make_person
from tests.factories.programmes import AT, make_cohort

pytestmark = pytest.mark.django_db


@pytest.fixture
def cohort(organisation: Organisation) -> Cohort:
    return make_cohort(make_civil_service(organisation))


def test_a_list_kept_is_imported_once_and_its_file_is_then_gone(
    cohort: Cohort, alix: Person
) -> None:
    rows = civil_servants(Role.MENTOR, 3)
    rows[0][5] = "Grade 9"
    content = as_csv(rows)
    draft = importing.keep_list(
        cohort, role=Role.MENTOR, filename="liste.csv", content=content, by=alix, at=AT
    )
    table = read_table(content)
    importing.decide_columns(draft, decisions=decide(cohort, table, Role.MENTOR))

    imported = importing.import_draft(draft, only_valid=True, admit=False, by=alix, at=AT)

    draft.refresh_from_db()
    assert imported.entered == 2
    assert (bytes(draft.content), draft.completed_at) == (b"", AT)
    assert "Grade 9" in bytes(draft.rejects).decode()
    with pytest.raises(importing.ImpossibleTransition):
        importing.import_draft(draft, only_valid=True, admit=False, by=alix, at=AT)


def test_a_list_that_nobody_imports_is_forgotten_after_a_day(cohort: Cohort, alix: Person) -> None:
    importing.keep_list(
        cohort, role=Role.MENTOR, filename="liste.csv", content=b"x", by=alix, at=AT
    )

    assert importing.forget_expired(at=AT + timedelta(hours=23)) == 0
    assert importing.forget_expired(at=AT + timedelta(hours=24)) == 1
    assert ImportDraft.objects.count() == 0


def test_everyone_imported_is_written_to_once_when_the_team_asks(
    cohort: Cohort, alix: Person
) -> None:
    mentors, mentees = civil_servants(Role.MENTOR, 2), civil_servants(Role.MENTEE, 2)
    mentees[0][2] = mentors[0][2]
    import_rows(cohort, mentors)
    import_rows(cohort, mentees, Role.MENTEE)
    withdrawn = Enrolment.objects.get(person__email=mentors[1][2])
    enrolments.withdraw(withdrawn, by=alix, at=AT)

    first = importing.welcome_imported(cohort, by=alix, at=AT)
    second = importing.welcome_imported(cohort, by=alix, at=AT)

    assert (first, second) == (2, 0)
    assert sorted(OutboxMessage.objects.values_list("recipient__email", flat=True)) == [
        mentees[1][2],
        mentors[0][2],
    ]
    assert imported_and_not_written_to(cohort).count() == 0


def test_only_those_of_the_list_are_written_to(cohort: Cohort, alix: Person) -> None:
    make_person("Autre", "Personne")
    import_rows(cohort, civil_servants(Role.MENTOR, 1))

    assert importing.welcome_imported(cohort, by=alix, at=AT) == 1
