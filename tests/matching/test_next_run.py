"""What people answered, and how long they have waited, feeds the next run."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from matching.gather import gather_pool
from matching.records import pairs_of
from matching.services.runs import keep_run, propose_from_run
from matching.waiting import waiting_days
from people.models import Organisation, Person
from programmes.enums import DeclineReason, EnrolmentState
from programmes.models import Cohort, Enrolment, Pair
from programmes.services import enrolments, pairs
from tests.factories.matching import make_mentee, make_mentor, make_pool
from tests.factories.people import make_person
from tests.factories.programmes import AT

LATER = AT + timedelta(days=20)


@pytest.fixture
def cohort(organisation: Organisation, alix: Person) -> Cohort:
    return make_pool(organisation, alix)


@pytest.fixture
def proposal(cohort: Cohort, alix: Person, camille: Person, nour: Person) -> Pair:
    make_mentor(cohort, camille)
    make_mentee(cohort, nour)
    [pair] = propose_from_run(keep_run(cohort, by=alix, at=AT), by=alix, at=AT).pairs
    return pair


def mentors_in(cohort: Cohort) -> set[str]:
    return {one.person.first_name for one in gather_pool(cohort, today=AT.date()).mentors}


def test_who_lacks_time_is_proposed_to_nobody_until_they_say_otherwise(
    client: Client, cohort: Cohort, proposal: Pair, camille: Person
) -> None:
    pairs.decline_proposal(proposal, by=camille, at=AT, reason=DeclineReason.BUSY)
    make_mentee(cohort, make_person("Zoé", "Après"))
    assert mentors_in(cohort) == set()
    client.force_login(camille)
    space = client.get(reverse("portal:space")).content.decode()

    client.post(reverse("programmes:be_available", args=[proposal.mentor_id]))

    assert "Je suis de nouveau disponible" in space
    assert mentors_in(cohort) == {"Camille"}


def test_the_team_may_say_so_for_them(
    client: Client, cohort: Cohort, proposal: Pair, camille: Person, alix: Person
) -> None:
    pairs.decline_proposal(proposal, by=camille, at=AT, reason=DeclineReason.BUSY)
    client.force_login(alix)
    page = client.get(reverse("programmes:decide", args=[proposal.mentor_id])).content.decode()
    board = client.get(reverse("matching:board", args=[cohort.pk])).content.decode()

    client.post(reverse("programmes:team_available", args=[proposal.mentor_id]))

    assert "Indisponible pour l'instant" in page
    assert "Une personne se dit indisponible" in board
    assert mentors_in(cohort) == {"Camille"}


@pytest.mark.parametrize("reason", sorted(set(DeclineReason) - {DeclineReason.BUSY}))
def test_any_other_reason_only_keeps_these_two_apart(
    cohort: Cohort, proposal: Pair, nour: Person, alix: Person, reason: DeclineReason
) -> None:
    pairs.decline_proposal(proposal, by=nour, at=AT, reason=reason)
    other = make_mentor(cohort, make_person("Ines", "Autre"), town="Lille")

    run = keep_run(cohort, by=alix, at=AT)

    assert [(one.mentee, one.mentor) for one in pairs_of(run)] == [(proposal.mentee_id, other.pk)]


def test_nobody_has_waited_before_the_first_proposals(cohort: Cohort, nour: Person) -> None:
    mentee = make_mentee(cohort, nour)

    assert waiting_days(cohort, [mentee], today=LATER.date()) == {}


def test_who_was_left_without_has_waited_since_the_first_proposals(
    cohort: Cohort, proposal: Pair
) -> None:
    left = make_mentee(cohort, make_person("Zoé", "Après"))
    newcomer = make_mentee(cohort, make_person("Omar", "Neuf"))
    newcomer.submitted_at = LATER
    newcomer.save()

    assert waiting_days(cohort, [left, newcomer], today=LATER.date()) == {left.person_id: 20}


def test_who_was_on_the_waiting_list_has_waited_since_then(
    cohort: Cohort, alix: Person, nour: Person
) -> None:
    mentee = make_mentee(cohort, nour)
    enrolments.waitlist(mentee, by=alix, at=AT)
    Enrolment.objects.filter(pk=mentee.pk).update(state=EnrolmentState.ADMITTED)

    assert waiting_days(cohort, [mentee], today=LATER.date()) == {mentee.person_id: 20}


def test_of_two_alike_the_one_who_waited_longer_comes_first(
    cohort: Cohort, proposal: Pair, alix: Person
) -> None:
    late = make_mentee(cohort, make_person("Omar", "Neuf"))
    early = make_mentee(cohort, make_person("Zoé", "Après"))
    Enrolment.objects.filter(pk=late.pk).update(submitted_at=LATER - timedelta(days=2))
    make_mentor(cohort, make_person("Ines", "Autre"))

    run = keep_run(cohort, by=alix, at=LATER)

    assert [one.mentee for one in pairs_of(run)] == [early.pk]
    assert "waiting" in run.weights


def test_a_new_run_moves_nobody_who_agreed(
    cohort: Cohort, proposal: Pair, alix: Person, camille: Person, nour: Person
) -> None:
    for person in (camille, nour):
        pairs.accept_proposal(proposal, by=person, at=AT)
    better = make_mentor(cohort, make_person("Ines", "Mieux"))
    newcomer = make_mentee(cohort, make_person("Zoé", "Après"))

    run = keep_run(cohort, by=alix, at=LATER)

    assert [(one.mentee, one.mentor) for one in pairs_of(run)] == [(newcomer.pk, better.pk)]
    proposal.refresh_from_db()
    assert (proposal.mentor.person, proposal.mentee.person) == (camille, nour)


def test_the_board_leads_to_the_waiting_list_who_waited_longest_first(
    client: Client, cohort: Cohort, nour: Person, alix: Person
) -> None:
    first = make_mentee(cohort, make_person("Zoé", "Zola"))
    second = make_mentee(cohort, nour)
    enrolments.waitlist(first, by=alix, at=AT)
    enrolments.waitlist(second, by=alix, at=LATER)
    client.force_login(alix)
    address = f"{reverse('programmes:cohort_enrolments', args=[cohort.pk])}?state=waitlisted"
    board = client.get(reverse("matching:board", args=[cohort.pk])).content.decode()

    page = client.get(address).content.decode()

    assert address in board
    assert "En attente depuis le" in page
    assert page.index("Zola") < page.index(nour.last_name)


def test_who_composes_by_hand_hears_that_one_of_the_two_said_no(
    client: Client, proposal: Pair, nour: Person, alix: Person
) -> None:
    pairs.decline_proposal(proposal, by=nour, at=AT, reason=DeclineReason.ACQUAINTED)
    client.force_login(alix)
    two = {"mentor": proposal.mentor_id, "mentee": proposal.mentee_id}

    page = client.get(reverse("programmes:draft_pair", args=[proposal.cohort_id]), two)

    assert "Le mentoré a déjà décliné ce binôme" in page.content.decode()
    assert "nous nous connaissons déjà" in page.content.decode()
