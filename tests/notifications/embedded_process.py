"""A process with embedded jobs, for tests that kill it: `python embedded_process.py PORT`."""

import sys
import threading
from datetime import timedelta

from tests.notifications.dying_worker import set_up


def main(port: int) -> None:
    set_up(port)

    from config.embedded import EmbeddedJobs
    from people import clock
    from tests.notifications.rows import NOON

    clock.advance_to(NOON)
    with EmbeddedJobs(plan_every=timedelta(hours=1), sweep_every=timedelta(seconds=1)):
        threading.Event().wait()


if __name__ == "__main__":
    main(int(sys.argv[1]))
