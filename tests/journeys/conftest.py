"""A pair's year, programme by programme."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from people.models import Organisation, Person
from tests.factories.programmes import make_preset
from tests.journeys.visitor import Visitor
from tests.journeys.year import Year

StartYear = Callable[..., Year]
Visit = Callable[..., Visitor]


@pytest.fixture
def begin(organisation: Organisation, alix: Person) -> StartYear:
    """Opens a cohort of one of the programmes that come with the product; Alix runs it."""

    def open_year(stem: str, *, opens_on: str, **dates: str) -> Year:
        return Year(make_preset(organisation, stem), team=alix, opens_on=opens_on, **dates)

    return open_year


@pytest.fixture
def visit(page: Page, live_server: LiveServer) -> Iterator[Visit]:
    """Opens a browser of one's own for someone; nothing any of them saw may be wrong."""
    browser = page.context.browser
    assert browser is not None
    visitors: list[Visitor] = []
    seen: set[str] = set()

    def open_browser(person: Person | None = None, *, wrong_words: str = "") -> Visitor:
        context = browser.new_context(
            base_url=live_server.url,
            locale="fr-FR",
            timezone_id="Europe/Paris",
            reduced_motion="reduce",
        )
        visitor = Visitor(context, address=live_server.url, wrong_words=wrong_words, seen=seen)
        visitors.append(visitor)
        if person is not None:
            visitor.come_in(person)
        return visitor

    yield open_browser
    for visitor in visitors:
        visitor.context.close()
    assert [problem for visitor in visitors for problem in visitor.problems] == []
