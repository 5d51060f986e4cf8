"""Fixtures for every test: the people, and the real servers that stand behind them."""

import os
from collections.abc import Callable, Iterator

import pytest
from django.conf import settings
from django.core.cache import cache
from django.test import Client
from hypothesis import settings as hypothesis_settings
from playwright.sync_api import Browser, Page
from pytest_django.live_server_helper import LiveServer

from people import clock
from people.models import Organisation, Person
from tests.factories import people
from tests.harness import limits
from tests.harness.browser import Watch, chromium
from tests.harness.redis import redis_server
from tests.harness.smtp import Mailbox, smtp_server

# This machine has no PostgreSQL: the one run there is happens on SQLite.
INSTEAD_OF_POSTGRES = "BINOME_TEST_WITHOUT_POSTGRES" in os.environ
ON_SQLITE = settings.DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3"

# How long one example takes says more about the machine than about the product.
hypothesis_settings.register_profile("binome", deadline=None)
hypothesis_settings.load_profile("binome")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Mark the tests that use a browser; on SQLite leave out what it cannot tell anything new about."""
    for item in items:
        if "page" in getattr(item, "fixturenames", ()):
            item.add_marker("browser")
    if not ON_SQLITE:
        return
    is_told = proves_nothing_less_on_sqlite if INSTEAD_OF_POSTGRES else says_something_about_sqlite
    config.hook.pytest_deselected(items=[item for item in items if not is_told(item)])
    items[:] = [item for item in items if is_told(item)]


def marks(item: pytest.Item) -> set[str]:
    return {marker.name for marker in item.iter_markers()}


def proves_nothing_less_on_sqlite(item: pytest.Item) -> bool:
    return "postgresql" not in marks(item)


def says_something_about_sqlite(item: pytest.Item) -> bool:
    """Services and journeys do; pure functions, single pages and browsers do not."""
    asked_for = {*getattr(item, "fixturenames", ()), *marks(item)}
    uses_database = bool({"db", "transactional_db", "django_db"} & asked_for)
    is_page = "client" in asked_for and "journeys" not in item.path.parts
    return uses_database and not (
        is_page or {"postgresql", "browser"} & marks(item) or "permissions" in item.path.parts
    )


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say on what the tests ran, and what this machine could not run."""
    terminalreporter.section("where this ran")
    terminalreporter.line(f"database: {settings.DATABASES['default']['ENGINE'].rpartition('.')[2]}")
    skipped = [
        report
        for report in terminalreporter.stats.get("skipped", [])
        if isinstance(report, pytest.TestReport)
    ]
    for limit, count in limits.told_by(skipped).items():
        terminalreporter.line(f"{limit}: {count} tests left out")
    if INSTEAD_OF_POSTGRES:
        terminalreporter.line(
            f"{limits.PREFIX}PostgreSQL (apt-get install postgresql): ran on SQLite instead"
        )


def pytest_sessionfinish(session: pytest.Session) -> None:
    if INSTEAD_OF_POSTGRES and limits.is_ci():
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


@pytest.fixture(autouse=True)
def _nothing_left_over() -> Iterator[None]:
    """Each test starts at the machine's time and with untouched rate limits."""
    yield
    clock.reset()
    cache.clear()


@pytest.fixture
def log_in(client: Client, page: Page, live_server: LiveServer) -> Callable[[Person], None]:
    """Open a session in the browser of the test."""

    def as_person(person: Person) -> None:
        client.force_login(person)
        cookie = client.cookies["sessionid"].value
        page.context.add_cookies([{"name": "sessionid", "value": cookie, "url": live_server.url}])

    return as_person


@pytest.fixture
def camille(db: None) -> Person:
    """Mentors."""
    return people.make_camille()


@pytest.fixture
def nour(db: None) -> Person:
    """Is mentored."""
    return people.make_nour()


@pytest.fixture
def alix(db: None) -> Person:
    """Coordinates."""
    return people.make_alix()


@pytest.fixture
def sacha(db: None) -> Person:
    """A stranger."""
    return people.make_sacha()


@pytest.fixture
def robin(db: None) -> Person:
    """Coordinates elsewhere."""
    return people.make_robin()


@pytest.fixture
def organisation(db: None) -> Organisation:
    """Where Alix coordinates."""
    return people.make_organisation()


@pytest.fixture
def other_organisation(db: None) -> Organisation:
    """Where Robin coordinates."""
    return people.make_organisation("Réseau Horizon", slug="reseau-horizon")


@pytest.fixture(scope="session")
def redis_url() -> Iterator[str]:
    """A real Redis."""
    with redis_server() as url:
        yield url


@pytest.fixture
def mailbox(settings: pytest.FixtureRequest) -> Iterator[Mailbox]:
    """A real SMTP server; Django sends to it."""
    with smtp_server() as received:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST = received.host
        settings.EMAIL_PORT = received.port
        yield received


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A real Chromium."""
    with chromium() as running:
        yield running


@pytest.fixture
def page(browser: Browser, live_server: LiveServer) -> Iterator[Page]:
    """A page of the running site, in French; the test fails if the browser saw anything wrong."""
    context = browser.new_context(
        base_url=live_server.url, locale="fr-FR", timezone_id="Europe/Paris"
    )
    context.set_default_timeout(10_000)
    opened = context.new_page()
    watch = Watch(opened, own_address=live_server.url)
    yield opened
    context.close()
    assert watch.problems == []
