"""What one does not coordinate is not there."""

import pytest
from django.urls import reverse

from programmes.enums import ConcernKind
from programmes.models import Concern
from programmes.policy.terms import Role
from programmes.services.pairs import draft_pair
from tests.factories.programmes import AT, make_cohort, make_enrolment, make_programme
from tests.factories.team import make_coordinator


@pytest.fixture
def programme(organisation, alix):
    programme = make_programme(organisation)
    make_coordinator(programme, alix)
    return programme


@pytest.fixture
def cohort(programme):
    return make_cohort(programme)


@pytest.fixture
def pair(cohort, camille, nour, alix):
    mentor = make_enrolment(cohort, camille, Role.MENTOR)
    return draft_pair(mentor, make_enrolment(cohort, nour, Role.MENTEE), by=alix, at=AT)


@pytest.fixture
def addresses(programme, cohort, pair):
    """Every page of the team about one programme."""
    of_programme = [programme.organisation.slug, programme.slug]
    concern = Concern.objects.create(
        programme=programme,
        enrolment=pair.mentee,
        pair=pair,
        kind=ConcernKind.HELP,
        message="Peut-on en parler ?",
        raised_at=AT,
    )
    return [
        reverse("reporting:dashboard", args=of_programme),
        *(reverse(f"programmes:{name}", args=of_programme) for name in ("concerns", "members")),
        *(
            reverse(f"programmes:{name}", args=[cohort.pk])
            for name in ("cohort_enrolments", "cohort_pairs", "draft_pair", "invite")
        ),
        *(
            reverse(f"programmes:{name}", args=[pair.mentor_id])
            for name in ("decide", "exclude", "team_withdraw", "membership")
        ),
        *(reverse(f"programmes:{name}", args=[pair.pk]) for name in ("team_pair", "cancel_pair")),
        reverse("programmes:concern", args=[concern.pk]),
    ]


def statuses(client, person, addresses) -> set[int]:
    client.force_login(person)
    return {client.get(address).status_code for address in addresses}


def test_the_team_sees_its_programme(client, alix, addresses):
    assert statuses(client, alix, addresses) == {200}


def test_a_coordinator_elsewhere_does_not(client, robin, other_organisation, addresses):
    make_coordinator(make_programme(other_organisation), robin)

    assert statuses(client, robin, addresses) == {404}


def test_nor_does_the_coordinator_of_another_programme_of_the_association(
    client, sacha, organisation, addresses
):
    other = make_programme(organisation, {"programme": {"name": "Autre", "slug": "autre"}})
    make_coordinator(other, sacha)

    assert statuses(client, sacha, addresses) == {404}


def test_nor_do_those_who_take_part(client, nour, addresses):
    assert statuses(client, nour, addresses) == {404}


def test_nor_does_the_platforms_administrator(client, sacha, addresses):
    sacha.is_staff = sacha.is_superuser = True
    sacha.save()

    assert statuses(client, sacha, addresses) == {404}


def test_visitors_are_asked_to_log_in(client, addresses):
    for address in addresses:
        response = client.get(address)
        assert response.status_code == 302
        assert response.url.startswith(reverse("account_login"))


def test_the_only_programme_opens_at_once(client, alix, programme):
    client.force_login(alix)

    response = client.get(reverse("programmes:workspace"))

    assert response.url == reverse(
        "reporting:dashboard", args=[programme.organisation.slug, programme.slug]
    )


def test_programmes_of_several_associations_stand_side_by_side(
    client, alix, programme, other_organisation
):
    make_coordinator(make_programme(other_organisation), alix)
    client.force_login(alix)

    page = client.get(reverse("programmes:workspace")).content.decode()

    assert "Les Ponts du Savoir" in page
    assert "Réseau Horizon" in page


def test_who_coordinates_nothing_is_told_so(client, nour):
    client.force_login(nour)

    page = client.get(reverse("programmes:workspace")).content.decode()

    assert "Aucun programme à coordonner" in page
