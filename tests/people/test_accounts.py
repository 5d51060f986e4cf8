import re

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth import get_user
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from people.models import Person

pytestmark = pytest.mark.django_db


def sign_up(client: Client, *, email: str = "nour.haddad@example.org") -> None:
    client.post(
        reverse("account_signup"),
        {
            "first_name": "Nour",
            "last_name": "Haddad",
            "email": email,
            "password1": "un-long-mot-de-passe",
        },
    )


def test_signing_up_asks_for_a_name_and_verifies_the_address(client: Client) -> None:
    sign_up(client, email="Nour.Haddad@Example.org")

    person = Person.objects.get()
    assert (person.email, person.first_name, person.last_name) == (
        "nour.haddad@example.org",
        "Nour",
        "Haddad",
    )
    assert not EmailAddress.objects.get(user=person).verified
    assert not get_user(client).is_authenticated


def test_the_code_in_the_mail_opens_the_account(client: Client) -> None:
    sign_up(client)
    code = re.search(r"^[A-Z0-9]{4}-[A-Z0-9]{4}$", str(mail.outbox[0].body), re.MULTILINE)
    assert code is not None

    client.post(reverse("account_email_verification_sent"), {"code": code.group()})

    assert EmailAddress.objects.get().verified
    assert get_user(client).is_authenticated


def test_an_address_known_already_is_not_revealed_by_signing_up(
    client: Client, nour: Person
) -> None:
    sign_up(client, email=nour.email.upper())

    assert list(Person.objects.all()) == [nour]
    assert [message.to for message in mail.outbox] == [[nour.email]]


def test_one_logs_in_whatever_the_case_of_the_address(client: Client, nour: Person) -> None:
    client.post(reverse("account_login"), {"login": nour.email.upper(), "password": "motdepasse"})

    assert get_user(client).is_authenticated


def test_the_admin_has_no_log_in_of_its_own(client: Client) -> None:
    response = client.get("/admin/login/?next=/admin/")

    assert response.status_code == 302
    assert response.headers["Location"].startswith(reverse("account_login"))


def test_the_site_speaks_the_language_of_the_account(client: Client, nour: Person) -> None:
    client.force_login(nour)
    address = reverse("people:profile")

    client.post(address, {"first_name": "Nour", "last_name": "Haddad", "language": "en"})

    assert (
        client.get(address, headers={"accept-language": "fr"}).headers["Content-Language"] == "en"
    )


def test_another_code_can_be_asked_for(client: Client) -> None:
    sign_up(client)
    page = reverse("account_email_verification_sent")

    assert "Recevoir un autre code" in client.get(page).content.decode()
    cache.clear()  # as some seconds later: two codes at once are refused
    client.post(page, {"action": "resend"})

    assert [message.to for message in mail.outbox] == [["nour.haddad@example.org"]] * 2
    assert mail.outbox[0].body != mail.outbox[1].body


def test_a_mistyped_address_is_put_right_before_it_is_verified(client: Client) -> None:
    sign_up(client, email="nour.hadad@example.org")

    client.post(
        reverse("account_email_verification_sent"),
        {"action": "change", "email": "nour.haddad@example.org"},
    )

    assert mail.outbox[-1].to == ["nour.haddad@example.org"]
    assert Person.objects.get().email == "nour.haddad@example.org"


def test_the_summary_of_a_refused_form_counts_what_it_lists(client: Client) -> None:
    form = {"first_name": "Nour", "last_name": "", "email": "nour@example.org", "password1": "1234"}

    page = client.post(reverse("account_signup"), form).content.decode()

    summary = page.split("error-summary", 1)[1].split("</ul>", 1)[0]
    assert "Il reste 2 points à corriger" in summary
    assert summary.count("<li>") == 2


def test_who_asks_too_often_is_told_so_in_plain_words(client: Client) -> None:
    sign_up(client)

    response = client.post(reverse("account_email_verification_sent"), {"action": "resend"})

    assert response.status_code == 429
    assert "recommencez dans une minute" in response.content.decode()
