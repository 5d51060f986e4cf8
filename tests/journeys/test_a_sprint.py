"""A programme of two weeks whose words have other genders: une marraine, un filleul, une hydre."""

from __future__ import annotations

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from people.models import Organisation, Person
from programmes.policy.terms import Role
from tests.journeys.test_a_sixth import begin
from tests.portal.reading import text_of

pytestmark = pytest.mark.django_db


def read(person: Person, address: str) -> str:
    """The words of a page, as this person reads them."""
    client = Client()
    client.force_login(person)
    page = client.get(address)
    assert page.status_code == 200
    return text_of(page)


def test_every_page_speaks_in_the_words_of_the_programme(
    organisation: Organisation, alix: Person, camille: Person, nour: Person
) -> None:
    year = begin(organisation, alix, "sprint", opens_on="2031-09-01")
    year.fill_in(camille, Role.MENTOR, {})
    assert year.refusal(lambda: year.hand_in(camille)) == [
        "Il manque ta réponse à « Le soir convient à la marraine comme au filleul ? »."
    ]
    for person, role in ((camille, Role.MENTOR), (nour, Role.MENTEE)):
        year.fill_in(person, role, {"evenings": True})
        space = read(person, reverse("portal:space"))
        assert "Demander de l’aide au comité" in space
        year.hand_in(person)
        year.admit(person)
    assert "et t'écrit dès qu'il l'a trouvée" in read(camille, reverse("portal:space"))

    year.mail()
    year.draft(camille, nour)
    year.propose()
    year.mail()
    assert mail.outbox[-1].subject == "Une hydre t'est proposée : Sprint de rentrée"

    board = read(alix, reverse("matching:board", args=[year.cohort.pk]))
    answers = read(alix, reverse("programmes:decide", args=[year.enrolment(camille).pk]))
    assert "Les soirs de la marraine" in board
    assert "Le soir convient à la marraine comme au filleul ?" in answers
    assert "{" not in board + answers
