"""Signing with the keyboard alone, on a telephone's screen, as axe-core likes it."""

from __future__ import annotations

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from charters.models import Signature
from people.models import Person
from tests.factories.charters import code_in_mail
from tests.harness.axe import problems_on


def press_tab_until(page: Page, name: str) -> None:
    for _ in range(60):
        page.keyboard.press("Tab")
        focused = page.evaluate(
            "(document.activeElement.labels?.[0] ?? document.activeElement).innerText"
        )
        if name in focused:
            return
    raise AssertionError(f"{name} is out of reach of the keyboard")


@pytest.mark.django_db(transaction=True)
def test_a_convention_is_signed_with_the_keyboard_alone(
    page: Page, client, live_server, convention, nour: Person
) -> None:
    client.force_login(nour)
    session = client.cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(reverse("charters:convention", args=[convention.pair_id]))
    assert problems_on(page) == []
    alone = page.locator(".document-pages a").first
    expect(alone).to_have_attribute("href", reverse("charters:page", args=[convention.pair_id, 1]))
    expect(alone).to_have_attribute("target", "_blank")  # what is typed below stays

    press_tab_until(page, "Recevoir mon code")
    page.keyboard.press("Enter")
    page.wait_for_url("**#signer")
    assert problems_on(page) == []
    code = code_in_mail()
    press_tab_until(page, "Code reçu par e-mail")
    page.keyboard.type(code)
    page.keyboard.press("Enter")
    expect(page.locator("#signer [role=alert]")).to_be_focused()
    expect(page.locator("#signer [role=alert]")).to_be_in_viewport()
    assert problems_on(page) == []
    press_tab_until(page, "J'ai lu cette convention")
    page.keyboard.press("Space")
    press_tab_until(page, "Code reçu par e-mail")
    page.keyboard.press("Enter")

    expect(page.get_by_text("Votre signature est enregistrée, merci.")).to_be_visible()
    expect(
        page.get_by_text("Vous avez signé\u202f; on attend encore Camille Moreau.")
    ).to_be_visible()
    assert Signature.objects.get().person == nour
    assert problems_on(page) == []
