"""The account's pages, in a real browser: the policy and the phone are checked on each."""

import pytest
from django.core import mail
from django.urls import reverse
from playwright.sync_api import Page, expect

from people.models import Person

pytestmark = pytest.mark.django_db(transaction=True)

ENTRANCES = [
    "account_login",
    "account_request_login_code",
    "account_signup",
    "account_reset_password",
]
OWN_PAGES = ["people:profile", "account_email", "account_change_password", "mfa_index"]


def fits_a_phone(page: Page) -> bool:
    page.set_viewport_size({"width": 360, "height": 740})
    wider: int = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    return wider <= 0


def log_in(page: Page, person: Person) -> None:
    page.goto(reverse("account_login"))
    page.get_by_label("Adresse e-mail").fill(person.email)
    page.locator("input[type=password]").fill("motdepasse")
    page.locator("main button[type=submit]").click()
    page.wait_for_url("**/")


@pytest.mark.parametrize("name", ENTRANCES)
def test_an_entrance_has_one_heading_and_fits_a_phone(page: Page, name: str) -> None:
    page.goto(reverse(name))

    expect(page.get_by_role("heading", level=1)).to_have_count(1)
    assert fits_a_phone(page)


def test_nour_signs_up_and_confirms_her_address(page: Page) -> None:
    page.goto(reverse("account_signup"))
    page.get_by_label("Prénom").fill("Nour")
    page.locator("input[name=last_name]").fill("Haddad")
    page.get_by_label("Adresse e-mail").fill("nour.haddad@example.org")
    page.locator("input[type=password]").fill("un-long-mot-de-passe")
    page.locator("main button[type=submit]").click()
    page.wait_for_url("**/compte/confirm-email/**")
    code = str(mail.outbox[0].body).split("\n\n")[2].strip()

    page.locator("input[name=code]").fill(code)
    page.locator("input[name=code]").press("Enter")
    page.wait_for_url("**/")
    page.goto(reverse("people:profile"))

    expect(page.get_by_label("Prénom")).to_have_value("Nour")


def test_whoever_enters_by_a_code_reaches_the_page_of_the_link_followed(
    page: Page, nour: Person
) -> None:
    page.goto(reverse("people:profile"))
    page.get_by_role("link", name="Recevoir un code, sans mot de passe").click()
    page.get_by_role("link", name="Se connecter avec un mot de passe").click()
    page.get_by_role("link", name="Recevoir un code, sans mot de passe").click()
    page.get_by_label("Adresse e-mail").fill(nour.email)
    page.get_by_role("button", name="Recevoir le code").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Entrez le code reçu")
    code = str(mail.outbox[0].body).split("\n\n")[2].strip()

    page.locator("input[name=code]").fill(code)
    page.locator("input[name=code]").press("Enter")

    page.wait_for_url(f"**{reverse('people:profile')}")


def test_the_pages_of_the_account_have_one_heading_and_fit_a_phone(
    page: Page, nour: Person
) -> None:
    log_in(page, nour)

    for name in OWN_PAGES:
        page.goto(reverse(name))

        expect(page.get_by_role("heading", level=1)).to_have_count(1)
        expect(page.locator("main nav [aria-current=page]")).to_have_count(1)
        assert fits_a_phone(page), name
