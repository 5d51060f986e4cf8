"""Someone in a browser of their own, who reads every page and follows what it offers."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.test import Client
from django.urls import reverse
from playwright.sync_api import BrowserContext, Locator, Page, expect

from people.models import Person
from tests.harness import axe
from tests.harness.browser import Watch

SERIOUS = frozenset({"serious", "critical"})


class Visitor:
    """One person's browser. `wrong_words` are never to be read on a page of this programme."""

    def __init__(
        self, context: BrowserContext, *, address: str, wrong_words: str, seen: set[str]
    ) -> None:
        context.set_default_timeout(10_000)
        self.context, self.address = context, address
        self.page: Page = context.new_page()
        self._watch = Watch(self.page, own_address=address)
        self._wrong_words = re.compile(wrong_words, re.IGNORECASE) if wrong_words else None
        self._seen = seen

    def come_in(self, person: Person) -> None:
        """With the cookie of a log-in; signing up and logging in by hand is walked elsewhere."""
        client = Client()
        client.force_login(person)
        name = settings.SESSION_COOKIE_NAME
        cookie = {"name": name, "value": client.cookies[name].value, "url": self.address}
        self.context.add_cookies([cookie])

    def log_in(self, person: Person) -> None:
        """By hand, with address and password."""
        self.open(reverse("account_login"))
        self.fill({"login": person.email, "password": "motdepasse"})
        self.press("Se connecter")

    def open(self, address: str) -> None:
        self.page.goto(address)
        self.look()

    def follow(self, name: str) -> None:
        """A link of the page's content."""
        self.page.locator("main").get_by_role("link", name=name, exact=False).first.click()
        self.look()

    def press(self, name: str) -> None:
        self.page.locator("main").get_by_role("button", name=name, exact=False).first.click()
        self.look()

    def next_step(self, title: str) -> None:
        """Opens their space, reads there what is next, and does as it says."""
        self.open(reverse("portal:space"))
        card = self.page.locator(".card-accent").first
        expect(card).to_contain_text(title)
        card.locator("a.btn-primary").click()
        self.look()

    def reads(self, *sentences: str) -> None:
        for sentence in sentences:
            expect(self.page.locator("main")).to_contain_text(sentence)

    def fill(self, answers: Mapping[str, Any]) -> None:
        """Fields by name: a text, a choice, or a list of boxes to tick."""
        for name, value in answers.items():
            for one in value if isinstance(value, list | tuple) else [value]:
                self._fill_one(name, one)

    def tick_everything(self) -> None:
        for box in self.page.locator("main input[type=checkbox]").all():
            _tick(box)

    def look(self) -> None:
        """Every page has one heading and the programme's words; each kind of page passes axe once."""
        self.page.wait_for_load_state("load")
        expect(self.page.locator("h1")).to_have_count(1)
        told = self.page.locator("body").inner_text()
        if self._wrong_words is not None:
            assert self._wrong_words.findall(told) == [], self.page.url
        kind = re.sub(r"\d+", "N", self.page.url.split("?")[0])
        if kind not in self._seen:
            self._seen.add(kind)
            assert axe.faults(self.page, impacts=SERIOUS) == [], self.page.url

    @property
    def problems(self) -> list[str]:
        return self._watch.problems

    def _fill_one(self, name: str, value: Any) -> None:
        fields = self.page.locator(f'main [name="{name}"]')
        first = fields.first
        tag, kind = first.evaluate("e => [e.tagName, e.type]")
        if tag == "SELECT":
            first.select_option(str(value))
        elif kind in {"radio", "checkbox"}:
            said = {True: ("yes", "True"), False: ("no", "False")}.get(value, (value, value))
            named = f'main [name="{name}"]'
            exact = self.page.locator(", ".join(f'{named}[value="{one}"]' for one in said))
            _tick(first if value is True and kind == "checkbox" else exact)
        else:
            first.fill(str(value))


def _tick(box: Locator) -> None:
    """By keyboard: a label covers the box, and a page that still scrolls moves under a pointer."""
    if not box.is_checked():
        box.press("Space")
    expect(box).to_be_checked()
