"""Many workers at once send each mail exactly once."""

import threading
from collections.abc import Callable

import pytest
from django.db import connections

from notifications import queries, rendering, worker
from notifications.courier import Courier
from notifications.enums import State
from notifications.models import OutboxMessage
from people.models import Organisation
from tests.notifications.rows import NOON, members, queue_for
from tests.notifications.servers import MoodyMailbox, deliveries

WORKERS = 8
ROWS = 120

pytestmark = pytest.mark.django_db(transaction=True)


def run_together(work: Callable[[], None]) -> list[BaseException]:
    """Have all workers begin at the same moment; what they raised."""
    raised: list[BaseException] = []
    start = threading.Barrier(WORKERS)

    def one_worker() -> None:
        try:
            start.wait()
            work()
        except BaseException as error:
            raised.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=one_worker) for _ in range(WORKERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=120)
    return raised


def test_eight_workers_send_each_mail_exactly_once(
    moody: MoodyMailbox, organisation: Organisation
) -> None:
    for membership in members(organisation, ROWS):
        queue_for(membership)

    raised = run_together(lambda: void(worker.deliver_due(at=NOON)))

    assert raised == []
    assert queries.counts() == {State.SENT: ROWS}
    assert deliveries(moody) == {f"m{n}@example.org": 1 for n in range(ROWS)}


def test_the_bell_of_one_row_heard_by_eight_workers_sends_it_once(
    moody: MoodyMailbox, organisation: Organisation
) -> None:
    [membership] = members(organisation, 1)
    row = queue_for(membership)

    raised = run_together(lambda: void(worker.deliver_one(row.pk, at=NOON)))

    assert raised == []
    assert deliveries(moody) == {"m0@example.org": 1}


def test_workers_that_claim_nothing_are_seen_to_send_twice(
    moody: MoodyMailbox, organisation: Organisation
) -> None:
    """The control: the two tests above would notice."""
    for membership in members(organisation, 3):
        queue_for(membership)
    all_have_read = threading.Barrier(WORKERS)

    def careless() -> None:
        rows = list(OutboxMessage.objects.filter(state=State.QUEUED))
        all_have_read.wait()
        with Courier() as courier:
            for row in rows:
                email = rendering.compose(
                    row.message(),
                    recipient=row.recipient,
                    address=row.address,
                    organisation=row.organisation,
                    message_id=row.message_id,
                )
                courier.carry(email)

    raised = run_together(careless)

    assert raised == []
    assert deliveries(moody) == {f"m{n}@example.org": WORKERS for n in range(3)}


def test_eight_requests_that_tell_of_one_event_queue_it_once(
    moody: MoodyMailbox, organisation: Organisation
) -> None:
    [membership] = members(organisation, 1)

    raised = run_together(lambda: void(queue_for(membership)))

    assert raised == []
    assert OutboxMessage.objects.count() == 1


def void(_: object) -> None:
    """What a worker returns does not matter here."""
