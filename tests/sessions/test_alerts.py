"""The pair's own page tells the team why the dashboard sent it there: dates, no contents."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.urls import reverse

from programmes.alerts import alerts_of
from programmes.models import Pair
from programmes.policy.terms import Role
from programmes.services import pairs
from sessions.models import EndDeclaration
from tests.factories.meetings import make_meeting
from tests.factories.programmes import (
    AT,
    make_cohort,
    make_enrolment,
    make_programme,
    make_running_pair,
)
from tests.factories.team import make_coordinator

TERMS = {
    "length": {"usual": "P6M"},
    "introduction": {"first_date_within": "P1M"},
    "meetings": {"silent_after": "P45D"},
}


@pytest.fixture
def pair(organisation, alix, camille, nour) -> Pair:
    cohort = make_cohort(make_programme(organisation, TERMS))
    make_coordinator(cohort.programme, alix)
    return make_running_pair(
        make_enrolment(cohort, camille, Role.MENTOR),
        make_enrolment(cohort, nour, Role.MENTEE),
        by=alix,
    )


def test_a_pair_that_does_well_gives_no_alert(pair):
    assert alerts_of(pair, today=date(2026, 10, 2)) == []


def test_a_first_date_not_proposed_and_a_silence_are_told_with_their_days(pair):
    assert alerts_of(pair, today=date(2027, 1, 1)) == [
        "Aucun premier rendez-vous n'est proposé ; il était attendu pour le 15 octobre 2026.",
        "Sans nouvelles depuis le 1er octobre 2026 : ni date, ni rencontre, ni réponse. "
        "Écrivez-leur, ou arrêtez le binôme s'il le faut.",
    ]


def test_an_end_declared_is_told_with_who_said_so(pair, nour):
    make_meeting(pair, starts_at=datetime(2026, 10, 5, 16, tzinfo=UTC))
    EndDeclaration.objects.create(pair=pair, role=Role.MENTEE, person=nour, declared_at=AT)

    assert alerts_of(pair, today=date(2026, 10, 20)) == [
        "Nour Haddad a déclaré la fin le 15 septembre 2026 : il reste à clore le binôme."
    ]


def test_an_end_that_has_passed_is_told(pair):
    make_meeting(pair, starts_at=datetime(2027, 3, 25, 16, tzinfo=UTC))

    day_after = pair.planned_end_on + timedelta(days=1)
    assert alerts_of(pair, today=pair.planned_end_on) == []
    assert alerts_of(pair, today=day_after) == [
        "Le terme prévu, le 1er avril 2027, est passé : il reste à clore le binôme, ou à attendre "
        "que les deux personnes le prolongent."
    ]


def test_nothing_is_told_any_more_once_a_pair_is_held_back(pair, alix):
    pairs.freeze_pair(pair, by=alix, at=AT)
    pair.refresh_from_db()

    assert alerts_of(pair, today=date(2027, 1, 1)) == []


def test_the_page_tells_it_and_how_to_write_to_them(client, pair, alix, camille, nour):
    client.force_login(alix)
    Pair.objects.filter(pk=pair.pk).update(planned_end_on=date(2026, 9, 16))

    page = client.get(reverse("programmes:team_pair", args=[pair.pk])).content.decode()

    assert "Le terme prévu, le 16 septembre 2026, est passé" in page
    for person in (camille, nour):
        assert f'href="mailto:{person.email}"' in page
