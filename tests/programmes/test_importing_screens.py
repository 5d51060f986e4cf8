"""The import on screen, step by step, as Alix goes through it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from notifications.models import OutboxMessage
from people import clock
from people.models import Organisation, OrganisationRole, Person
from people.spreadsheets import read_table
from programmes.enums import EnrolmentState
from programmes.models import Cohort, Coordinator, Enrolment, ImportDraft
from programmes.policy.terms import Role
from tests.factories.imports import import_rows, make_import_draft
from tests.factories.lists import as_csv, civil_servants, make_civil_service
from tests.factories.programmes import make_cohort, make_programme

pytestmark = pytest.mark.django_db


@pytest.fixture
def cohort(organisation: Organisation, alix: Person, client: Client) -> Cohort:
    cohort = make_cohort(make_civil_service(organisation))
    Coordinator.objects.create(programme=cohort.programme, person=alix)
    client.force_login(alix)
    return cohort


def upload(client: Client, cohort: Cohort, content: bytes, role: Role = Role.MENTOR) -> str:
    """Send a list and return the address of the next step."""
    file = SimpleUploadedFile("liste.csv", content)
    response = client.post(
        reverse("programmes:import", args=[cohort.pk]), {"role": role, "file": file}
    )
    assert response.status_code == 302
    return response["Location"]


def guessed(client: Client, address: str) -> dict[str, str]:
    """What the form of the columns proposes."""
    form = client.get(address).context["form"]
    return {name: str(form[name].value()) for name in form.fields if form[name].value()}


def test_alix_imports_a_list_and_then_invites_its_people(client: Client, cohort: Cohort) -> None:
    columns = upload(client, cohort, as_csv(civil_servants(Role.MENTOR, 6)))
    draft = ImportDraft.objects.get()
    to_preview = client.post(columns, guessed(client, columns))
    preview = client.get(to_preview["Location"])
    done = client.post(to_preview["Location"], {"admit": "on"}, follow=True)
    imported = client.post(reverse("programmes:import_welcome", args=[cohort.pk]), follow=True)

    assert to_preview["Location"] == reverse("programmes:import_preview", args=[draft.pk])
    assert [line for line, _cells in preview.context["preview"].rows] == [2, 3, 4, 5, 6]
    assert dict(preview.context["preview"].rows[2][1]) == {
        "Prénom": "mentor",
        "Nom": "002",
        "Adresse e-mail": "mentor.002@example.org",
        "Intitulé du poste": "Some role",
        "Grade": "SEO",
        "Ministère": "Ministry of Truth",
        "Métier": "DDaT",
    }
    assert done.redirect_chain == [(reverse("programmes:imported", args=[cohort.pk]), 302)]
    assert Enrolment.objects.filter(state=EnrolmentState.ADMITTED).count() == 6
    assert OutboxMessage.objects.filter(kind="imported_welcome").count() == 6
    assert imported.context["on_their_way"] == 6

    OutboxMessage.objects.update(state="sent", sent_at=clock.now())

    assert client.get(reverse("programmes:imported", args=[cohort.pk])).context["on_their_way"] == 0


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"%PDF-1.7", "C'est un PDF, pas un tableau."),
        (b"PK\x03\x04 nothing", "Le fichier est abîmé ou incomplet."),
        (b"  \n ", "Le fichier est vide."),
        (b"x" * 5_000_001, "la limite est de 5 Mo"),
    ],
)
def test_a_file_that_is_no_list_is_refused_with_a_sentence(
    client: Client, cohort: Cohort, content: bytes, sentence: str
) -> None:
    file = SimpleUploadedFile("liste.csv", content)

    response = client.post(
        reverse("programmes:import", args=[cohort.pk]), {"role": "mentor", "file": file}
    )

    assert response.status_code == 422
    assert sentence in response.context["form"].errors["file"][0]
    assert ImportDraft.objects.count() == 0


def test_a_sensitive_column_is_refused_until_it_is_asked_for_with_a_reason(
    client: Client, cohort: Cohort
) -> None:
    columns = upload(client, cohort, as_csv(civil_servants(Role.MENTOR, 4)))
    choices = guessed(client, columns) | {"target_8": "question:biography"}

    refused = client.post(columns, choices)
    unexplained = client.post(columns, choices | {"ask_8": "on"})
    accepted = client.post(columns, choices | {"ask_8": "on", "why_8": "Avec leur accord."})

    assert (refused.status_code, unexplained.status_code, accepted.status_code) == (422, 422, 302)
    assert "article 9" in refused.context["form"].non_field_errors()[0]
    assert ImportDraft.objects.get().decisions["sensitive"] == [[8, "Avec leur accord."]]


def test_a_text_that_repeats_what_is_refused_needs_a_tick(client: Client, cohort: Cohort) -> None:
    columns = upload(client, cohort, as_csv(civil_servants(Role.MENTOR, 4)))
    choices = guessed(client, columns) | {"target_9": "question:biography"}

    refused = client.post(columns, choices)
    confirmed = client.post(columns, choices | {"keep_9": "on"})

    assert "répète « characteristics »" in refused.context["form"].non_field_errors()[0]
    assert confirmed.status_code == 302


def test_nothing_that_is_refused_is_shown_as_an_example(client: Client, cohort: Cohort) -> None:
    rows = civil_servants(Role.MENTOR, 4)
    columns = upload(client, cohort, as_csv(rows))

    page = client.get(columns).content.decode()

    assert rows[1][8] == "Gay"
    assert "Gay" not in page


def test_two_columns_cannot_become_the_same(client: Client, cohort: Cohort) -> None:
    columns = upload(client, cohort, as_csv(civil_servants(Role.MENTOR, 1)))

    response = client.post(columns, guessed(client, columns) | {"target_3": "question:grade"})

    assert response.context["form"].errors["target_5"] == [
        "C'est déjà ce que devient la colonne « both mentor and mentee »."
    ]


def test_wrong_lines_stop_everything_or_are_left_for_later(client: Client, cohort: Cohort) -> None:
    rows = civil_servants(Role.MENTOR, 3)
    rows[1][5] = "Grade 9"
    columns = upload(client, cohort, as_csv(rows))
    preview = client.post(columns, guessed(client, columns))["Location"]

    refused = client.post(preview, {})
    before = client.get(reverse("programmes:import_rejects", args=[ImportDraft.objects.get().pk]))
    client.post(preview, {"only_valid": "on"})
    after = client.get(reverse("programmes:import_rejects", args=[ImportDraft.objects.get().pk]))

    assert refused.status_code == 422
    assert [str(one) for one in refused.context["page"]] == [
        "ligne 3, colonne F : « Grade 9 » n'est pas dans la liste : AA, AO, EO, HEO, SEO, "
        "Grade 7, Grade 6, SCS1, SCS2, SCS3 et 1 autre."
    ]
    assert before.content == after.content
    assert [row[0] for row in read_table(after.content).rows] == ["3"]
    assert Enrolment.objects.count() == 2


def test_lines_that_lack_answers_alone_are_told_and_how_to_take_them_in(
    client: Client, cohort: Cohort
) -> None:
    rows = civil_servants(Role.MENTOR, 3)
    rows[0][5] = rows[1][5] = ""  # no grade, which the questionnaire asks for
    rows[1][2] = "no-address"
    columns = upload(client, cohort, as_csv(rows))

    preview = client.post(columns, guessed(client, columns), follow=True)

    assert preview.context["lacking"] == 1
    assert "il ne manque que des réponses au questionnaire" in preview.content.decode()
    again = client.post(columns, guessed(client, columns) | {"incomplete": "on"}, follow=True)
    assert again.context["lacking"] == 0
    assert len(again.context["plan"].people) == 2


def test_a_list_imported_once_is_not_there_to_import_again(client: Client, cohort: Cohort) -> None:
    columns = upload(client, cohort, as_csv(civil_servants(Role.MENTOR, 1)))
    preview = client.post(columns, guessed(client, columns))["Location"]
    client.post(preview, {})

    again = client.post(preview, {})

    assert again.status_code == 404
    assert Enrolment.objects.count() == 1


def test_what_someone_was_admitted_without_is_said_line_by_line(
    client: Client, organisation: Organisation, alix: Person
) -> None:
    """P1: an alumnus and member."""
    document = {"membership": {"mentor": "alumnus"}}
    cohort = make_cohort(make_programme(organisation, document))
    Coordinator.objects.create(programme=cohort.programme, person=alix)
    client.force_login(alix)
    import_rows(
        cohort,
        [("Camille", "Moreau", "camille@example.org")],
        headings=("Prénom", "Nom", "Courriel"),
        admit=True,
    )

    response = client.get(reverse("programmes:imported", args=[cohort.pk]))

    assert [sentences for _enrolment, sentences in response.context["waiting"]] == [
        ["Il faut être ancien élève et adhérent de l'association ; ce n'est pas connu de l'équipe."]
    ]


STEPS = ("import_columns", "import_preview", "import_rejects")


@pytest.mark.parametrize("name", STEPS)
def test_a_list_is_read_by_nobody_else(
    client: Client, cohort: Cohort, alix: Person, robin: Person, sacha: Person, name: str
) -> None:
    """Not by another association's coordinator, nor by a colleague in the same programme."""
    address = reverse(f"programmes:{name}", args=[make_import_draft(cohort, alix).pk])
    OrganisationRole.objects.create(
        organisation=cohort.programme.organisation, person=sacha, kind="manager"
    )
    own = client.get(address)

    for person in (robin, sacha):
        client.force_login(person)
        assert client.get(address).status_code == 404
    assert own.status_code == 200


@pytest.mark.parametrize("name", STEPS)
def test_a_list_is_gone_after_a_day(
    client: Client, cohort: Cohort, alix: Person, name: str
) -> None:
    address = reverse(f"programmes:{name}", args=[make_import_draft(cohort, alix).pk])

    clock.advance_to(clock.now() + timedelta(hours=25))

    assert client.get(address).status_code == 404


def test_a_list_is_gone_when_its_sender_leaves_the_team(
    client: Client, cohort: Cohort, alix: Person
) -> None:
    draft = make_import_draft(cohort, alix)
    Coordinator.objects.all().delete()

    assert client.get(reverse("programmes:import_preview", args=[draft.pk])).status_code == 404


def test_a_list_may_be_given_up(client: Client, cohort: Cohort, alix: Person) -> None:
    draft = make_import_draft(cohort, alix)

    client.post(reverse("programmes:import_discard", args=[draft.pk]))

    assert ImportDraft.objects.count() == 0


def test_the_pages_ask_no_more_of_the_database_with_thirty_people(
    client: Client,
    cohort: Cohort,
    django_assert_max_num_queries: DjangoAssertNumQueries,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    import_rows(cohort, civil_servants(Role.MENTOR, 3))
    addresses = [reverse(f"programmes:{name}", args=[cohort.pk]) for name in ("import", "imported")]
    for address in addresses:
        client.get(address)
    with django_assert_max_num_queries(50) as few:
        for address in addresses:
            client.get(address)
    import_rows(cohort, civil_servants(Role.MENTEE, 30), Role.MENTEE)

    with django_assert_num_queries(len(few)):
        for address in addresses:
            client.get(address)
