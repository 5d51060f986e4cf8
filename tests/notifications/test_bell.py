"""A broker that nobody answers at neither breaks a request nor slows it down."""

import socket
import time
from collections.abc import Iterator

import pytest
from celery import Celery
from django.db import transaction

from config.celery import BROKER_PATIENCE
from config.celery import app as celery_app
from notifications import bell, outbox, worker
from notifications.enums import State
from notifications.models import OutboxMessage
from people.models import Organisation
from tests.harness import processes
from tests.notifications.letters import MembershipNumberMissing
from tests.notifications.rows import NOON, members
from tests.notifications.servers import MoodyMailbox

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def nobody_listens() -> int:
    return processes.free_port()


@pytest.fixture
def nobody_answers() -> Iterator[int]:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port: int = server.getsockname()[1]
        yield port


@pytest.mark.parametrize("broker", ["nobody_listens", "nobody_answers"])
def test_a_request_that_queues_many_mails_survives_a_broker_out_of_reach(
    broker: str,
    request: pytest.FixtureRequest,
    moody: MoodyMailbox,
    organisation: Organisation,
    caplog: pytest.LogCaptureFixture,
) -> None:
    port = request.getfixturevalue(broker)
    Celery(broker=f"redis://127.0.0.1:{port}", broker_transport_options=BROKER_PATIENCE)
    started = time.monotonic()

    try:
        with transaction.atomic():
            for membership in members(organisation, 20):
                message = MembershipNumberMissing(membership.pk, NOON.date())
                outbox.queue(message, due_at=NOON)
    finally:
        celery_app.set_current()

    assert time.monotonic() - started < 2 * BROKER_PATIENCE["socket_timeout"]
    assert caplog.text.count("The broker is out of reach") == 1
    assert OutboxMessage.objects.filter(state=State.QUEUED).count() == 20
    assert worker.deliver_due(at=NOON) == {State.SENT: 20}


def test_a_real_redis_hears_the_bell_which_says_an_id_only(redis_url: str) -> None:
    ringing = Celery(broker=redis_url, broker_transport_options=BROKER_PATIENCE)

    try:
        bell.ring(7)
        with ringing.connection_for_read() as broker, broker.SimpleQueue("celery") as jobs:
            job = jobs.get(timeout=5)
            job.ack()
    finally:
        celery_app.set_current()

    assert (job.headers["task"], job.payload[:2]) == ("notifications.deliver", [[7], {}])


def test_the_product_has_that_patience() -> None:
    assert celery_app.conf.broker_transport_options == BROKER_PATIENCE


def test_the_bell_is_tried_again_after_a_while(
    monkeypatch: pytest.MonkeyPatch, nobody_listens: int, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(bell, "QUIET_SECONDS", 0.0)
    Celery(broker=f"redis://127.0.0.1:{nobody_listens}", broker_transport_options=BROKER_PATIENCE)

    try:
        bell.ring(1)
        bell.ring(2)
    finally:
        celery_app.set_current()

    assert caplog.text.count("The broker is out of reach") == 2
