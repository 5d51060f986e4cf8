"""A coordinator who takes part does not decide on themselves, nor read what the other tells the team."""

import pytest
from django.urls import reverse

from programmes.enums import DeclineReason, EnrolmentState, PairState
from programmes.policy.terms import Role
from programmes.sentences import Refused
from programmes.services import enrolments, pairs
from tests.factories.people import make_person
from tests.factories.programmes import (
    AT,
    make_cohort,
    make_enrolment,
    make_programme,
    make_running_pair,
)
from tests.factories.team import make_coordinator


@pytest.fixture
def cohort(organisation, alix, camille):
    """Alix and Camille run the programme; Camille also mentors."""
    programme = make_programme(organisation)
    make_coordinator(programme, alix)
    make_coordinator(programme, camille)
    return make_cohort(programme)


@pytest.fixture
def pair(cohort, alix, camille, nour):
    return make_running_pair(
        make_enrolment(cohort, camille, Role.MENTOR),
        make_enrolment(cohort, nour, Role.MENTEE),
        by=alix,
    )


def test_a_pair_frozen_by_the_team_is_not_released_by_one_of_the_two(client, pair, camille, alix):
    address = reverse("programmes:team_pair", args=[pair.pk])
    pairs.freeze_pair(pair, by=alix, at=AT)

    client.force_login(camille)
    assert client.post(address, {"act": "resume"}).status_code == 404
    pair.refresh_from_db()
    assert pair.state == PairState.FROZEN

    client.force_login(alix)
    client.post(address, {"act": "resume"})
    pair.refresh_from_db()
    assert pair.state == PairState.ACTIVE


def test_the_teams_page_of_ones_own_pair_is_the_pairs_own(client, pair, camille):
    client.force_login(camille)

    response = client.get(reverse("programmes:team_pair", args=[pair.pk]))

    assert response["Location"] == reverse("portal:pair", args=[pair.pk])


@pytest.mark.parametrize("name", ["answers", "complete", "stop"])
def test_neither_the_others_answers_nor_the_end(client, pair, camille, alix, name):
    address = reverse(f"meetings:{name}", args=[pair.pk])

    client.force_login(camille)
    assert client.get(address).status_code == 404
    client.force_login(alix)
    assert client.get(address).status_code == 200


@pytest.mark.parametrize("name", ["decide", "derogate", "exclude", "team_withdraw", "membership"])
def test_others_decide_on_ones_own_enrolment(client, cohort, camille, name):
    mine = make_enrolment(cohort, camille, Role.MENTEE, state=EnrolmentState.SUBMITTED)
    client.force_login(camille)

    response = client.post(reverse(f"programmes:{name}", args=[mine.pk]), {"act": "admit"})

    assert response.status_code == 404
    mine.refresh_from_db()
    assert mine.state == EnrolmentState.SUBMITTED


def test_ones_own_enrolment_shows_nothing_to_decide(client, cohort, camille):
    mine = make_enrolment(cohort, camille, Role.MENTEE, state=EnrolmentState.SUBMITTED)
    client.force_login(camille)

    page = client.get(reverse("programmes:decide", args=[mine.pk])).content.decode()

    assert "Cette candidature est la vôtre" in page
    assert 'value="admit"' not in page


def test_why_the_other_said_no_stays_with_the_others_of_the_team(client, cohort, alix, camille):
    lena = make_person("Léna", "O'Neil")
    mentor = make_enrolment(cohort, camille, Role.MENTOR)
    mentee = make_enrolment(cohort, lena, Role.MENTEE)
    pair = pairs.propose_pair(pairs.draft_pair(mentor, mentee, by=alix, at=AT), by=alix, at=AT)
    pairs.decline_proposal(pair, by=lena, at=AT, reason=DeclineReason.values[0])
    address = reverse("programmes:decide", args=[mentee.pk])

    client.force_login(alix)
    assert "Proposition déclinée" in client.get(address).content.decode()
    client.force_login(camille)
    assert "Proposition déclinée" not in client.get(address).content.decode()


@pytest.fixture
def drafts(cohort, alix, camille, nour, sacha):
    """Two drafts of the calculation: Camille's own, and one between two others."""
    own = pairs.draft_pair(
        make_enrolment(cohort, camille, Role.MENTOR),
        make_enrolment(cohort, nour, Role.MENTEE),
        by=None,
        at=AT,
    )
    others = pairs.draft_pair(
        make_enrolment(cohort, make_person("Léna", "O'Neil"), Role.MENTOR),
        make_enrolment(cohort, sacha, Role.MENTEE),
        by=None,
        at=AT,
    )
    return own, others


@pytest.mark.parametrize("name", ["propose", "drop", "change"])
def test_ones_own_draft_is_for_the_others_of_the_team(client, drafts, camille, alix, name):
    own, _ = drafts
    address = reverse(f"matching:{name}", args=[own.pk])

    client.force_login(camille)
    assert client.post(address, {"mentor": own.mentor_id}).status_code == 404
    own.refresh_from_db()
    assert own.state == PairState.DRAFTED
    client.force_login(alix)
    assert client.post(address, {"mentor": own.mentor_id}).status_code in (200, 302)
    own.refresh_from_db()
    assert own.state != PairState.DRAFTED


def test_sending_every_draft_leaves_ones_own_to_the_others(client, cohort, drafts, camille):
    own, others = drafts
    client.force_login(camille)

    page = client.get(reverse("matching:board", args=[cohort.pk])).content.decode()
    client.post(reverse("matching:publish", args=[cohort.pk]))

    assert "Envoyer la proposition" in page
    assert "équipe décide de ce binôme" in page
    assert [PairState(type(own).objects.get(pk=one.pk).state) for one in (own, others)] == [
        PairState.DRAFTED,
        PairState.PROPOSED,
    ]


def test_the_page_of_ones_own_draft_says_who_decides(client, cohort, drafts, camille):
    own, others = drafts
    client.force_login(camille)

    response = client.get(reverse("programmes:team_pair", args=[own.pk]), follow=True)

    assert response.redirect_chain[0][0] == reverse("programmes:cohort_pairs", args=[cohort.pk])
    assert "équipe décide de ce binôme" in response.content.decode()
    assert client.get(reverse("programmes:team_pair", args=[others.pk])).status_code == 200


def test_one_does_not_let_a_breach_of_ones_own_pass(cohort, camille, alix, nour):
    mentor = make_enrolment(cohort, camille, Role.MENTOR)
    mentee = make_enrolment(cohort, nour, Role.MENTEE)
    given = {"other": mentor, "breach": "criterion:gap", "reason": "Elles se connaissent", "at": AT}

    with pytest.raises(Refused) as refused:
        enrolments.grant_derogation(mentee, by=camille, **given)
    assert refused.value.verdict.codes == ("pair:own",)
    assert enrolments.grant_derogation(mentee, by=alix, **given).granted_by == alix


def test_the_teams_reasons_are_not_read_by_whom_they_are_about(client, cohort, alix, camille):
    mine = make_enrolment(cohort, camille, Role.MENTEE, state=EnrolmentState.SUBMITTED)
    enrolments.grant_derogation(
        mine, breach="eligibility:years", reason="Un cas à part.", by=alix, at=AT
    )
    address = reverse("programmes:decide", args=[mine.pk])

    client.force_login(alix)
    assert "Un cas à part." in client.get(address).content.decode()
    client.force_login(camille)
    assert "Un cas à part." not in client.get(address).content.decode()
