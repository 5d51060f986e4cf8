"""Two mentees want the last place of one mentor: nobody asks somebody else unawares, no choice is lost."""

from __future__ import annotations

from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from matching.models import Ruling, RulingKind, Wish
from matching.services import wishes
from notifications import rendering
from notifications.models import OutboxMessage
from people.models import Organisation, Person
from programmes.enums import DeclineReason, PairState
from programmes.messages import RequestDeclined
from programmes.models import Cohort, Enrolment, Pair
from programmes.sentences import Refused
from programmes.services import pairs
from programmes.services.availability import hold_back
from tests.factories.matching import DOCUMENT, make_mentee, make_mentor, make_pool
from tests.factories.people import make_person
from tests.factories.programmes import AT

TERMS: dict[str, Any] = {
    "vocabulary": {"address": "tu"},
    "questions": [question | {"on_card": True} for question in DOCUMENT["questions"]],
    "matching": {"wishes": 3, "self_service": True},
}
TAKEN = "Cette personne n'a plus de place pour l'instant"


@pytest.fixture
def cohort(organisation: Organisation, alix: Person) -> Cohort:
    return make_pool(organisation, alix, **TERMS)


@pytest.fixture
def first(cohort: Cohort, camille: Person) -> Enrolment:
    """The mentor whom both want; one place."""
    return make_mentor(cohort, camille)


@pytest.fixture
def second(cohort: Cohort, sacha: Person) -> Enrolment:
    return make_mentor(cohort, sacha, town="Lille")


@pytest.fixture
def mentee(
    client: Client, cohort: Cohort, first: Enrolment, second: Enrolment, nour: Person
) -> Enrolment:
    """Nour, who ranked both and is logged in."""
    mentee = make_mentee(cohort, nour)
    wishes.rank(mentee, [first, second], by=nour, at=AT)
    client.force_login(nour)
    return mentee


@pytest.fixture
def quicker(cohort: Cohort, first: Enrolment, mentee: Enrolment) -> Pair:
    """Zoé asked the mentor before Nour did."""
    zoe = make_mentee(cohort, make_person("Zoé", "Rapide"))
    wishes.rank(zoe, [first], by=zoe.person, at=AT)
    return wishes.ask(Wish.objects.get(chooser=zoe), by=zoe.person, at=AT)


def cards(client: Client, mentee: Enrolment) -> str:
    return unescape(client.get(reverse("matching:wishes", args=[mentee.pk])).content.decode())


def ask(client: Client, mentee: Enrolment, card: object) -> str:
    address = reverse("matching:ask", args=[mentee.pk])
    return unescape(client.post(address, {"card": card}, follow=True).content.decode())


def test_the_page_says_that_the_first_choice_has_no_place_and_offers_the_next(
    client: Client, mentee: Enrolment, second: Enrolment, quicker: Pair
) -> None:
    page = cards(client, mentee)

    assert "Ton premier choix n'a plus de place pour l'instant" in page
    assert "Demander à la personne de la carte 2" in page
    assert f'name="card" value="{second.pk}"' in page


def test_whoever_comes_too_late_is_told_and_asks_nobody_else(
    client: Client, mentee: Enrolment, first: Enrolment, quicker: Pair
) -> None:
    page = ask(client, mentee, first.pk)

    assert TAKEN in page
    assert "demande à quelqu'un d'autre" in page
    assert Pair.objects.get() == quicker


def test_between_the_page_and_the_lock_the_sentence_is_the_same(
    mentee: Enrolment, nour: Person, quicker: Pair
) -> None:
    with pytest.raises(Refused) as refusal:
        wishes.ask(Wish.objects.get(chooser=mentee, rank=1), by=nour, at=AT)

    assert refusal.value.verdict.codes == ("ask:place",)


def test_a_choice_without_a_place_is_kept_when_the_others_are_ranked_again(
    client: Client, mentee: Enrolment, first: Enrolment, second: Enrolment, quicker: Pair
) -> None:
    client.post(
        reverse("matching:wishes", args=[mentee.pk]),
        {f"rank_{first.pk}": "2", f"rank_{second.pk}": "1"},
    )
    pairs.cancel_pair(quicker, by=None, at=AT)

    ranked = Wish.objects.filter(chooser=mentee).values_list("chosen", flat=True)
    assert list(ranked) == [second.pk, first.pk]
    assert "n'a plus de place" not in cards(client, mentee)


def test_who_is_on_hold_is_asked_nothing(
    client: Client, mentee: Enrolment, first: Enrolment, nour: Person, camille: Person
) -> None:
    hold_back(first, by=camille, at=AT)

    assert TAKEN in ask(client, mentee, first.pk)
    with pytest.raises(Refused):
        wishes.ask(Wish.objects.get(chooser=mentee, rank=1), by=nour, at=AT)


def test_whom_the_team_keeps_apart_is_neither_shown_nor_asked(
    client: Client, mentee: Enrolment, first: Enrolment, alix: Person
) -> None:
    Ruling.objects.create(
        mentor=first, mentee=mentee, kind=RulingKind.FORBIDDEN, reason="Cousins.", by=alix, at=AT
    )

    page = cards(client, mentee)

    assert f"rank_{first.pk}" not in page
    assert "Cette carte n'est plus là" in ask(client, mentee, first.pk)
    assert not Pair.objects.exists()


@pytest.mark.parametrize("card", ["", "abc", "²", "999999999999999999999"])
def test_what_is_no_card_asks_nobody(client: Client, mentee: Enrolment, card: str) -> None:
    assert "choisis-en une autre" in ask(client, mentee, card)
    assert not Pair.objects.exists()


def test_a_request_is_waited_for_and_may_be_taken_back(
    client: Client, mentee: Enrolment, first: Enrolment
) -> None:
    ask(client, mentee, first.pk)
    pair = Pair.objects.get()
    address = reverse("programmes:answer_proposal", args=[pair.pk])

    waiting, space, asked = (
        unescape(client.get(page).content.decode())
        for page in (
            reverse("matching:wishes", args=[mentee.pk]),
            reverse("portal:space"),
            address,
        )
    )
    done = unescape(client.post(address, {"answer": "take_back"}, follow=True).content.decode())

    assert "attends la réponse avant d'en faire une autre" in waiting
    assert "Ta demande est partie" in space
    assert "Tu as demandé à Camille Moreau de t'accompagner" in asked
    assert "La demande est retirée." in done
    pair.refresh_from_db()
    assert pair.state == PairState.CANCELLED
    assert "Demander à la personne de la carte 1" in cards(client, mentee)


@pytest.mark.parametrize("answer", ["no", "none"])
def test_who_asked_is_written_to_when_the_answer_is_no_or_does_not_come(
    client: Client,
    mentee: Enrolment,
    first: Enrolment,
    camille: Person,
    alix: Person,
    organisation: Organisation,
    answer: str,
) -> None:
    ask(client, mentee, first.pk)
    pair = Pair.objects.get()
    if answer == "no":
        pairs.decline_proposal(pair, by=camille, at=AT, reason=DeclineReason.FIELD)
    else:
        pairs.expire_proposal(pair, by=alix, at=AT)

    row = OutboxMessage.objects.get(kind="request_declined")
    message = RequestDeclined(**row.payload)
    mail = rendering.render(message, recipient=mentee.person, organisation=organisation)
    assert (row.recipient, message.is_still_due(AT)) == (mentee.person, True)
    assert "Camille Moreau ne peut pas t'accompagner cette fois" in mail.body
    assert "domaines" not in mail.body + mail.html


def test_in_such_a_programme_the_space_says_to_choose(client: Client, mentee: Enrolment) -> None:
    page = unescape(client.get(reverse("portal:space")).content.decode())

    assert "Choisis d'après des cartes sans nom, et demande" in page
    assert "cherche la bonne personne" not in page
