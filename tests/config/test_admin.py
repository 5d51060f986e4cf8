"""The platform's admin speaks French for what others made too, and keeps second factors secret."""

import pytest
from allauth.mfa.models import Authenticator
from django.contrib import admin
from django.test import Client
from django.urls import reverse

from matching.models import Run
from matching.services.runs import keep_run
from people.models import Organisation, OrganisationRole, Person
from programmes.models import Enrolment, Invitation, JournalEntry
from tests.factories.matching import make_mentee, make_mentor, make_pool
from tests.factories.programmes import AT

SECRET = "JBSWY3DPEHPK3PXP"

pytestmark = pytest.mark.django_db


@pytest.fixture
def administrator(client: Client, sacha: Person) -> Client:
    sacha.is_staff = sacha.is_superuser = True
    sacha.save()
    client.force_login(sacha)
    return client


@pytest.mark.parametrize(
    ("model", "field", "name"),
    [
        (Enrolment, "person", "personne"),
        (Enrolment, "cohort", "campagne"),
        (Run, "cohort", "campagne"),
        (Invitation, "invited_by", "invitée par"),
        (JournalEntry, "actor", "par"),
        (Authenticator, "user", "compte"),
    ],
)
def test_a_relation_is_called_what_it_leads_to(model, field, name) -> None:
    assert model in admin.site._registry
    assert str(model._meta.get_field(field).verbose_name) == name


def test_the_index_names_every_part_in_french(administrator: Client) -> None:
    page = administrator.get(reverse("admin:index")).content.decode()

    assert "Double authentification" in page
    assert "Seconds facteurs" in page
    assert "Authenticator" not in page


def test_every_field_of_a_row_below_another_is_labelled(
    administrator: Client, organisation: Organisation, alix: Person
) -> None:
    OrganisationRole.objects.create(organisation=organisation, person=alix)
    address = reverse("admin:people_organisation_change", args=[organisation.pk])

    page = administrator.get(address).content.decode()

    assert all(f'for="id_roles-0-{field}"' in page for field in ("person", "kind", "DELETE"))


def test_a_second_factor_can_be_taken_away_but_not_read(
    administrator: Client, camille: Person
) -> None:
    factor = Authenticator.objects.create(user=camille, type="totp", data={"secret": SECRET})
    address = reverse("admin:mfa_authenticator_change", args=[factor.pk])

    page = administrator.get(address).content.decode()
    administrator.post(reverse("admin:mfa_authenticator_delete", args=[factor.pk]), {"post": "yes"})

    assert "Camille Moreau" in page
    assert SECRET not in page
    assert administrator.get(reverse("admin:mfa_authenticator_add")).status_code == 403
    assert not Authenticator.objects.exists()


def test_a_run_is_read_without_whom_it_matched_and_changed_by_nobody(
    administrator: Client, organisation: Organisation, alix: Person, camille: Person, nour: Person
) -> None:
    cohort = make_pool(organisation, alix)
    make_mentor(cohort, camille)
    make_mentee(cohort, nour)
    run = keep_run(cohort, by=alix, at=AT)
    address = reverse("admin:matching_run_change", args=[run.pk])

    page = administrator.get(address).content.decode()
    listed = administrator.get(reverse("admin:matching_run_changelist")).content.decode()

    assert ("Alix Bernard" in page, "Alix Bernard" in listed) == (True, True)
    assert "points" not in page and "result" not in page
    assert administrator.post(address, {}).status_code == 403
