"""A worker killed in the middle loses no mail, and what nobody can know is counted."""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection, connections
from django.utils import timezone

from notifications import queries, worker
from notifications.enums import State
from notifications.models import OutboxMessage
from people.models import Organisation
from tests.notifications.rows import NOON, members, queue_for
from tests.notifications.servers import MoodyMailbox, deliveries

ROWS = 6

pytestmark = pytest.mark.django_db(transaction=True)


def start_worker(mailbox: MoodyMailbox) -> "subprocess.Popen[bytes]":
    """A worker of its own on the database of this test."""
    name = str(connection.settings_dict["NAME"])
    on_server, _, _ = os.environ["DATABASE_URL"].rpartition("/")
    url = f"sqlite:///{name}" if connection.vendor == "sqlite" else f"{on_server}/{name}"
    return subprocess.Popen(
        [sys.executable, Path(__file__).with_name("dying_worker.py"), str(mailbox.port)],
        cwd=settings.BASE_DIR,
        env={**os.environ, "DATABASE_URL": url, "PYTHONPATH": str(settings.BASE_DIR)},
    )


def kill_at_the_third(mailbox: MoodyMailbox, *, moment: str) -> None:
    """Run a worker and end it with `kill -9` when it brings its third mail."""
    seen = 0
    process: subprocess.Popen[bytes] | None = None

    def count() -> None:
        nonlocal seen
        seen += 1
        if seen == 3 and process is not None:
            os.kill(process.pid, signal.SIGKILL)
            process.wait(timeout=10)

    setattr(mailbox, moment, count)
    process = start_worker(mailbox)
    assert process.wait(timeout=60) == -signal.SIGKILL
    setattr(mailbox, moment, lambda: None)


def in_a_thread_of_its_own(act: Callable[[], object]) -> Callable[[], None]:
    """The mail server's thread runs an event loop, where Django refuses to use the database."""

    def act_and_hang_up() -> None:
        act()
        connections.close_all()

    def run() -> None:
        thread = threading.Thread(target=act_and_hang_up)
        thread.start()
        thread.join(timeout=30)

    return run


def let_the_lease_run_out() -> None:
    OutboxMessage.objects.filter(state=State.SENDING).update(
        lease_until=timezone.now() - timedelta(seconds=1)
    )


def test_a_worker_that_nobody_kills_sends_everything(
    moody: MoodyMailbox, organisation: Organisation
) -> None:
    """The control: the process of these tests does its work when left alone."""
    for membership in members(organisation, ROWS):
        queue_for(membership)

    assert start_worker(moody).wait(timeout=60) == 0

    assert deliveries(moody) == {f"m{n}@example.org": 1 for n in range(ROWS)}


@pytest.mark.parametrize(
    ("moment", "times_third_arrives"), [("before_taking", 1), ("after_taking", 2)]
)
def test_what_a_killed_worker_left_is_sent_and_its_doubt_is_counted(
    moody: MoodyMailbox, organisation: Organisation, moment: str, times_third_arrives: int
) -> None:
    for membership in members(organisation, ROWS):
        queue_for(membership)
    kill_at_the_third(moody, moment=moment)
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
