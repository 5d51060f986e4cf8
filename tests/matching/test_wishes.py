"""Choosing each other by cards without names, and asking oneself where the programme lets people."""

from __future__ import annotations

from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from matching.gather import gather_pool
from matching.kept import ranks_side_by_side
from matching.models import Wish
from matching.records import pairs_of
from matching.services import wishes
from matching.services.runs import keep_run
from people.models import Organisation, Person
from programmes.enums import PairState
from programmes.messages import PairProposed
from programmes.models import Cohort, Enrolment, Pair
from programmes.policy.document import UnreadableRules, read_rules, write
from programmes.policy.terms import Role
from programmes.sentences import Refused
from programmes.services import catalogue, pairs
from tests.factories.matching import DOCUMENT, make_mentee, make_mentor, make_pool
from tests.factories.people import make_person
from tests.factories.programmes import AT, make_cohort, make_enrolment
from tests.harness import tree
from tests.harness.queries import queries_of

EXAMPLE = tree.ROOT / "docs" / "examples" / "choose-your-mentor.toml"

SHOWN = {
    "questions": [
        question | {"on_card": question["code"] == "sector"} for question in DOCUMENT["questions"]
    ]
}
TERMS: dict[str, Any] = SHOWN | {"matching": {"wishes": 3, "preferences": 2, "self_service": True}}


@pytest.fixture
def cohort(organisation: Organisation, alix: Person) -> Cohort:
    return make_pool(organisation, alix, **TERMS)


@pytest.fixture
def three(
    cohort: Cohort, camille: Person, sacha: Person, nour: Person
) -> tuple[Enrolment, Enrolment, Enrolment]:
    """The mentor who suits Nour best, another one, and Nour."""
    return (
        make_mentor(cohort, camille),
        make_mentor(cohort, sacha, town="Lille", sector="santé"),
        make_mentee(cohort, nour),
    )


def page_of(client: Client, enrolment: Enrolment) -> str:
    return unescape(client.get(reverse("matching:wishes", args=[enrolment.pk])).content.decode())


def give(client: Client, enrolment: Enrolment, **ranks: Any) -> int:
    return client.post(reverse("matching:wishes", args=[enrolment.pk]), ranks).status_code


def ask(client: Client, mentee: Enrolment, mentor: Enrolment) -> str:
    address = reverse("matching:ask", args=[mentee.pk])
    return unescape(client.post(address, {"card": mentor.pk}, follow=True).content.decode())


def test_a_card_shows_what_the_programme_says_and_not_who_it_is(
    client: Client, three: tuple[Enrolment, ...], nour: Person
) -> None:
    client.force_login(nour)

    page = page_of(client, three[2])

    assert "Secteur" in page and "énergie" in page
    assert not [word for word in ("Camille", "Sacha", "Ville", "Lyon", "@example") if word in page]


def test_thirty_cards_cost_as_many_queries_as_three(
    client: Client, cohort: Cohort, three: tuple[Enrolment, ...], nour: Person
) -> None:
    client.force_login(nour)
    page_of(client, three[2])
    few = queries_of(lambda: page_of(client, three[2]))
    for number in range(30):
        make_mentor(cohort, make_person("Mentor", f"n{number}"))

    assert queries_of(lambda: page_of(client, three[2])) == few


def test_choices_are_kept_in_order_and_feed_the_next_run(
    client: Client, cohort: Cohort, three: tuple[Enrolment, ...], nour: Person, alix: Person
) -> None:
    best, other, mentee = three
    client.force_login(nour)

    give(client, mentee, **{f"rank_{other.pk}": "1", f"rank_{best.pk}": "2"})

    run = keep_run(cohort, weights={"wishes": 100, "sector": 10, "town": 10}, by=alix, at=AT)
    assert list(Wish.objects.values_list("chosen", "rank")) == [(other.pk, 1), (best.pk, 2)]
    assert run.inputs["wishes"] == [[mentee.pk, best.pk, 2], [mentee.pk, other.pk, 1]]
    assert [one.mentor for one in pairs_of(run)] == [other.pk]


def test_two_choices_of_one_rank_are_refused_and_nothing_is_lost(
    client: Client, three: tuple[Enrolment, ...], nour: Person
) -> None:
    best, other, mentee = three
    client.force_login(nour)

    answer = client.post(
        reverse("matching:wishes", args=[mentee.pk]),
        {f"rank_{other.pk}": "2", f"rank_{best.pk}": "2"},
    )

    assert answer.status_code == 422
    assert answer.content.decode().count('<option value="2" selected>') == 2
    assert Wish.objects.count() == 0


def test_who_does_not_suit_or_has_no_place_cannot_be_chosen(
    client: Client, cohort: Cohort, three: tuple[Enrolment, ...], nour: Person
) -> None:
    junior = make_mentor(cohort, make_person("Léo", "Jeune"), years=8)
    full = make_mentor(cohort, make_person("Max", "Complet"))
    full.capacity = 0
    full.save()
    client.force_login(nour)

    give(client, three[2], **{f"rank_{junior.pk}": "1", f"rank_{full.pk}": "2"})

    assert Wish.objects.count() == 0


def test_a_mentor_ranks_mentees_where_the_programme_takes_preferences(
    client: Client, cohort: Cohort, three: tuple[Enrolment, ...], camille: Person
) -> None:
    mentor, _, mentee = three
    client.force_login(camille)

    give(client, mentor, **{f"rank_{mentee.pk}": "1"})

    links = {one.code: one for one in gather_pool(cohort, today=AT.date()).pool.links}
    assert list(links) == ["preferences"]


def test_a_mentee_asks_and_the_mentor_accepts_without_the_team(
    client: Client, three: tuple[Enrolment, ...], nour: Person, camille: Person
) -> None:
    mentor, _, mentee = three
    client.force_login(nour)
    give(client, mentee, **{f"rank_{mentor.pk}": "1"})

    ask(client, mentee, mentor)

    pair = Pair.objects.get()
    assert (pair.state, pair.mentor, pair.is_request) == (PairState.PROPOSED, mentor, True)
    client.force_login(camille)
    assert "Nour Haddad vous demande de l'accompagner" in unescape(
        client.get(reverse("portal:space")).content.decode()
    )
    asked = client.get(reverse("programmes:answer_proposal", args=[pair.pk])).content.decode()
    assert "Nour Haddad vous demande de l’accompagner" in asked
    pairs.accept_proposal(pair, by=camille, at=AT)
    pair.refresh_from_db()
    assert pair.state == PairState.ACTIVE


def test_one_request_at_a_time_and_only_the_mentor_is_written_to(
    three: tuple[Enrolment, ...], nour: Person
) -> None:
    best, other, mentee = three
    wishes.rank(mentee, [best, other], by=nour, at=AT)
    first, second = Wish.objects.order_by("rank")
    wishes.ask(first, by=nour, at=AT)

    with pytest.raises(Refused) as refusal:
        wishes.ask(second, by=nour, at=AT)

    assert refusal.value.verdict.codes == ("ask:open",)
    pair = Pair.objects.get()
    due = [
        person_id
        for person_id in (best.person_id, mentee.person_id)
        if PairProposed(pair.pk, person_id, 0).is_still_due(AT)
    ]
    assert due == [best.person_id]


def test_after_a_no_the_next_choice_may_be_asked(
    client: Client, three: tuple[Enrolment, ...], nour: Person, camille: Person
) -> None:
    best, other, mentee = three
    wishes.rank(mentee, [best, other], by=nour, at=AT)
    pair = wishes.ask(Wish.objects.get(rank=1), by=nour, at=AT)
    pairs.decline_proposal(pair, by=camille, at=AT, reason="field")
    client.force_login(nour)

    ask(client, mentee, other)

    assert Pair.objects.get(state=PairState.PROPOSED).mentor == other


def test_a_programme_that_takes_no_wishes_has_no_such_page(
    client: Client, organisation: Organisation, alix: Person, nour: Person
) -> None:
    mentee = make_mentee(make_pool(organisation, alix), nour)
    client.force_login(nour)

    assert client.get(reverse("matching:wishes", args=[mentee.pk])).status_code == 404
    assert "matching:wishes" not in client.get(reverse("portal:space")).content.decode()


def test_where_only_the_team_decides_nobody_asks(
    organisation: Organisation, alix: Person, camille: Person, nour: Person
) -> None:
    cohort = make_pool(organisation, alix, **(SHOWN | {"matching": {"wishes": 1}}))
    mentor, mentee = make_mentor(cohort, camille), make_mentee(cohort, nour)
    wishes.rank(mentee, [mentor], by=nour, at=AT)

    with pytest.raises(Refused) as refusal:
        wishes.ask(Wish.objects.get(), by=nour, at=AT)

    assert refusal.value.verdict.codes == ("ask:service",)


def test_the_example_of_a_programme_by_choice_loads_and_shows_cards(
    client: Client, organisation: Organisation, camille: Person, nour: Person
) -> None:
    file = catalogue.parse_programme(EXAMPLE.read_text(encoding="utf-8"))
    cohort = make_cohort(catalogue.load_programme(file, organisation=organisation, by=None, at=AT))
    given = {"trade": "law", "places": ["lyon"]}
    make_enrolment(
        cohort, camille, Role.MENTOR, answers=given | {"years": 12, "employer": "Cabinet Moreau"}
    )
    client.force_login(nour)

    page = page_of(client, make_enrolment(cohort, nour, Role.MENTEE, answers=given))

    assert "Droit" in page
    assert "Cabinet" not in page


def test_the_terms_come_back_as_they_were_written() -> None:
    rules = read_rules(DOCUMENT | TERMS)

    assert read_rules(write(rules)) == rules
    assert write(rules)["matching"] == {"wishes": 3, "preferences": 2, "self_service": True}


@pytest.mark.parametrize(
    ("terms", "key"),
    [
        ({"matching": {"wishes": 3}}, "matching.wishes"),
        ({"matching": {"preferences": 3}}, "matching.preferences"),
        ({"matching": {"self_service": True}}, "matching.self_service"),
        ({"matching": {"wishes": 0}}, "matching.wishes"),
    ],
)
def test_terms_that_make_no_sense_are_told_by_their_key(terms: dict[str, Any], key: str) -> None:
    with pytest.raises(UnreadableRules) as refusal:
        read_rules(DOCUMENT | terms)

    assert [problem.key for problem in refusal.value.problems] == [key]


def test_two_runs_side_by_side_count_the_ranks_obtained_and_who_would_rather_change(
    client: Client, cohort: Cohort, three: tuple[Enrolment, ...], alix: Person
) -> None:
    Wish.objects.create(chooser=three[2], chosen=three[1], rank=1)
    before = keep_run(cohort, by=alix, at=AT)
    after = keep_run(cohort, weights={"wishes": 100, "sector": 0, "town": 0}, by=alix, at=AT)
    client.force_login(alix)

    address = reverse("matching:compare", args=[after.pk])
    page = unescape(client.get(address, {"avec": before.pk}).content.decode())

    assert ranks_side_by_side(before, after) == [("Vœux des mentorés", 1, 0, 1)]
    assert "Vœux des mentorés : choix n° 1 obtenus" in page
    assert "Poids de « Vœux des mentorés »" in page
    assert "ne se comparent pas" in page
    assert "Couples de personnes qui s'accorderaient mieux entre elles" in page
