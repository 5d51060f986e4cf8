"""A worker killed in the middle loses no mail, and what nobody can know is counted."""

import pytest
from django.utils import timezone

from notifications import queries, worker
from notifications.enums import State
from notifications.models import OutboxMessage
from people.models import Organisation
from tests.notifications.rows import NOON, members, queue_for
from tests.notifications.servers import MoodyMailbox, deliveries
from tests.notifications.victims import (
    A_WORKER,
    in_a_thread_of_its_own,
    kill_at_the_third,
    let_the_lease_run_out,
    start_process,
)

ROWS = 6

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_worker_that_nobody_kills_sends_everything(
    moody: MoodyMailbox, organisation: Organisation
) -> None:
    """The control: the process of these tests does its work when left alone."""
    for membership in members(organisation, ROWS):
        queue_for(membership)

    assert start_process(A_WORKER, moody).wait(timeout=60) == 0

    assert deliveries(moody) == {f"m{n}@example.org": 1 for n in range(ROWS)}


@pytest.mark.parametrize(
    ("moment", "times_third_arrives"), [("before_taking", 1), ("after_taking", 2)]
)
def test_what_a_killed_worker_left_is_sent_and_its_doubt_is_counted(
    moody: MoodyMailbox, organisation: Organisation, moment: str, times_third_arrives: int
) -> None:
    for membership in members(organisation, ROWS):
        queue_for(membership)
    kill_at_the_third(moody, script=A_WORKER, moment=moment)
    after_the_kill = queries.counts()

    while_leased = worker.recover_lost()
    let_the_lease_run_out()
    recovered = worker.recover_lost()
    worker.deliver_due(at=NOON)

    assert after_the_kill == {State.SENT: 2, State.SENDING: 1, State.QUEUED: 3}
    assert (while_leased, recovered) == (0, 1)
    assert queries.counts() == {State.SENT: ROWS}
    assert queries.doubts() == 1
    arrived = {f"m{n}@example.org": 1 for n in range(ROWS)}
    assert deliveries(moody) == {**arrived, "m2@example.org": times_third_arrives}
    assert len({email["Message-ID"] for email in moody.messages}) == ROWS


def test_a_mail_that_kills_every_worker_is_given_up(
    moody: MoodyMailbox, organisation: Organisation
) -> None:
    [membership] = members(organisation, 1)
    row = queue_for(membership)

    for _ in range(worker.MAX_DOUBTS):
        OutboxMessage.objects.filter(pk=row.pk).update(
            state=State.SENDING, attempts=row.attempts + 3, lease_until=timezone.now()
        )
        worker.recover_lost()

    row.refresh_from_db()
    assert (row.state, row.doubts) == (State.FAILED, worker.MAX_DOUBTS)


def test_a_worker_that_was_only_slow_says_the_truth_when_it_is_done(
    moody: MoodyMailbox, organisation: Organisation
) -> None:
    [membership] = members(organisation, 1)
    row = queue_for(membership)

    def lease_runs_out_meanwhile() -> None:
        let_the_lease_run_out()
        worker.recover_lost()

    moody.after_taking = in_a_thread_of_its_own(lease_runs_out_meanwhile)
    worker.deliver_one(row.pk, at=NOON)

    row.refresh_from_db()
    assert (row.state, row.doubts) == (State.SENT, 1)
    assert worker.deliver_due(at=NOON) == {}
