"""Processes to be killed in the middle of a delivery."""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.db import connection, connections
from django.utils import timezone

from notifications.enums import State
from notifications.models import OutboxMessage
from tests.notifications.servers import MoodyMailbox

A_WORKER = "dying_worker.py"
A_PROCESS_WITH_JOBS = "embedded_process.py"


def start_process(script: str, mailbox: MoodyMailbox) -> "subprocess.Popen[bytes]":
    """Run `script` on the database of this test."""
    name = str(connection.settings_dict["NAME"])
    on_server, _, _ = os.environ["DATABASE_URL"].rpartition("/")
    url = f"sqlite:///{name}" if connection.vendor == "sqlite" else f"{on_server}/{name}"
    return subprocess.Popen(
        [sys.executable, Path(__file__).with_name(script), str(mailbox.port)],
        cwd=settings.BASE_DIR,
        env={**os.environ, "DATABASE_URL": url, "PYTHONPATH": str(settings.BASE_DIR)},
    )


def kill_at_the_third(mailbox: MoodyMailbox, *, script: str, moment: str) -> None:
    """Run `script` and end it with `kill -9` when it brings its third mail."""
    seen = 0
    process: subprocess.Popen[bytes] | None = None

    def count() -> None:
        nonlocal seen
        seen += 1
        if seen == 3 and process is not None:
            os.kill(process.pid, signal.SIGKILL)
            process.wait(timeout=10)

    setattr(mailbox, moment, count)
    process = start_process(script, mailbox)
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
