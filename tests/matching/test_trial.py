"""Trying weights gives what a run would, reads nobody again and keeps nothing."""

from __future__ import annotations

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from matching.models import Run
from matching.records import pairs_of
from matching.services.runs import draft_from_run, keep_run
from people.models import Organisation, Person
from programmes.models import Cohort
from tests.factories.matching import make_mentee, make_mentor, make_pool
from tests.factories.programmes import AT
from tests.harness.queries import queries_of

WEIGHTS = {"w_sector": "10", "w_town": "90"}


@pytest.fixture
def board(
    client: Client,
    organisation: Organisation,
    alix: Person,
    camille: Person,
    sacha: Person,
    nour: Person,
) -> str:
    cohort = make_pool(organisation, alix)
    make_mentor(cohort, camille, sector="santé")
    make_mentor(cohort, sacha, town="Lille")
    make_mentee(cohort, nour)
    client.force_login(alix)
    return reverse("matching:board", args=[cohort.pk])


def test_the_trial_names_what_a_run_with_these_weights_would_find(
    client: Client, board: str, alix: Person
) -> None:
    page = client.post(board, WEIGHTS).content.decode()
    run = keep_run(Cohort.objects.get(), weights={"sector": 10, "town": 90}, by=alix, at=AT)

    trial = page[page.index('class="trial"') :]
    assert "1 personne sur 1 aurait un mentor" in trial
    assert "Camille Moreau" in trial
    assert "Sacha Petit" not in trial
    assert "dernier calcul gardé" not in trial
    assert pairs_of(run)[0].score == 900


def test_a_trial_is_told_beside_the_last_run_that_was_kept(
    client: Client, board: str, alix: Person
) -> None:
    keep_run(Cohort.objects.get(), by=alix, at=AT)

    same, other = (
        client.post(board, weights, headers={"HX-Request": "true"}).content.decode()
        for weights in ({"w_sector": "60", "w_town": "40"}, WEIGHTS)
    )

    assert "Rien ne change par rapport au dernier calcul gardé." in same
    assert "Le résultat change pour une personne par rapport au dernier calcul gardé." in other


def test_a_run_whose_pairs_were_all_made_is_nothing_to_compare_with(
    client: Client, board: str, alix: Person
) -> None:
    draft_from_run(keep_run(Cohort.objects.get(), by=alix, at=AT), by=alix, at=AT)

    page = client.post(board, WEIGHTS, headers={"HX-Request": "true"}).content.decode()

    assert "Personne ne peut recevoir un mentor en ce moment" in page
    assert "dernier calcul gardé" not in page


def test_a_trial_keeps_nothing(client: Client, board: str) -> None:
    client.post(board, WEIGHTS)

    assert Run.objects.count() == 0


def test_a_second_trial_reads_nobody_again(client: Client, board: str) -> None:
    htmx = {"HX-Request": "true"}
    client.get(board)

    whole = queries_of(lambda: client.get(board))
    part = queries_of(lambda: client.post(board, WEIGHTS, headers=htmx))
    answer = client.post(board, WEIGHTS | {"w_town": "0"}, headers=htmx).content.decode()

    assert part < whole / 3
    assert "<html" not in answer
    assert "Sacha Petit" in answer


def test_a_trial_after_the_pool_was_forgotten_reads_it_again(client: Client, board: str) -> None:
    client.get(board)
    cache.clear()

    answer = client.post(board, WEIGHTS, headers={"HX-Request": "true"})

    assert "Camille Moreau" in answer.content.decode()


@pytest.mark.parametrize("weight", ["-3", "1e9", "99999999999", "²", "", "abc"])
def test_what_is_no_weight_is_passed_over(client: Client, board: str, weight: str) -> None:
    assert client.post(board, {"w_town": weight}).status_code == 200
    run = client.post(board + "calcul/", {"w_town": weight, "w_unknown": "4"}, follow=True)
    assert run.status_code == 200
