"""Tells the workers that a row waits; when nobody hears it, the sweep finds the row."""

from __future__ import annotations

import logging
import time

from celery import current_app
from kombu.exceptions import OperationalError

logger = logging.getLogger(__name__)

QUIET_SECONDS = 30.0

_quiet_until = 0.0


def ring(row_id: int) -> None:
    """Ask for the row to be sent now; a broker out of reach costs one try in half a minute."""
    ask_for("notifications.deliver", row_id)


def ring_for_all() -> None:
    """Ask for everything that waits to be sent now: one bell for many rows."""
    ask_for("notifications.sweep")


def ask_for(task: str, *args: int) -> None:
    """Have a worker run this task on these rows now; a sweep finds what no worker heard."""
    global _quiet_until
    if time.monotonic() < _quiet_until:
        return
    try:
        current_app.send_task(task, args=args, retry=False)
    except (OperationalError, OSError) as error:
        _quiet_until = time.monotonic() + QUIET_SECONDS
        logger.warning("The broker is out of reach, the sweep will send what waits: %s", error)
