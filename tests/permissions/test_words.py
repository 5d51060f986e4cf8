"""A programme with a word of its own for everything is told in them: no page, mail or file says ours."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

import pytest
from django.urls import reverse
from pytest_django.plugin import DjangoDbBlocker

from people.models import Person
from tests.permissions.matrix import MATRIX
from tests.permissions.test_matrix import arguments
from tests.permissions.test_names import mails_to, read
from tests.permissions.world import TERMS, World, standing_world

pytestmark = pytest.mark.django_db

OWN = {
    "mentor": "marraine",
    "mentee": "filleul",
    "pair": "tandem",
    "meeting": "rendez-vous",
    "mentoring": "accompagnement",
    "team": "pôle",
    "organisation": "réseau",
    "charter": {"singular": "pacte", "gender": "m"},
    "convention": "contrat",
    "cohort": "promotion",
}
OURS = re.compile(
    r"\b(?:mentor|mentoré|mentee|binôme|rencontre|mentorat|équipe|association|charte|convention"
    r"|campagne|bilan)e?s?\b|\{[^{}<>:]*\}",  # nor braces that nothing filled
    re.IGNORECASE,
)
OF_SEVERAL_PROGRAMMES = {"portal:home", "programmes:workspace"}
# Where the team writes, in the default words between braces.
WRITTEN = {
    "programmes:programme_file",
    "charters:edit_heading",
    "charters:add_section",
    "charters:edit_section",
}
READERS = ("mentee", "mentor", "team", "anonymous")

# The product's name, code and addresses; names that the tests gave.
UNSAID = re.compile(
    r" – Binôme(?=</title>)|<a class=\"brand\".*?</a>|<(script|style)\b.*?</\1>"
    r"|Binôme, logiciel libre de mentorat|Binôme//Binôme|Campagne 2026"
    r"|mentors\.csv|\S+@\S+|\bhttps?://\S+",
    re.DOTALL,
)
SAID_IN_TAG = re.compile(r"\b(?:aria-label|alt|title|placeholder)=\"([^\"]*)\"")
TAG = re.compile(r"<[^<>]*>")


def words_said(page: str) -> str:
    """What a person reads or hears of a page or a mail."""
    said = UNSAID.sub(" ", page)
    return html.unescape(" ".join([TAG.sub(" ", said), *SAID_IN_TAG.findall(said)]))


def pages(world: World) -> Iterator[tuple[str, str]]:
    for name, row in MATRIX.items():
        reader = next((one for one in READERS if one in row.who), None)
        if row.method == "get" and reader and name not in OF_SEVERAL_PROGRAMMES | WRITTEN:
            address = reverse(name, kwargs=arguments(row, world))
            yield name, read(address, world.visitors[reader])


def ours_among(told: Iterator[tuple[str, str]]) -> dict[str, list[str]]:
    found = {name: OURS.findall(words_said(text)) for name, text in told}
    return {name: words for name, words in found.items() if words}


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[World]:
    with standing_world(django_db_blocker, TERMS | {"vocabulary": OWN}) as world:
        yield world


def test_no_page_and_no_file_says_a_word_that_the_programme_replaced(world: World) -> None:
    assert ours_among(pages(world)) == {}


def test_no_mail_says_a_word_that_the_programme_replaced(world: World) -> None:
    readers: list[Person] = [world.visitors[one] for one in READERS if world.visitors[one]]

    assert ours_among(mails_to(world, readers)) == {}


def test_control_a_word_of_ours_is_seen() -> None:
    page = '<title>La rencontre – Binôme</title><p title="L\'équipe">la marraine</p>'

    assert ours_among(iter([("page", page)])) == {"page": ["rencontre", "équipe"]}
