"""Ways back for an enrolment that was refused, closed or withdrawn; none from an exclusion (K1)."""

from datetime import UTC, date, datetime

import pytest
from django.urls import reverse

from notifications import rendering
from people import clock
from programmes import messages
from programmes.enums import EnrolmentState
from programmes.lifecycle import ImpossibleTransition
from programmes.models import Enrolment
from programmes.policy.terms import Role
from programmes.services import enrolments, reopenings
from tests.factories.programmes import AT, make_cohort, make_enrolment, make_programme
from tests.factories.team import make_coordinator

OVER = [EnrolmentState.REFUSED, EnrolmentState.CLOSED, EnrolmentState.WITHDRAWN]


@pytest.fixture
def cohort(organisation, alix):
    programme = make_programme(organisation)
    make_coordinator(programme, alix)
    return make_cohort(programme, enrolment_ends_on=date(2099, 9, 30))


def events_of(enrolment: Enrolment) -> list[str]:
    return list(enrolment.journal.order_by("pk").values_list("event", flat=True))


@pytest.mark.parametrize("state", OVER)
def test_the_team_examines_it_again_and_says_why(client, cohort, nour, alix, state):
    enrolment = make_enrolment(cohort, nour, Role.MENTEE, state=state, may_be_rematched=False)
    address = reverse("programmes:decide", args=[enrolment.pk])
    client.force_login(alix)

    assert client.post(address, {"act": "reconsider", "message": ""}).status_code == 422
    client.post(address, {"act": "reconsider", "message": "Une place s'est libérée."})

    enrolment.refresh_from_db()
    assert (enrolment.state, enrolment.may_be_rematched) == (EnrolmentState.SUBMITTED, True)
    assert events_of(enrolment) == ["enrolment_reconsidered"]
    mail = rendering.render(
        messages.EnrolmentDecided(enrolment.pk, 1),
        recipient=nour,
        organisation=cohort.programme.organisation,
    )
    assert mail.subject == "Votre candidature est de nouveau à l'étude : Programme simple"
    assert "Une place s'est libérée." in mail.body
    assert enrolments.admit(enrolment, by=alix, at=AT).state == EnrolmentState.ADMITTED


@pytest.mark.parametrize("state", OVER)
def test_the_team_gives_it_back_to_be_completed(cohort, nour, alix, state):
    enrolment = make_enrolment(cohort, nour, Role.MENTEE, state=state)

    reopenings.reopen(enrolment, by=alix, at=AT, message="Complétez.")

    enrolment.refresh_from_db()
    assert (enrolment.state, enrolment.submitted_at) == (EnrolmentState.DRAFT, None)


def test_what_was_withdrawn_before_it_was_handed_in_cannot_be_examined(cohort, nour, alix, client):
    enrolment = make_enrolment(
        cohort, nour, Role.MENTEE, state=EnrolmentState.WITHDRAWN, submitted_at=None
    )
    client.force_login(alix)

    page = client.get(reverse("programmes:decide", args=[enrolment.pk])).content.decode()

    assert 'value="reopen"' in page
    assert 'value="reconsider"' not in page
    with pytest.raises(ImpossibleTransition):
        reopenings.reconsider(enrolment, by=alix, at=AT, message="Pourquoi pas.")


@pytest.mark.parametrize("act", ["reconsider", "reopen"])
def test_an_exclusion_stays(cohort, nour, alix, act):
    enrolment = make_enrolment(cohort, nour, Role.MENTEE)
    enrolments.exclude(enrolment, by=alix, at=AT, reason="Démarchage.")

    with pytest.raises(ImpossibleTransition):
        getattr(reopenings, act)(enrolment, by=alix, at=AT, message="Tout de même.")
    with pytest.raises(ImpossibleTransition):
        reopenings.apply_again(enrolment, at=AT)


@pytest.fixture
def withdrawn(cohort, nour):
    enrolment = make_enrolment(cohort, nour, Role.MENTEE, answers={"why": "Apprendre."})
    return enrolments.withdraw(enrolment, by=nour, at=AT)


def test_who_withdrew_comes_back_with_the_answers_given(client, withdrawn, nour):
    clock.advance_to(datetime(2099, 9, 30, 12, tzinfo=UTC))
    client.force_login(nour)
    space = client.get(reverse("portal:space")).content.decode()
    again = reverse("programmes:apply_again", args=[withdrawn.pk])

    assert again in space
    response = client.post(again)

    withdrawn.refresh_from_db()
    assert response["Location"] == reverse("programmes:enrolment", args=[withdrawn.pk])
    assert (withdrawn.state, withdrawn.answers) == (EnrolmentState.DRAFT, {"why": "Apprendre."})
    assert events_of(withdrawn) == ["enrolment_withdrawn", "enrolment_taken_up"]


def test_once_enrolments_are_closed_there_is_no_coming_back(client, withdrawn, nour):
    clock.advance_to(datetime(2099, 10, 1, 12, tzinfo=UTC))
    client.force_login(nour)
    again = reverse("programmes:apply_again", args=[withdrawn.pk])

    page = client.get(reverse("programmes:enrolment", args=[withdrawn.pk])).content.decode()
    answer = client.post(again, follow=True).content.decode()

    withdrawn.refresh_from_db()
    assert again not in page
    assert "Les candidatures sont closes depuis le 30 septembre 2099." in answer
    assert withdrawn.state == EnrolmentState.WITHDRAWN


@pytest.mark.parametrize("state", [EnrolmentState.REFUSED, EnrolmentState.CLOSED])
def test_what_the_team_decided_is_not_undone_by_the_person(cohort, nour, state):
    enrolment = make_enrolment(cohort, nour, Role.MENTEE, state=state)

    with pytest.raises(ImpossibleTransition):
        reopenings.apply_again(enrolment, at=AT)


@pytest.mark.parametrize("state", EnrolmentState.values)
def test_a_state_is_told_in_the_same_words_on_both_pages(client, cohort, nour, state):
    enrolment = make_enrolment(cohort, nour, Role.MENTEE, state=state)
    client.force_login(nour)

    card = client.get(reverse("portal:space")).context["cards"][0]
    page = client.get(reverse("programmes:enrolment", args=[enrolment.pk]))

    if state != EnrolmentState.DRAFT:
        assert page.context["told"] == card.told
