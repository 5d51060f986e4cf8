"""The board in a browser: by keyboard alone, on a phone, in light and dark, for everybody."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Page, expect

from matching.models import Ruling, Run
from people.models import Organisation, Person
from programmes.enums import PairState
from programmes.models import Cohort, Pair
from tests.factories.matching import make_mentee, make_mentor, make_pool
from tests.factories.people import make_person
from tests.harness.axe import faults

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def cohort(
    organisation: Organisation, alix: Person, camille: Person, sacha: Person, nour: Person
) -> Cohort:
    """Two mentors who suit Nour, one by the sector and one by the town, and someone with nobody."""
    cohort = make_pool(organisation, alix)
    make_mentor(cohort, camille, sector="santé")
    make_mentor(cohort, sacha, town="Lille")
    make_mentee(cohort, nour)
    make_mentee(cohort, make_person("Zoé", "Seule"), years=18)
    return cohort


@pytest.fixture
def board(page: Page, live_server: object, cohort: Cohort, alix: Person) -> Page:
    client = Client()
    client.force_login(alix)
    name = settings.SESSION_COOKIE_NAME
    address = str(live_server)
    page.context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": address}])
    page.goto(reverse("matching:board", args=[cohort.pk]))
    return page


def tab_to(page: Page, name: str, *, role: Any) -> None:
    """Press Tab until what is named has the focus, as someone without a mouse does."""
    target = page.get_by_role(role, name=name).first
    for _ in range(80):
        if target.evaluate("element => element === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"{name!r} cannot be reached by keyboard")


def test_weights_are_tried_kept_and_sent_by_keyboard_alone(board: Page) -> None:
    tab_to(board, "Même secteur", role="slider")
    board.keyboard.press("Home")
    expect(board.locator(".trial")).to_contain_text("Camille Moreau")
    expect(board.locator("output").first).to_have_text("0")

    tab_to(board, "Calculer une proposition", role="button")
    board.keyboard.press("Enter")
    expect(board.locator("main")).to_contain_text("Camille Moreau accompagne Nour Haddad")
    tab_to(board, "Les autres mentors possibles", role="link")
    board.keyboard.press("Enter")
    expect(board.locator(".choice-list")).to_contain_text("Sacha Petit")
    tab_to(board, "Préférer : Sacha Petit", role="button")
    board.keyboard.press("Enter")
    expect(board.locator("main")).to_contain_text("Des décisions ont été prises")
    tab_to(board, "Calculer de nouveau", role="button")
    board.keyboard.press("Enter")
    expect(board.locator("main")).to_contain_text("Sacha Petit accompagne Nour Haddad")
    tab_to(board, "Envoyer la proposition", role="button")
    board.keyboard.press("Enter")
    expect(board.locator("main")).to_contain_text("1 proposition envoyée.")

    assert Pair.objects.get().state == PairState.PROPOSED
    assert (Run.objects.count(), Ruling.objects.get().kind) == (2, "locked")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_page_of_the_matching_is_for_everybody(
    board: Page, cohort: Cohort, scheme: str
) -> None:
    board.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    board.set_viewport_size({"width": 390, "height": 844})
    board.reload()
    seen = {"board": faults(board)}
    board.get_by_role("slider").first.press("Home")
    expect(board.locator(".trial")).to_be_visible()
    seen["trial"] = faults(board)
    board.get_by_role("button", name="Calculer une proposition").press("Enter")
    board.get_by_role("link", name="Les autres mentors possibles").first.press("Enter")
    expect(board.locator(".choice-list")).to_be_visible()
    seen["run"] = faults(board)
    run = Run.objects.get()
    board.goto(reverse("matching:rulings", args=[cohort.pk]))
    seen["rulings"] = faults(board)
    board.goto(reverse("programmes:draft_pair", args=[cohort.pk]))
    board.get_by_role("link", name="Nour Haddad").press("Enter")
    seen["composing"] = faults(board)
    board.goto(reverse("matching:compare", args=[run.pk]) + f"?avec={run.pk}")
    seen["compare"] = faults(board)

    assert seen == {name: [] for name in seen}
    assert board.evaluate("document.documentElement.scrollWidth") <= 390


def test_two_people_are_composed_by_keyboard_alone(board: Page, cohort: Cohort) -> None:
    make_mentor(cohort, make_person("Abel", "Ailleurs"))
    tab_to(board, "Composer un binôme", role="link")
    board.keyboard.press("Enter")
    tab_to(board, "Nour Haddad", role="link")
    board.keyboard.press("Enter")

    tab_to(board, "Nom ou adresse", role="searchbox")
    board.keyboard.type("petit")
    expect(board.get_by_role("status")).to_have_text("1 personne.")
    expect(board.get_by_role("link", name="Abel Ailleurs")).to_have_count(0)
    board.keyboard.press("Tab")
    board.keyboard.press("Tab")
    board.keyboard.press("Enter")
    tab_to(board, "Mettre ce binôme à l'étude", role="button")
    board.keyboard.press("Enter")
    expect(board.locator("h1")).to_contain_text("Sacha Petit")

    assert Pair.objects.get().state == PairState.DRAFTED


def test_a_trial_that_fails_says_so_and_who_was_logged_out_is_shown_the_way_in(
    board: Page, live_server: object, cohort: Cohort
) -> None:
    browser = board.context.browser
    assert browser is not None
    context = browser.new_context(base_url=str(live_server))
    cookies: Any = board.context.cookies()
    context.add_cookies(cookies)
    page = context.new_page()
    page.goto(reverse("matching:board", args=[cohort.pk]))

    page.route("**/appariement/", lambda route: route.fulfill(status=503))
    page.get_by_role("slider").first.press("Home")
    expect(page.get_by_role("alert")).to_contain_text("Cela n'a pas abouti.")
    page.unroute("**/appariement/")
    page.get_by_role("slider").first.press("End")
    expect(page.locator(".trial")).to_contain_text("Nour Haddad")
    expect(page.get_by_role("alert")).to_have_count(0)

    context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    page.get_by_role("slider").first.press("Home")
    expect(page).to_have_url(re.compile("login"))
    context.close()


def test_without_scripts_everything_is_there(
    board: Page, live_server: object, cohort: Cohort
) -> None:
    browser = board.context.browser
    assert browser is not None
    context = browser.new_context(java_script_enabled=False, base_url=str(live_server))
    cookies: Any = board.context.cookies()
    context.add_cookies(cookies)
    page = context.new_page()
    page.goto(reverse("matching:board", args=[cohort.pk]))

    page.get_by_role("button", name="Essayer sans rien garder").click()
    expect(page.locator(".trial")).to_contain_text("Nour Haddad")
    page.get_by_role("button", name="Calculer une proposition").click()
    page.get_by_role("link", name="Les autres mentors possibles").first.click()
    expect(page.locator(".choice-list")).to_contain_text("Camille Moreau")

    page.goto(reverse("programmes:draft_pair", args=[cohort.pk]))
    page.get_by_role("link", name="Nour Haddad").click()
    page.get_by_role("searchbox").fill("petit")
    page.get_by_role("button", name="Chercher").click()
    page.get_by_role("link", name="Sacha Petit").click()
    expect(page.locator("main")).to_contain_text("Rien ne s'y oppose.")
    context.close()
