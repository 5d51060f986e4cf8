"""Who was accompanied once: others come first in the cohort, the team may, the next one is open (M4, M5)."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse

from matching.gather import gather_pool
from matching.services.runs import keep_run
from programmes.enums import EnrolmentState, PairState
from programmes.models import Enrolment, Pair
from programmes.policy.terms import Role
from programmes.services import enrolments, pairs
from sessions.services import endings
from tests.factories.meetings import make_meeting
from tests.factories.programmes import (
    AT,
    make_cohort,
    make_enrolment,
    make_programme,
    make_running_pair,
)
from tests.factories.team import make_coordinator

pytestmark = pytest.mark.django_db

NOT_OWED_ANOTHER = {
    "matching": {"mentor_may_stop_after_first": True, "mentee_rematched_after_stop": False}
}


@pytest.fixture
def make_pair(organisation, camille, nour, alix):
    """Camille and Nour, who run, in a programme that says this and that Alix coordinates."""

    def make(**document) -> Pair:
        cohort = make_cohort(make_programme(organisation, document))
        make_coordinator(cohort.programme, alix)
        mentor, mentee = (
            make_enrolment(cohort, person, role)
            for person, role in ((camille, Role.MENTOR), (nour, Role.MENTEE))
        )
        return make_running_pair(mentor, mentee, by=alix)

    return make


@pytest.fixture
def sacha_mentors(sacha):
    return lambda cohort: make_enrolment(cohort, sacha, Role.MENTOR)


def waiting(cohort) -> list[str]:
    """The mentees for whom the engine looks for a mentor."""
    return [one.person.first_name for one in gather_pool(cohort, today=AT.date()).mentees]


def page_of(client, pair, alix) -> str:
    client.force_login(alix)
    return client.get(reverse("programmes:team_pair", args=[pair.pk])).content.decode()


def again(pair: Pair) -> Enrolment:
    return Enrolment.objects.get(pk=pair.mentee_id)


def test_who_completed_leaves_the_place_to_others_but_the_team_may_compose(
    make_pair, sacha_mentors, client, alix
):
    pair = make_pair()
    assert waiting(pair.cohort) == ["Nour"]
    endings.complete(pair, by=alix, at=AT, despite="Tout est dit.")

    assert waiting(pair.cohort) == []
    page = page_of(client, pair, alix)
    assert "l&#x27;appariement fait place aux autres" in page
    assert (
        f"{reverse('programmes:draft_pair', args=[pair.cohort_id])}?mentee={pair.mentee_id}" in page
    )
    by_hand = pairs.draft_pair(sacha_mentors(pair.cohort), again(pair), by=alix, at=AT)
    assert by_hand.state == PairState.DRAFTED


def test_who_completed_applies_again_in_the_next_cohort_and_meets_somebody_else(
    make_pair, sacha_mentors, camille, nour, alix
):
    pair = make_pair(seats={"mentee": 1, "mentor": 1})
    endings.complete(pair, by=alix, at=AT, despite="Tout est dit.")
    following = make_cohort(
        pair.cohort.programme, slug="2027", name="2027", starts_on=date(2027, 10, 1)
    )
    make_enrolment(following, camille, Role.MENTOR)

    enrolment = enrolments.start_enrolment(following, person=nour, role=Role.MENTEE, at=AT)
    enrolment = enrolments.submit(enrolment, acceptance=None, by=nour, at=AT)
    enrolments.admit(enrolment, by=alix, at=AT)

    assert waiting(following) == ["Nour"]
    assert keep_run(following, by=alix, at=AT).result["pairs"] == []  # Camille, not twice
    sacha_mentors(following)
    assert len(keep_run(following, by=alix, at=AT).result["pairs"]) == 1


def test_who_has_two_mentors_is_done_when_the_second_pair_is(make_pair, sacha_mentors, alix):
    first = make_pair(seats={"mentee": 3})
    second = make_running_pair(sacha_mentors(first.cohort), first.mentee, by=alix)

    endings.complete(first, by=alix, at=AT, despite="Tout est dit.")
    assert waiting(first.cohort) == ["Nour"]

    endings.complete(second, by=alix, at=AT, despite="Tout est dit.")
    assert waiting(first.cohort) == []


def test_after_a_mentors_stop_the_mentee_comes_back_by_the_teams_decision_alone(
    make_pair, client, camille, alix
):
    pair = make_pair(**NOT_OWED_ANOTHER)
    make_meeting(pair, starts_at=AT)
    endings.stop_after_first(pair, by=camille, at=AT)
    assert waiting(pair.cohort) == []
    assert again(pair).state == EnrolmentState.CLOSED
    address = reverse("programmes:decide", args=[pair.mentee_id])
    assert f'href="{address}"' in page_of(client, pair, alix)

    for act in ("reconsider", "admit"):
        client.post(address, {"act": act, "message": "Une autre personne vous attend."})

    assert again(pair).state == EnrolmentState.ADMITTED
    assert waiting(pair.cohort) == ["Nour"]


def test_a_mentors_stop_leaves_the_mentees_other_pair_alone(
    make_pair, sacha_mentors, camille, alix
):
    pair = make_pair(**NOT_OWED_ANOTHER)
    other = make_running_pair(sacha_mentors(pair.cohort), pair.mentee, by=alix)
    make_meeting(pair, starts_at=AT)

    endings.stop_after_first(pair, by=camille, at=AT)

    other.refresh_from_db()
    assert (other.state, again(pair).state) == (PairState.ACTIVE, EnrolmentState.ADMITTED)
    assert waiting(pair.cohort) == []
