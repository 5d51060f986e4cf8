"""Background jobs inside the current process: a worker with threads, and beat.

With the broker `memory://` they need no other program. What a killed process leaves behind stands
in the database, where the next sweep finds it.
"""

from __future__ import annotations

import threading
from datetime import timedelta
from types import TracebackType
from typing import Any, Self

from celery import beat
from celery.worker import WorkController
from celery.worker import state as worker_state

from config.celery import BROKER_PATIENCE, app, timetable

THREADS = 4
# The broker in memory is asked, it does not call: this is what a mail waits at most.
POLL_SECONDS = 0.2
# A worker told to stop ends its round of listening and begins another one, of two seconds each;
# a word from anybody ends a round.
LISTENS_ON = 2


class EmbeddedJobs:
    """A worker and a timetable that run while the block lasts; one at a time in a process.

    `with EmbeddedJobs(plan_every=..., sweep_every=...): serve()`. `stop()` lets running jobs end.
    """

    def __init__(self, *, plan_every: timedelta, sweep_every: timedelta) -> None:
        self._timetable = timetable(plan_every=plan_every, sweep_every=sweep_every)
        self._worker_thread: threading.Thread | None = None
        self._beat: Any = None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()

    def start(self) -> None:
        """Return once jobs are being taken; what waited or fell due meanwhile starts at once."""
        app.set_default()
        app.conf.broker_transport_options = {**BROKER_PATIENCE, "polling_interval": POLL_SECONDS}
        app.conf.beat_schedule = self._timetable
        is_ready = threading.Event()
        worker = WorkController(
            app=app,
            pool_cls="threads",
            concurrency=THREADS,
            ready_callback=lambda _consumer: is_ready.set(),
            without_heartbeat=True,
            without_mingle=True,
            without_gossip=True,
        )
        self._worker_thread = threading.Thread(target=worker.start, name="jobs", daemon=True)
        self._worker_thread.start()
        if not is_ready.wait(timeout=30):
            raise RuntimeError("the background jobs did not start")
        for job in self._timetable.values():
            app.send_task(job["task"])
        self._beat = beat.EmbeddedService(app, thread=True, scheduler_cls=beat.Scheduler)
        self._beat.start()

    def stop(self) -> None:
        """Start no more jobs, and return once those that run have ended."""
        if self._worker_thread is None:
            return
        self._beat.stop()
        self._beat.join(timeout=10)
        worker_state.should_stop = 0
        for _ in range(LISTENS_ON):
            app.control.broadcast("ping")
        self._worker_thread.join(timeout=60)
        worker_state.should_stop = None
        self._worker_thread = None
