"""Two people are found by name and put together by hand, among five as among three thousand."""

from __future__ import annotations

from html import unescape

import pytest
from django.test import Client
from django.urls import reverse

from matching.models import Ruling
from matching.services.runs import keep_run, propose_from_run
from people.models import Organisation, Person
from programmes.enums import DeclineReason, PairState
from programmes.models import Cohort, Enrolment, Pair
from programmes.services import pairs
from programmes.services.availability import hold_back
from tests.factories.matching import make_mentee, make_mentor, make_pool
from tests.factories.people import make_person
from tests.factories.programmes import AT
from tests.harness.queries import queries_of

ON_HOLD = (
    "Le mentor se dit indisponible depuis le 15 septembre 2026, et aucun calcul n'en tient compte : "
    "demandez d'abord si c'est possible."
)


@pytest.fixture
def cohort(organisation: Organisation, alix: Person) -> Cohort:
    return make_pool(organisation, alix)


@pytest.fixture
def mentor(cohort: Cohort, camille: Person) -> Enrolment:
    return make_mentor(cohort, camille)


@pytest.fixture
def mentee(cohort: Cohort, nour: Person) -> Enrolment:
    return make_mentee(cohort, nour)


@pytest.fixture
def desk(client: Client, alix: Person) -> Client:
    client.force_login(alix)
    return client


def composing(cohort: Cohort) -> str:
    return reverse("programmes:draft_pair", args=[cohort.pk])


def found(desk: Client, address: str, role: str, **given: object) -> list[str]:
    """The names listed on a side."""
    sides = desk.get(address, given).context["sides"]
    [side] = [one for one in sides if one.role == role]
    return [str(one.enrolment.known_as) for one in side.found]


def test_each_side_is_searched_by_name_or_address(
    desk: Client, cohort: Cohort, mentor: Enrolment, mentee: Enrolment, sacha: Person
) -> None:
    make_mentor(cohort, sacha)

    assert found(desk, composing(cohort), "mentor") == ["Camille Moreau", "Sacha Petit"]
    assert found(desk, composing(cohort), "mentor", mentor_q="mor cam") == ["Camille Moreau"]
    assert found(desk, composing(cohort), "mentor", mentor_q="sacha.petit@") == ["Sacha Petit"]
    assert found(desk, composing(cohort), "mentee", mentor_q="sacha") == ["Nour Haddad"]


def test_beside_who_was_chosen_each_candidate_says_why_they_fit_or_not(
    desk: Client, cohort: Cohort, mentor: Enrolment, mentee: Enrolment, sacha: Person
) -> None:
    make_mentor(cohort, sacha, town="Lille")
    make_mentor(cohort, make_person("Abel", "Jeune"), years=9)

    page = unescape(desk.get(composing(cohort), {"mentee": mentee.pk}).content.decode())

    told = [
        (
            "Camille Moreau",
            "Rien ne s'y oppose. Proximité : 100 sur 100 (Même secteur, Même ville).",
        ),
        ("Sacha Petit", "Rien ne s'y oppose. Proximité : 60 sur 100 (Même secteur)."),
        ("Abel Jeune", "Le mentor a 4 ans d'expérience de plus ; le programme en demande 10."),
    ]
    places = [page.index(text) for one in told for text in one]
    assert places == sorted(places)
    assert f'href="?mentor={mentor.pk}&mentee={mentee.pk}"' in page


def test_what_stands_against_who_was_chosen_is_said_once(
    desk: Client, cohort: Cohort, mentor: Enrolment, mentee: Enrolment, sacha: Person
) -> None:
    make_mentor(cohort, sacha)
    mentee.capacity = 0
    mentee.save()

    page = unescape(desk.get(composing(cohort), {"mentee": mentee.pk}).content.decode())

    assert page.count("sa limite est de 0.") == 1
    assert "Rien ne s'y oppose." not in page
    assert page.count("Proximité : 100 sur 100") == 2


def test_the_page_stays_as_short_for_a_crowd(
    desk: Client, cohort: Cohort, mentor: Enrolment, mentee: Enrolment
) -> None:
    beside = {"mentee": mentee.pk}
    few = queries_of(lambda: desk.get(composing(cohort), beside))
    for number in range(30):
        make_mentor(cohort, make_person("Alba", f"Nom{number}"))

    page = desk.get(composing(cohort), beside).content.decode()

    assert queries_of(lambda: desk.get(composing(cohort), beside)) == few
    assert page.count("Alba Nom") == 9
    assert "31 personnes." in page
    assert len(desk.get(composing(cohort)).content) < 20_000


@pytest.mark.parametrize("number", ["", "abc", "²", "9" * 18, "9" * 5000, "-1"])
def test_an_address_that_names_nobody_lists_everybody(
    desk: Client, cohort: Cohort, mentor: Enrolment, number: str
) -> None:
    assert found(desk, composing(cohort), "mentor", mentor=number) == ["Camille Moreau"]


def test_who_is_on_hold_may_be_composed_and_the_team_is_told(
    desk: Client, cohort: Cohort, mentor: Enrolment, mentee: Enrolment, camille: Person
) -> None:
    hold_back(mentor, by=camille, at=AT)
    two = {"mentor": mentor.pk, "mentee": mentee.pk}

    alone = unescape(desk.get(composing(cohort)).content.decode())
    beside = unescape(desk.get(composing(cohort), {"mentee": mentee.pk}).content.decode())
    chosen = unescape(desk.get(composing(cohort), {"mentor": mentor.pk}).content.decode())
    verdict = desk.get(composing(cohort), two).context["advisories"]
    made = unescape(desk.post(composing(cohort), two, follow=True).content.decode())

    assert Pair.objects.get().state == PairState.DRAFTED
    assert verdict == [ON_HOLD]
    assert [page.count(ON_HOLD) for page in (alone, beside, chosen, made)] == [1, 1, 1, 1]


def test_one_of_the_two_does_not_read_that_the_other_is_on_hold(
    desk: Client, cohort: Cohort, mentor: Enrolment, alix: Person, camille: Person
) -> None:
    hold_back(mentor, by=camille, at=AT)
    own = make_mentee(cohort, alix)

    page = desk.get(composing(cohort), {"mentor": mentor.pk, "mentee": own.pk})

    assert page.context["advisories"] == []


def test_a_run_kept_before_proposes_nobody_who_is_on_hold_since(
    cohort: Cohort, mentor: Enrolment, mentee: Enrolment, camille: Person, alix: Person
) -> None:
    run = keep_run(cohort, by=alix, at=AT)
    hold_back(mentor, by=camille, at=AT)

    done = propose_from_run(run, by=alix, at=AT)

    assert done.pairs == []
    assert [one.verdict.codes for one in done.left_out] == [("hold:mentor",)]


def test_of_two_for_whom_somebody_said_no_the_list_recalls_it(
    desk: Client, cohort: Cohort, mentor: Enrolment, mentee: Enrolment, nour: Person, alix: Person
) -> None:
    [pair] = propose_from_run(keep_run(cohort, by=alix, at=AT), by=alix, at=AT).pairs
    pairs.decline_proposal(pair, by=nour, at=AT, reason=DeclineReason.FIELD)

    page = desk.get(composing(cohort), {"mentor": mentor.pk})

    assert "Le mentoré a déjà décliné ce binôme : « nos domaines" in page.content.decode()


def test_two_people_to_decide_of_beforehand_are_found_the_same_way(
    desk: Client, cohort: Cohort, mentor: Enrolment, mentee: Enrolment
) -> None:
    address = reverse("matching:rulings", args=[cohort.pk])
    two = {"mentor": mentor.pk, "mentee": mentee.pk}

    assert found(desk, address, "mentor", mentee=mentee.pk) == ["Camille Moreau"]
    before, both = (desk.get(address, given).content.decode() for given in ({}, two))
    desk.post(address, two | {"kind": "locked"})

    assert ("Les garder ensemble" in before, "Les garder ensemble" in both) == (False, True)
    assert Ruling.objects.get().mentor == mentor
