"""Runs are kept as they were, without names; pairs are made of them as far as rules still allow."""

from __future__ import annotations

import json
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from matching import kept
from matching.engine.certificate import Certificate, check
from matching.gather import gather_pool
from matching.models import Run
from matching.records import pairs_of, without_of
from matching.services.runs import draft_from_run, keep_run, propose_from_run
from people.models import Organisation, Person
from programmes.enums import PairState
from programmes.models import Cohort, Pair
from tests.factories.matching import make_mentee, make_mentor, make_pool
from tests.factories.people import make_person
from tests.factories.programmes import AT
from tests.harness.queries import queries_of


@pytest.fixture
def cohort(organisation: Organisation, alix: Person) -> Cohort:
    return make_pool(organisation, alix)


def retain(client: Client, run: Run, **given: object) -> str:
    address = reverse("matching:retain", args=[run.pk])
    return client.post(address, given, follow=True).content.decode()


def test_a_run_keeps_who_was_there_what_weighed_and_what_was_found(
    cohort: Cohort, alix: Person, camille: Person, nour: Person, sacha: Person
) -> None:
    mentor, junior = make_mentor(cohort, camille), make_mentor(cohort, sacha, years=9)
    mentee = make_mentee(cohort, nour, town="Lille")
    alone = make_mentee(cohort, make_person("Zoé", "Seule"), years=15)

    run = keep_run(cohort, weights={"town": 20}, by=alix, at=AT)

    assert (run.by, run.at, run.weights) == (alix, AT, {"gap": 0, "sector": 60, "town": 20})
    assert run.inputs["mentees"] == [mentee.pk, alone.pk]
    assert run.inputs["mentors"] == [[mentor.pk, 1], [junior.pk, 1]]
    [pair] = pairs_of(run)
    assert (pair.mentee, pair.mentor, pair.score) == (mentee.pk, mentor.pk, 750)
    assert [(part.code, part.points, part.most) for part in pair.parts] == [
        ("sector", 750, 750),
        ("town", 0, 250),
    ]
    [left] = without_of(run)
    assert (left.mentee, left.why.suited) == (alone.pk, 0)
    assert run.portrait == {
        "mean": 750.0,
        "fifth_percentile": 750.0,
        "minimum": 750,
        "blocking": 0,
        "ranks": {},
    }


def test_a_run_is_kept_with_its_proof_and_says_it_in_one_sentence(
    client: Client, cohort: Cohort, alix: Person, camille: Person, nour: Person
) -> None:
    make_mentor(cohort, camille)
    make_mentee(cohort, nour)
    client.force_login(alix)

    run = keep_run(cohort, by=alix, at=AT)
    page = unescape(client.get(reverse("matching:kept", args=[run.pk])).content.decode())

    gathered = gather_pool(cohort, today=AT.date(), weights=run.weights)
    check(gathered.pool, [(0, 0)], Certificate.from_document(run.certificate))
    assert "Prouvé sur 1 binôme imaginable : on ne peut ni donner un mentor à plus de monde" in page


def test_what_is_kept_names_nobody_and_repeats_no_answer(
    cohort: Cohort, alix: Person, camille: Person, nour: Person
) -> None:
    make_mentor(cohort, camille, sector="orfèvrerie")
    make_mentee(cohort, nour, sector="orfèvrerie")

    run = keep_run(cohort, by=alix, at=AT)
    page = kept.rows_of(run, pairs_of(run), reader=alix, today=AT.date())

    told = json.dumps([run.inputs, run.result, run.portrait, run.weights], ensure_ascii=False)
    assert str(page[0].mentor.person) == "Camille Moreau"
    assert not [word for word in ("Camille", "Nour", "orfèvrerie", "@") if word in told]


def test_a_run_outlives_the_enrolments_it_spoke_of(
    client: Client, cohort: Cohort, alix: Person, camille: Person, nour: Person
) -> None:
    make_mentor(cohort, camille)
    mentee = make_mentee(cohort, nour)
    run = keep_run(cohort, by=alix, at=AT)
    address = reverse("matching:kept", args=[run.pk])
    client.force_login(alix)
    assert "Nour Haddad" in client.get(address).content.decode()

    mentee.delete()

    page = client.get(address)
    assert page.status_code == 200
    assert "Nour Haddad" not in page.content.decode()
    assert propose_from_run(run, by=alix, at=AT).pairs == []


def test_the_pairs_of_a_run_are_sent_together(
    client: Client, cohort: Cohort, alix: Person, camille: Person, nour: Person
) -> None:
    make_mentor(cohort, camille)
    make_mentee(cohort, nour)
    client.force_login(alix)

    page = retain(client, keep_run(cohort, by=alix, at=AT))

    assert "1 proposition envoyée." in page
    assert Pair.objects.get().state == PairState.PROPOSED


def test_only_those_ticked_are_retained(client: Client, cohort: Cohort, alix: Person) -> None:
    for number in range(3):
        make_mentor(cohort, make_person("Mentor", f"n{number}"))
    mentees = [make_mentee(cohort, make_person("Mentee", f"n{number}")) for number in range(3)]
    run = keep_run(cohort, by=alix, at=AT)
    client.force_login(alix)

    nothing = retain(client, run, which="chosen")
    retain(client, run, which="chosen", mentee=[mentees[0].pk, mentees[2].pk])

    assert "Cochez d&#x27;abord" in nothing
    assert set(Pair.objects.values_list("mentee", flat=True)) == {mentees[0].pk, mentees[2].pk}


def test_what_may_not_be_any_more_is_left_out_and_told(
    client: Client, cohort: Cohort, alix: Person, camille: Person, nour: Person
) -> None:
    mentor = make_mentor(cohort, camille)
    make_mentee(cohort, nour)
    run = keep_run(cohort, by=alix, at=AT)
    mentor.capacity = 0
    mentor.save()
    client.force_login(alix)

    page = retain(client, run)

    assert "Camille Moreau et Nour Haddad n&#x27;ont pas été retenus." in page
    assert "sa limite est de 0" in page
    assert Pair.objects.count() == 0


def test_sending_twice_sends_once(
    cohort: Cohort, alix: Person, camille: Person, nour: Person
) -> None:
    make_mentor(cohort, camille)
    make_mentee(cohort, nour)
    run = keep_run(cohort, by=alix, at=AT)

    first, second = (propose_from_run(run, by=alix, at=AT) for _ in range(2))

    assert (len(first.pairs), len(second.pairs)) == (1, 0)
    assert [one.verdict.codes[0] for one in second.left_out] == ["pair:exists"]


def test_a_coordinator_decides_nothing_about_their_own_pair(
    client: Client, cohort: Cohort, alix: Person, nour: Person
) -> None:
    make_mentor(cohort, alix)
    make_mentee(cohort, nour)
    run = keep_run(cohort, by=alix, at=AT)
    client.force_login(alix)

    page = unescape(client.get(reverse("matching:kept", args=[run.pk])).content.decode())
    sent = retain(client, run)

    assert "Vous êtes l'une des deux personnes" in page
    assert 'name="mentee"' not in page
    assert "n'ont pas été retenus" in unescape(sent)
    assert Pair.objects.count() == 0


def test_two_runs_side_by_side_say_for_whom_the_mentor_changes(
    client: Client, cohort: Cohort, alix: Person, camille: Person, sacha: Person, nour: Person
) -> None:
    near, alike = make_mentor(cohort, camille, sector="santé"), make_mentor(cohort, sacha, town="")
    mentee = make_mentee(cohort, nour)
    before = keep_run(cohort, by=alix, at=AT)
    after = keep_run(cohort, weights={"sector": 10, "town": 90}, by=alix, at=AT)
    client.force_login(alix)

    [(who, old, new)] = kept.changed(before, after)
    page = client.get(
        reverse("matching:compare", args=[after.pk]), {"avec": before.pk}
    ).content.decode()

    assert old and new
    assert (who, old.mentor, new.mentor) == (mentee.pk, alike.pk, near.pk)
    assert page.index("Sacha Petit") < page.index("Camille Moreau")
    assert kept.changed(after, after) == []


def test_who_got_a_mentor_between_two_runs_is_not_told_as_left_without(
    client: Client, cohort: Cohort, alix: Person, camille: Person, sacha: Person, nour: Person
) -> None:
    make_mentor(cohort, camille)
    make_mentee(cohort, nour)
    before = keep_run(cohort, by=alix, at=AT)
    propose_from_run(before, by=alix, at=AT)
    make_mentor(cohort, sacha)
    make_mentee(cohort, make_person("Zoé", "Après"))
    after = keep_run(cohort, by=alix, at=AT)
    client.force_login(alix)

    address = reverse("matching:compare", args=[after.pk])
    page = client.get(address, {"avec": before.pk}).content.decode()

    assert kept.changed(before, after) == []
    assert "2 autres personnes ne sont que dans l'un des deux calculs" in page
    assert "Nour" not in page


def test_a_run_that_found_nobody_is_read_and_compared_all_the_same(
    client: Client, cohort: Cohort, alix: Person
) -> None:
    empty, again = (keep_run(cohort, by=alix, at=AT) for _ in range(2))
    client.force_login(alix)

    page = client.get(reverse("matching:kept", args=[empty.pk])).content.decode()
    side_by_side = client.get(
        reverse("matching:compare", args=[again.pk]), {"avec": empty.pk}
    ).content.decode()

    assert "Aucune proposition" in page
    assert "les deux calculs proposent les mêmes" in side_by_side


def test_another_mentor_is_told_with_what_choosing_them_costs_the_whole(
    client: Client, cohort: Cohort, alix: Person, camille: Person, sacha: Person, nour: Person
) -> None:
    best, second = make_mentor(cohort, camille), make_mentor(cohort, sacha, years=16, town="Lille")
    first = make_mentee(cohort, nour)
    make_mentee(cohort, make_person("Zoé", "Après"), years=9)
    run = keep_run(cohort, by=alix, at=AT)
    assert [(one.mentee, one.mentor) for one in pairs_of(run)][-1] == (first.pk, second.pk)

    [other] = kept.others_for(run, first.pk, today=AT.date()) or []

    assert (other.mentor, other.points, other.mentees) == (best, 1000, -1)
    client.force_login(alix)
    told = client.get(reverse("matching:others", args=[run.pk, first.pk])).content.decode()
    assert "Une personne de plus resterait sans mentor." in told


def test_for_whom_a_run_left_without_the_mentors_who_went_to_others_are_told(
    client: Client, cohort: Cohort, alix: Person, camille: Person, nour: Person
) -> None:
    mentor = make_mentor(cohort, camille)
    make_mentee(cohort, nour)
    left = make_mentee(cohort, make_person("Zoé", "Après"), town="Lille")
    run = keep_run(cohort, by=alix, at=AT)
    address = reverse("matching:others", args=[run.pk, left.pk])
    client.force_login(alix)

    page = client.get(reverse("matching:kept", args=[run.pk])).content.decode()
    [other] = kept.others_for(run, left.pk, today=AT.date()) or []

    assert address in page
    assert (other.mentor, other.points, other.mentees) == (mentor, 600, 0)
    assert other.total < 0


def test_a_run_with_thirty_pairs_is_read_in_as_many_queries_as_one_with_three(
    client: Client,
    cohort: Cohort,
    alix: Person,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    client.force_login(alix)
    addresses = []
    for count in (3, 15):
        for number in range(count):
            make_mentor(cohort, make_person("Mentor", f"n{count}-{number}"))
            make_mentee(cohort, make_person("Mentee", f"n{count}-{number}"))
            make_mentee(cohort, make_person("Reste", f"n{count}-{number}"), years=15)
        run = keep_run(cohort, by=alix, at=AT)
        addresses.append(reverse("matching:kept", args=[run.pk]))
    client.get(addresses[0])
    draft_from_run(run, mentees=[pairs_of(run)[0].mentee], by=alix, at=AT)

    few = queries_of(lambda: client.get(addresses[0]))
    with django_assert_num_queries(few):
        client.get(addresses[1])
