"""Controls of the test harness: each server must notice something that is wrong."""

import smtplib

import pytest
from django.core.mail import send_mail
from django.db import IntegrityError, connection
from playwright.sync_api import Browser
from pytest_django.live_server_helper import LiveServer

from people.models import Person
from tests.harness import axe, limits
from tests.harness.browser import Watch
from tests.harness.redis import answers, redis_server
from tests.harness.smtp import REFUSED_DOMAIN, Mailbox


@pytest.mark.postgresql
@pytest.mark.django_db
def test_the_database_is_postgresql_and_refuses_what_breaks_a_constraint(camille: Person) -> None:
    assert connection.vendor == "postgresql"

    with pytest.raises(IntegrityError, match="person_email_unique"):
        Person.objects.bulk_create([Person(email=camille.email.upper())])


@pytest.mark.django_db
def test_the_database_knows_the_case_of_accented_letters() -> None:
    Person.objects.create_user("a@example.org", last_name="Évrard")

    assert Person.objects.filter(last_name__iexact="ÉVRARD").exists()


def test_a_redis_of_our_own_is_gone_after_its_block() -> None:
    with redis_server() as url:
        assert answers(url)

    assert not answers(url)


def test_mails_go_through_a_real_smtp_server(mailbox: Mailbox) -> None:
    send_mail("Bonjour", "À bientôt", "binome@example.org", ["nour.haddad@example.org"])

    assert [message["Subject"] for message in mailbox.messages] == ["Bonjour"]
    assert mailbox.recipients == [["nour.haddad@example.org"]]


def test_the_smtp_server_can_refuse(mailbox: Mailbox) -> None:
    with pytest.raises(smtplib.SMTPRecipientsRefused):
        send_mail("Bonjour", "À bientôt", "binome@example.org", [f"qui@{REFUSED_DOMAIN}"])

    assert mailbox.messages == []


@pytest.mark.browser
@pytest.mark.parametrize(
    ("html", "problem"),
    [
        ("<img src='http://elsewhere.example/a.png'>", "request to another host"),
        ("<script>missing()</script>", "script error"),
        ("<script>console.error('broken')</script>", "console: broken"),
    ],
)
def test_the_browser_notices_what_a_page_must_not_do(
    browser: Browser, html: str, problem: str
) -> None:
    page = browser.new_page()
    watch = Watch(page, own_address="http://localhost:1")

    page.set_content(html)
    page.wait_for_timeout(200)
    page.close()

    assert watch.problems[0].startswith(problem)


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_the_browser_notices_a_file_that_is_not_there(
    browser: Browser, live_server: LiveServer
) -> None:
    page = browser.new_page()
    watch = Watch(page, own_address=live_server.url)

    page.goto(f"{live_server.url}/compte/login/")
    with page.expect_response("**/forgotten.svg"):
        page.evaluate("new Image().src = '/static/images/forgotten.svg'")
    page.close()

    assert watch.problems == [f"status 404: {live_server.url}/static/images/forgotten.svg"]


@pytest.mark.browser
def test_axe_notices_what_is_wrong_and_how_grave_it_is(browser: Browser) -> None:
    page = browser.new_page()
    page.set_content("<html lang=fr><title>B</title><main><img src='data:,'><h1>A</h1><h3>C</h3>")

    found, grave = axe.faults(page), axe.faults(page, impacts=frozenset({"critical"}))
    page.close()

    assert found == ["heading-order: ['h3']", "image-alt: ['img']"]
    assert grave == ["image-alt: ['img']"]


def test_a_missing_server_leaves_a_test_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CI", raising=False)

    with pytest.raises(
        pytest.skip.Exception, match=r"cannot run on this machine: flying \(grow wings\)"
    ):
        limits.cannot_run("flying", install="grow wings")


def test_a_missing_server_is_an_error_in_continuous_integration(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("CI", "true")

    with pytest.raises(
        pytest.fail.Exception, match=r"cannot run on this machine: flying \(grow wings\)"
    ):
        limits.cannot_run("flying", install="grow wings")
