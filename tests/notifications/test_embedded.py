"""Jobs inside the process: bell, sweep and plan really run, and end when told to."""

import threading
import time
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

import pytest
from django.db import transaction

from config.embedded import EmbeddedJobs
from notifications import bell, outbox, planner, queries, worker
from notifications.enums import State
from notifications.planner import Planned
from people import clock
from people.models import Membership, Organisation
from tests.notifications.letters import MembershipNumberMissing
from tests.notifications.rows import NOON, members, queue_for
from tests.notifications.servers import MoodyMailbox, deliveries
from tests.notifications.victims import (
    A_PROCESS_WITH_JOBS,
    kill_at_the_third,
    let_the_lease_run_out,
)

pytestmark = pytest.mark.django_db(transaction=True)

NEVER = timedelta(hours=1)
SOON = timedelta(seconds=1)


@pytest.fixture(autouse=True)
def _noon() -> None:
    clock.advance_to(NOON)


def wait_until(is_so: Callable[[], bool], *, seconds: float = 15) -> None:
    deadline = time.monotonic() + seconds
    while not is_so() and time.monotonic() < deadline:
        time.sleep(0.05)
    assert is_so()


def all_sent(count: int) -> Callable[[], bool]:
    return lambda: queries.counts() == {State.SENT: count}


def test_the_bell_alone_has_a_mail_sent_at_once(
    moody: MoodyMailbox, membership: Membership
) -> None:
    with EmbeddedJobs(plan_every=NEVER, sweep_every=NEVER):
        queue_for(membership)
        wait_until(all_sent(1), seconds=5)

    assert deliveries(moody) == {membership.person.email: 1}


def test_a_large_send_is_not_held_up_until_the_next_sweep(
    moody: MoodyMailbox, organisation: Organisation
) -> None:
    count = 2 * worker.BATCH + 1
    letters = [MembershipNumberMissing(one.pk, NOON.date()) for one in members(organisation, count)]

    with EmbeddedJobs(plan_every=NEVER, sweep_every=NEVER):
        with transaction.atomic():
            outbox.queue_all(letters, organisation_id=organisation.pk, due_at=NOON)
        wait_until(all_sent(count), seconds=60)

    assert set(deliveries(moody).values()) == {1}


def test_the_sweep_finds_what_no_bell_announced(
    moody: MoodyMailbox, membership: Membership, monkeypatch: pytest.MonkeyPatch
) -> None:
    with EmbeddedJobs(plan_every=NEVER, sweep_every=SOON):
        monkeypatch.setattr(bell, "_quiet_until", time.monotonic() + 60)
        queue_for(membership)
        wait_until(all_sent(1))


def test_what_waited_before_the_start_leaves_at_the_start(
    moody: MoodyMailbox, membership: Membership, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bell, "_quiet_until", time.monotonic() + 60)
    queue_for(membership)

    with EmbeddedJobs(plan_every=NEVER, sweep_every=NEVER):
        wait_until(all_sent(1), seconds=5)


def test_the_plan_is_asked_again_and_again(moody: MoodyMailbox, membership: Membership) -> None:
    def every_day(now: datetime) -> Iterator[Planned]:
        yield MembershipNumberMissing(membership.pk, planner.paris_date(now)), now

    planner.register(every_day)

    with EmbeddedJobs(plan_every=SOON, sweep_every=NEVER):
        wait_until(all_sent(1))
        clock.advance_to(NOON + timedelta(days=1))
        wait_until(all_sent(2))


def test_jobs_end_when_told_to_and_may_start_again(
    moody: MoodyMailbox, membership: Membership
) -> None:
    before = set(threading.enumerate())
    for _ in range(2):
        with EmbeddedJobs(plan_every=NEVER, sweep_every=SOON):
            pass
    left = set(threading.enumerate()) - before

    queue_for(membership)
    time.sleep(1.5)

    assert {thread.name for thread in left if thread.is_alive()} == set()
    assert queries.counts() == {State.QUEUED: 1}


def test_what_a_killed_process_left_is_sent_by_the_next_one(
    moody: MoodyMailbox, organisation: Organisation
) -> None:
    for membership in members(organisation, 6):
        queue_for(membership)
    kill_at_the_third(moody, script=A_PROCESS_WITH_JOBS, moment="after_taking")
    let_the_lease_run_out()

    with EmbeddedJobs(plan_every=NEVER, sweep_every=SOON):
        wait_until(all_sent(6))

    arrived = deliveries(moody)
    assert set(arrived) == {f"m{n}@example.org" for n in range(6)}
    assert 6 <= arrived.total() <= 6 + queries.doubts()
    assert queries.doubts() >= 1
