"""A list between its upload and its import, and the mail that the team sends afterwards."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from notifications import rendering
from notifications.messages import restore
from notifications.models import OutboxMessage
from people.models import Organisation, Person
from people.spreadsheets import read_table
from programmes.models import Cohort, Enrolment, ImportDraft
from programmes.policy.terms import Role
from programmes.queries.importing import imported_and_not_written_to
from programmes.services import enrolments, importing
from programmes.services.catalogue import preset_files
from tests.factories.imports import decide, import_rows
from tests.factories.lists import as_csv, civil_servants, make_civil_service
from tests.factories.people import make_person
from tests.factories.programmes import AT, make_cohort, make_preset

PRESETS = [path.stem for path in preset_files()]

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


def keep(cohort: Cohort, by: Person, **changes: object) -> ImportDraft:
    values = {"role": Role.MENTOR, "filename": "liste.csv", "content": b"x", "at": AT}
    return importing.keep_list(cohort, by=by, **(values | changes))


def test_a_list_that_nobody_imports_is_forgotten_after_four_hours(
    cohort: Cohort, alix: Person
) -> None:
    keep(cohort, alix)

    assert importing.forget_expired(at=AT + timedelta(hours=3, minutes=59)) == 0
    assert importing.forget_expired(at=AT + timedelta(hours=4)) == 1
    assert ImportDraft.objects.count() == 0


def test_a_list_sent_again_replaces_the_one_that_was_not_imported(
    cohort: Cohort, alix: Person, nour: Person
) -> None:
    keep(cohort, alix, filename="ancienne.csv")
    keep(cohort, alix, filename="autre-role.csv", role=Role.MENTEE)
    keep(cohort, nour, filename="d-une-autre.csv")

    keep(cohort, alix, filename="nouvelle.csv", at=AT + timedelta(minutes=5))

    kept = ImportDraft.objects.order_by("pk").values_list("filename", flat=True)
    assert list(kept) == ["autre-role.csv", "d-une-autre.csv", "nouvelle.csv"]


def test_sending_a_list_also_forgets_those_whose_time_has_passed(
    cohort: Cohort, alix: Person, nour: Person
) -> None:
    keep(cohort, nour, filename="oubliée.csv")

    keep(cohort, alix, at=AT + timedelta(hours=5))

    assert ImportDraft.objects.get().person == alix


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


@pytest.mark.parametrize("preset", PRESETS)
def test_the_mail_names_the_programme_and_the_way_in(
    organisation: Organisation, alix: Person, preset: str
) -> None:
    cohort = make_cohort(make_preset(organisation, preset))
    import_rows(
        cohort,
        [("Nour", "Haddad", "nour@example.org")],
        Role.MENTEE,
        headings=("Prénom", "Nom", "Courriel"),
        incomplete=True,
    )
    importing.welcome_imported(cohort, by=alix, at=AT)
    row = OutboxMessage.objects.get()

    texts = rendering.render(
        restore(row.kind, row.payload), recipient=row.recipient, organisation=organisation
    )

    _head, page = texts.html.split("</head>")
    assert set("{}|") & set(texts.subject + texts.body + page) == set()
    assert "Bonjour Nour," in texts.body
    assert cohort.programme.name in texts.body
    assert "(nour@example.org)" in texts.body
    assert "http://testserver/compte/login/code/" in texts.body
    assert "la candidature" in texts.body
    assert "\n\n\n" not in texts.body


def test_who_left_the_programme_since_is_not_written_to(cohort: Cohort, alix: Person) -> None:
    import_rows(cohort, civil_servants(Role.MENTOR, 1))
    importing.welcome_imported(cohort, by=alix, at=AT)
    row = OutboxMessage.objects.get()
    enrolments.withdraw(Enrolment.objects.get(), by=alix, at=AT)

    assert not restore(row.kind, row.payload).is_still_due(AT)


def test_someone_imported_comes_in_by_a_code_and_needs_no_password(
    client: Client, cohort: Cohort
) -> None:
    import_rows(cohort, civil_servants(Role.MENTOR, 1))
    address = {"email": "mentor.000@example.org"}

    client.post(reverse("account_request_login_code"), address)
    code = str(mail.outbox[0].body).split("\n\n")[2].strip()
    client.post(reverse("account_confirm_login_code"), {"code": code})

    person = Person.objects.get(**address)
    assert client.session["_auth_user_id"] == str(person.pk)
    assert person.emailaddress_set.get().verified
