from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path

import pytest
from pytest_django.fixtures import Settings

from notifications import bell, messages, planner
from people.models import Membership, Organisation, Person
from tests.notifications.letters import MembershipNumberMissing
from tests.notifications.rows import bells_heard
from tests.notifications.servers import MoodyMailbox, moody_server


@pytest.fixture(autouse=True)
def _a_message_and_no_plan(monkeypatch: pytest.MonkeyPatch, settings: Settings) -> None:
    """One kind of message, with its templates; no plan of the apps above, no bell of other tests."""
    monkeypatch.setattr(messages, "_classes", {})
    monkeypatch.setattr(planner, "_plans", [])
    monkeypatch.setattr(bell, "_quiet_until", 0.0)
    bells_heard()
    messages.register(MembershipNumberMissing)
    engines = deepcopy(settings.TEMPLATES)
    engines[0]["DIRS"].append(Path(__file__).parent / "templates")
    settings.TEMPLATES = engines


@pytest.fixture
def moody(settings: Settings) -> Iterator[MoodyMailbox]:
    """A real mail server that does as the test tells it; Django sends to it."""
    with moody_server() as mailbox:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST = mailbox.host
        settings.EMAIL_PORT = mailbox.port
        yield mailbox


@pytest.fixture
def membership(nour: Person, organisation: Organisation) -> Membership:
    return Membership.objects.create(organisation=organisation, person=nour)
