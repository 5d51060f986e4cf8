"""A worker in a process of its own, for tests that kill it: `python dying_worker.py PORT`."""

import os
import sys
from pathlib import Path

import django


def main(port: int) -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
    django.setup()

    from django.conf import settings

    from notifications import messages, worker
    from tests.notifications.letters import MembershipNumberMissing
    from tests.notifications.rows import NOON

    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
    settings.TEMPLATES[0]["DIRS"].append(Path(__file__).parent / "templates")
    messages.register(MembershipNumberMissing)
    worker.deliver_due(at=NOON)


if __name__ == "__main__":
    main(int(sys.argv[1]))
