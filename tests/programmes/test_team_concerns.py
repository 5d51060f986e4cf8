"""What people tell the team (K1, K5)."""

import pytest
from django.urls import reverse

from notifications.models import OutboxMessage
from programmes.enums import ConcernKind, ConcernState
from programmes.models import Concern
from programmes.policy.terms import Role
from programmes.services import enrolments
from programmes.services.concerns import raise_concern
from tests.factories.programmes import (
    AT,
    make_cohort,
    make_enrolment,
    make_programme,
    make_running_pair,
)
from tests.factories.team import make_coordinator


@pytest.fixture
def concern(organisation, alix, camille, nour):
    programme = make_programme(organisation)
    make_coordinator(programme, alix)
    cohort = make_cohort(programme)
    pair = make_running_pair(
        make_enrolment(cohort, camille, Role.MENTOR),
        make_enrolment(cohort, nour, Role.MENTEE),
        by=alix,
    )
    return Concern.objects.create(
        programme=programme,
        enrolment=pair.mentee,
        pair=pair,
        kind=ConcernKind.CONDUCT,
        message="On me propose d'acheter une formation.",
        raised_at=AT,
    )


def address(concern) -> str:
    return reverse("programmes:concern", args=[concern.pk])


def list_address(concern) -> str:
    programme = concern.programme
    return reverse("programmes:concerns", args=[programme.organisation.slug, programme.slug])


def test_the_team_takes_it_in_hand_then_closes_it_with_what_came_of_it(client, alix, concern):
    client.force_login(alix)

    client.post(address(concern), {"take": "1"})
    concern.refresh_from_db()
    assert concern.state == ConcernState.IN_HAND

    assert client.post(address(concern), {"outcome": ""}).status_code == 422
    client.post(address(concern), {"outcome": "Entretien avec les deux."})
    concern.refresh_from_db()
    assert (concern.state, concern.outcome, concern.closed_by) == (
        ConcernState.CLOSED,
        "Entretien avec les deux.",
        alix,
    )


def test_it_leads_to_freezing_the_pair_and_to_excluding(client, alix, concern):
    client.force_login(alix)

    page = client.get(address(concern)).content.decode()

    assert "On me propose d&#x27;acheter une formation." in page
    assert reverse("programmes:team_pair", args=[concern.pair_id]) in page
    assert reverse("programmes:exclude", args=[concern.pair.mentor_id]) in page


def test_a_coordinator_who_is_one_of_the_two_does_not_see_it(client, camille, concern):
    make_coordinator(concern.programme, camille)
    client.force_login(camille)

    assert client.get(address(concern)).status_code == 404
    assert list(client.get(list_address(concern)).context["page"]) == []


def test_open_and_closed_ones_stand_apart(client, alix, concern):
    client.force_login(alix)

    def listed(**filters: str) -> list[Concern]:
        return list(client.get(list_address(concern), filters).context["page"])

    assert (listed(), listed(state="closed")) == ([concern], [])
    client.post(address(concern), {"outcome": "Réglé."})
    assert (listed(), listed(state="closed")) == ([], [concern])


@pytest.mark.parametrize("names_the_pair", [True, False])
def test_a_mentor_who_coordinates_never_reads_what_the_mentee_tells(
    client, camille, concern, names_the_pair
):
    make_coordinator(concern.programme, camille)
    OutboxMessage.objects.all().delete()
    told = raise_concern(
        concern.enrolment,
        kind=ConcernKind.CONDUCT,
        message="C'est à propos de Camille.",
        pair=concern.pair if names_the_pair else None,
        at=AT,
    )

    client.force_login(camille)
    assert client.get(address(told)).status_code == 404
    assert "Nour" not in client.get(list_address(told)).content.decode()
    assert [row.recipient.first_name for row in OutboxMessage.objects.all()] == ["Alix"]


def test_the_page_names_only_those_who_will_read_it(client, camille, nour, concern):
    make_coordinator(concern.programme, camille)
    client.force_login(nour)

    page = client.get(reverse("programmes:ask_help", args=[concern.enrolment_id]))

    assert [str(reader) for reader in page.context["readers"]] == ["Alix Bernard"]


def test_what_is_over_is_neither_frozen_nor_excluded_again(client, alix, concern):
    client.force_login(alix)
    under_way = client.get(address(concern)).content.decode()
    assert "le geler" in under_way
    assert "Exclure Camille Moreau" in under_way

    enrolments.exclude(concern.pair.mentor, by=alix, at=AT, reason="Démarchage.")

    afterwards = client.get(address(concern)).content.decode()
    assert "le geler" not in afterwards
    assert "Exclure Camille Moreau" not in afterwards
    assert "Exclure Nour Haddad" in afterwards
