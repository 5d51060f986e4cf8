"""A worker in a process of its own, for tests that kill it: `python dying_worker.py PORT`."""

import os
import sys
from pathlib import Path

import django


def set_up(port: int) -> None:
    """The product as the tests of this folder know it, with a mail server on that port."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
    django.setup()

    from django.conf import settings

    from notifications import messages
    from tests.notifications.letters import MembershipNumberMissing

    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
    settings.TEMPLATES[0]["DIRS"].append(Path(__file__).parent / "templates")
    messages.register(MembershipNumberMissing)


def main(port: int) -> None:
    set_up(port)

    from notifications import worker
    from tests.notifications.rows import NOON

    worker.deliver_due(at=NOON)


if __name__ == "__main__":
    main(int(sys.argv[1]))
