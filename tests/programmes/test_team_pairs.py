"""The team makes pairs by hand and follows them, in facts."""

import pytest
from django.urls import reverse

from programmes.enums import PairState, StopReason
from programmes.models import Derogation, Pair
from programmes.policy.terms import Role
from programmes.services import pairs
from tests.factories.people import make_person
from tests.factories.programmes import (
    AT,
    make_cohort,
    make_enrolment,
    make_programme,
    make_running_pair,
)
from tests.factories.team import make_coordinator
from tests.harness.queries import queries_of

DOCUMENT = {
    "vocabulary": {"mentor": "mentore", "mentee": "mentorée"},
    "seats": {"mentor": 1},
    "questions": [
        {"code": "years", "kind": "integer", "label": "Années d'expérience"},
        {"code": "employer", "label": "Employeur"},
    ],
    "criteria": [
        {
            "code": "seniority",
            "label": "Expérience",
            "test": "gap",
            "mentor": "years",
            "mentee": "years",
            "minimum": 10,
        },
        {
            "code": "employer",
            "label": "Employeurs différents",
            "test": "differ",
            "mentor": "employer",
            "mentee": "employer",
            "derogable": True,
        },
    ],
}


@pytest.fixture
def cohort(organisation, alix):
    programme = make_programme(organisation, DOCUMENT)
    make_coordinator(programme, alix)
    return make_cohort(programme)


@pytest.fixture
def mentor(cohort, camille):
    return make_enrolment(cohort, camille, Role.MENTOR, answers={"years": 20, "employer": "EDF"})


@pytest.fixture
def mentee(cohort, nour):
    return make_enrolment(cohort, nour, Role.MENTEE, answers={"years": 5, "employer": "SNCF"})


@pytest.fixture
def desk(client, alix):
    client.force_login(alix)
    return client


def address(name: str, thing) -> str:
    return reverse(f"programmes:{name}", args=[thing.pk])


def test_two_people_are_put_together_by_hand(desk, cohort, mentor, mentee):
    chosen = {"mentor": mentor.pk, "mentee": mentee.pk}

    verdict = desk.get(address("draft_pair", cohort), chosen).content.decode()
    made = desk.post(address("draft_pair", cohort), chosen, follow=True)

    assert "Rien ne s'y oppose." in verdict
    pair = Pair.objects.get()
    assert (pair.mentor, pair.mentee, pair.state) == (mentor, mentee, PairState.DRAFTED)
    assert "Proposer aux deux personnes" in made.content.decode()


def test_what_stands_against_them_is_told_all_at_once(desk, cohort, mentor, mentee):
    mentee.answers = {"years": 15, "employer": "EDF"}
    mentee.save()
    chosen = {"mentor": mentor.pk, "mentee": mentee.pk}

    page = desk.get(address("draft_pair", cohort), chosen)
    refused = desk.post(address("draft_pair", cohort), chosen)

    assert [breach["sentence"] for breach in page.context["breaches"]] == [
        "« Expérience » : 5 de plus pour la mentore ; le programme en demande au moins 10.",
        "« Employeurs différents » : c'est le même pour la mentore et la mentorée.",
    ]
    assert refused.status_code == 422
    assert not Pair.objects.exists()


def test_a_derogation_for_the_two_lets_them_be_drafted(desk, cohort, mentor, mentee, alix):
    mentee.answers = {"years": 5, "employer": "EDF"}
    mentee.save()
    chosen = {"mentor": mentor.pk, "mentee": mentee.pk}
    granted = {"breach": "criterion:employer", "reason": "Deux filiales sans lien."}

    assert (
        desk.post(address("draft_pair", cohort), chosen | granted | {"reason": ""}).status_code
        == 422
    )
    desk.post(address("draft_pair", cohort), chosen | granted)
    desk.post(address("draft_pair", cohort), chosen)

    derogation = Derogation.objects.get()
    assert (derogation.enrolment, derogation.other, derogation.granted_by) == (mentee, mentor, alix)
    assert Pair.objects.get().state == PairState.DRAFTED


def test_a_rule_without_derogation_gets_none(desk, cohort, mentor, mentee):
    mentee.answers = {"years": 15, "employer": "SNCF"}
    mentee.save()

    desk.post(
        address("draft_pair", cohort),
        {
            "mentor": mentor.pk,
            "mentee": mentee.pk,
            "breach": "criterion:seniority",
            "reason": "Presque dix ans.",
        },
    )

    assert not Derogation.objects.exists()


def test_two_people_form_one_live_pair_at_a_time(desk, cohort, mentor, mentee, alix):
    pairs.draft_pair(mentor, mentee, by=alix, at=AT)

    page = desk.post(address("draft_pair", cohort), {"mentor": mentor.pk, "mentee": mentee.pk})

    assert "Ces deux personnes forment déjà un binôme." in [
        breach["sentence"] for breach in page.context["breaches"]
    ]
    assert Pair.objects.count() == 1


def test_people_of_another_cohort_cannot_be_chosen(desk, cohort, mentor, sacha):
    other = make_cohort(cohort.programme, name="Campagne 2027", slug="2027")
    stranger = make_enrolment(other, sacha, Role.MENTEE)

    response = desk.post(
        address("draft_pair", cohort), {"mentor": mentor.pk, "mentee": stranger.pk}
    )

    assert response.status_code == 422
    assert not Pair.objects.exists()


@pytest.mark.parametrize(
    ("acts", "state"),
    [
        (["propose"], PairState.PROPOSED),
        (["propose", "expire"], PairState.EXPIRED),
    ],
)
def test_a_draft_is_proposed_then_closed_without_answer(desk, mentor, mentee, alix, acts, state):
    pair = pairs.draft_pair(mentor, mentee, by=alix, at=AT)

    for act in acts:
        desk.post(address("team_pair", pair), {"act": act})

    pair.refresh_from_db()
    assert pair.state == state


def test_cancelling_is_confirmed_first(desk, mentor, mentee, alix):
    pair = pairs.draft_pair(mentor, mentee, by=alix, at=AT)

    assert desk.get(address("cancel_pair", pair)).status_code == 200
    pair.refresh_from_db()
    assert pair.state == PairState.DRAFTED

    desk.post(address("cancel_pair", pair))
    pair.refresh_from_db()
    assert pair.state == PairState.CANCELLED


def test_a_running_pair_is_paused_frozen_and_resumed(desk, mentor, mentee, alix):
    pair = make_running_pair(mentor, mentee, by=alix)
    states = []

    for act in ("pause", "freeze", "resume"):
        desk.post(address("team_pair", pair), {"act": act})
        pair.refresh_from_db()
        states.append(pair.state)

    assert states == [PairState.PAUSED, PairState.FROZEN, PairState.ACTIVE]


def test_an_act_that_came_too_late_is_told(desk, mentor, mentee, alix):
    pair = make_running_pair(mentor, mentee, by=alix)

    page = desk.post(address("team_pair", pair), {"act": "propose"}, follow=True)

    assert "Cette étape a déjà été faite" in page.content.decode()


def test_the_page_tells_what_happened_in_the_programmes_words(desk, mentor, mentee, alix):
    pair = make_running_pair(mentor, mentee, by=alix)
    pairs.stop_pair(pair, reason=StopReason.UNAVAILABLE, by=alix, at=AT)

    events = desk.get(address("team_pair", pair)).context["events"]

    assert [event.label for event in events] == [
        "Binôme arrêté : une des personnes n'est plus disponible",
        "Accord complet : le binôme commence",
        "Mise en relation : coordonnées échangées",
        "Proposition acceptée par la mentorée",
        "Proposition acceptée par la mentore",
        "Binôme proposé aux deux personnes",
        "Binôme mis à l'étude",
    ]


def test_after_a_stop_both_may_be_matched_again_with_their_history(desk, mentor, mentee, alix):
    pair = make_running_pair(mentor, mentee, by=alix)
    pairs.stop_pair(pair, reason=StopReason.UNAVAILABLE, by=alix, at=AT)

    page = desk.get(address("team_pair", pair)).content.decode()
    desk.post(address("draft_pair", pair.cohort), {"mentor": mentor.pk, "mentee": mentee.pk})

    assert f"{address('draft_pair', pair.cohort)}?mentee={mentee.pk}" in page
    assert sorted(Pair.objects.values_list("state", flat=True)) == ["drafted", "stopped"]


def test_the_list_filters_by_state_and_name(desk, cohort, mentor, mentee, alix):
    make_running_pair(mentor, mentee, by=alix)

    def found(**filters: str) -> int:
        return len(desk.get(address("cohort_pairs", cohort), filters).context["page"])

    assert (found(), found(state="running"), found(state="drafted")) == (1, 1, 0)
    assert (found(q="haddad"), found(q="personne")) == (1, 0)


def test_the_list_asks_the_database_as_often_for_thirty_as_for_three(desk, cohort, alix):
    url = address("cohort_pairs", cohort)
    _draft_many(cohort, 3, by=alix)
    desk.get(url)
    few = queries_of(lambda: desk.get(url))

    _draft_many(cohort, 27, start=3, by=alix)

    assert queries_of(lambda: desk.get(url)) == few


def _draft_many(cohort, number: int, *, start: int = 0, by) -> None:
    for index in range(start, start + number):
        mentor = make_enrolment(
            cohort,
            make_person("Mentore", f"N{index}"),
            Role.MENTOR,
            answers={"years": 30, "employer": "A"},
        )
        mentee = make_enrolment(
            cohort,
            make_person("Mentorée", f"N{index}"),
            Role.MENTEE,
            answers={"years": 1, "employer": "B"},
        )
        pairs.draft_pair(mentor, mentee, by=by, at=AT)
