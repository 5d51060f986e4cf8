"""A run as the team reads it: what people answered, whom to look for, who else would change."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from matching import kept
from matching.models import Run
from matching.services.runs import keep_run, propose_from_run
from matching.weights import dials_kept
from people.models import Organisation, Person
from programmes.enums import DeclineReason, EnrolmentState
from programmes.models import Cohort, Pair
from programmes.services import pairs
from tests.factories.matching import make_mentee, make_mentor, make_pool
from tests.factories.people import make_person
from tests.factories.programmes import AT
from tests.factories.team import make_coordinator

pytestmark = pytest.mark.django_db


@pytest.fixture
def cohort(organisation: Organisation, alix: Person) -> Cohort:
    return make_pool(organisation, alix)


def page_of(client: Client, run: Run, reader: Person, query: str = "") -> str:
    client.force_login(reader)
    return client.get(reverse("matching:kept", args=[run.pk]) + query).content.decode()


def board_of(client: Client, cohort: Cohort, reader: Person) -> str:
    client.force_login(reader)
    return client.get(reverse("matching:board", args=[cohort.pk])).content.decode()


def test_each_criterion_tells_what_the_two_answered(
    client: Client, cohort: Cohort, alix: Person, camille: Person, nour: Person
) -> None:
    mentor, mentee = make_mentor(cohort, camille, town="Lille"), make_mentee(cohort, nour)

    page = page_of(client, keep_run(cohort, by=alix, at=AT), alix)

    assert "Lille · Lyon" in page
    assert ">énergie<" in page  # the same answer, told once
    for one in (mentor, mentee):
        assert reverse("programmes:decide", args=[one.pk]) in page


def test_whoever_is_one_of_the_two_reads_no_answers(
    client: Client, cohort: Cohort, alix: Person, nour: Person
) -> None:
    make_mentor(cohort, alix, town="Lille")
    make_mentee(cohort, nour)

    page = page_of(client, keep_run(cohort, by=None, at=AT), alix)

    assert "quelqu&#x27;un d&#x27;autre de l&#x27;équipe décide" in page
    assert "Lille" not in page


def test_the_weakest_come_first_and_a_name_can_be_looked_for(
    client: Client, cohort: Cohort, alix: Person, camille: Person, sacha: Person, nour: Person
) -> None:
    make_mentor(cohort, camille)
    make_mentor(cohort, sacha, sector="santé", town="Lille")
    make_mentee(cohort, nour)
    make_mentee(cohort, make_person("Zoé", "Après"), years=8)
    run = keep_run(cohort, by=alix, at=AT)

    everybody, found, nobody = (
        page_of(client, run, alix, query) for query in ("", "?q=camille", "?q=xyz")
    )

    assert everybody.index("Sacha Petit") < everybody.index("Camille Moreau")
    assert ("Camille Moreau" in found, "Sacha Petit" in found) == (True, False)
    assert "Envoyer les 2 propositions" in found
    assert "Personne de ce nom parmi ces propositions." in nobody


def test_a_criterion_set_to_nothing_stays_so_when_calculated_again(
    client: Client, cohort: Cohort, alix: Person, camille: Person, nour: Person
) -> None:
    make_mentor(cohort, camille)
    make_mentee(cohort, nour)
    run = keep_run(cohort, weights={"sector": 0, "town": 30}, by=alix, at=AT)

    assert [(dial.label, dial.value) for dial in dials_kept(run)] == [
        ("Même ville", 30),
        ("Même secteur", 0),
    ]


def test_what_another_choice_costs_names_those_who_would_change(
    client: Client, cohort: Cohort, alix: Person, camille: Person, sacha: Person, nour: Person
) -> None:
    best, second = make_mentor(cohort, camille), make_mentor(cohort, sacha, town="Lille")
    first = make_mentee(cohort, nour)
    zoe = make_mentee(cohort, make_person("Zoé", "Après"), town="Lille")
    run = keep_run(cohort, by=alix, at=AT)

    [other] = kept.others_for(run, first.pk, today=AT.date()) or []

    assert (other.mentor, other.points, other.mentees, other.total) == (second, 600, 0, -800)
    assert other.changes == [kept.Change(zoe, second, best, 1000, 600)]
    client.force_login(alix)
    told = client.get(reverse("matching:others", args=[run.pk, first.pk])).content.decode()
    assert "Zoé Après\xa0: Camille Moreau (60) au lieu de Sacha Petit (100)." in told
    assert "En tout\xa0: −80,0 points. Accord le plus faible\xa0: 60 au lieu de 100." in told


def test_the_board_names_who_can_have_nobody_and_why(
    client: Client, cohort: Cohort, alix: Person, camille: Person, nour: Person
) -> None:
    make_mentor(cohort, camille, years=12)
    mentee = make_mentee(cohort, nour)

    page = board_of(client, cohort, alix)

    assert "Sans mentor possible" in page
    assert reverse("programmes:decide", args=[mentee.pk]) in page
    assert "1 conviendrait sans la condition «\xa0Écart d&#x27;expérience\xa0»." in page


def test_the_board_says_that_nobody_waits(client: Client, cohort: Cohort, alix: Person) -> None:
    assert "Personne n&#x27;attend de mentor en ce moment" in board_of(client, cohort, alix)


def test_the_board_counts_the_waiting_list(
    client: Client, cohort: Cohort, alix: Person, nour: Person
) -> None:
    mentee = make_mentee(cohort, nour)
    before = board_of(client, cohort, alix)
    mentee.state = EnrolmentState.WAITLISTED
    mentee.save()

    assert "Sur la liste d&#x27;attente" not in before
    assert "?state=waitlisted" in board_of(client, cohort, alix)


def test_the_board_tells_a_no_its_reason_and_what_follows_but_not_to_the_two(
    client: Client, cohort: Cohort, alix: Person, camille: Person, nour: Person
) -> None:
    make_mentor(cohort, camille)
    make_mentee(cohort, nour)
    propose_from_run(keep_run(cohort, by=alix, at=AT), by=alix, at=AT)
    pairs.decline_proposal(Pair.objects.get(), by=nour, at=AT, reason=DeclineReason.FIELD)

    page = board_of(client, cohort, alix)
    assert "Nour Haddad\xa0: «\xa0nos domaines sont trop éloignés\xa0»" in page
    assert "ne seront plus proposées ensemble" in page

    make_coordinator(cohort.programme, nour)
    assert "trop éloignés" not in board_of(client, cohort, nour)


def test_the_programmes_own_weights_are_a_click_away(
    client: Client, cohort: Cohort, alix: Person, camille: Person, nour: Person
) -> None:
    make_mentor(cohort, camille)
    make_mentee(cohort, nour)
    keep_run(cohort, weights={"sector": 5}, by=alix, at=AT)
    client.force_login(alix)
    address = reverse("matching:board", args=[cohort.pk])

    def weight(query: str) -> int:
        return int(client.get(address + query).context["dials"][0].value)

    assert (weight(""), weight("?usual")) == (5, 60)


@pytest.mark.parametrize("number", ["²", "9" * 18, "9" * 5000])
def test_a_number_of_nothing_is_no_error(
    client: Client, cohort: Cohort, alix: Person, number: str
) -> None:
    run = keep_run(cohort, by=alix, at=AT)
    client.force_login(alix)

    compared = client.get(reverse("matching:compare", args=[run.pk]), {"avec": number})
    retained = client.post(
        reverse("matching:retain", args=[run.pk]), {"which": "chosen", "mentee": number}
    )

    assert (compared.status_code, retained.status_code) in [(302, 302), (404, 302)]
