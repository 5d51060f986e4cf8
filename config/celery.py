"""Background jobs: the application and the whole timetable."""

import os
from datetime import timedelta

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

app = Celery("binome")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()

# A page that rings the bell waits a few seconds at most for a broker that does not answer.
BROKER_PATIENCE = {
    "socket_connect_timeout": 2,
    "socket_timeout": 5,
    "max_retries": 0,
}
app.conf.broker_transport_options = BROKER_PATIENCE

FORGET_EVERY = timedelta(minutes=10)


def timetable(*, plan_every: timedelta, sweep_every: timedelta) -> dict[str, dict[str, object]]:
    """Every job that time alone starts; one that could not run in time is not run twice."""
    return {
        "plan what is due": {
            "task": "notifications.plan",
            "schedule": plan_every,
            "options": {"expires": plan_every.total_seconds()},
        },
        "sweep the outbox": {
            "task": "notifications.sweep",
            "schedule": sweep_every,
            "options": {"expires": sweep_every.total_seconds()},
        },
        "take up the jobs that wait": {
            "task": "notifications.sweep_jobs",
            "schedule": sweep_every,
            "options": {"expires": sweep_every.total_seconds()},
        },
        "make the files of conventions": {
            "task": "charters.sweep",
            "schedule": sweep_every,
            "options": {"expires": sweep_every.total_seconds()},
        },
        "forget lists that were not imported": {
            "task": "programmes.forget_import_drafts",
            "schedule": FORGET_EVERY,
            "options": {"expires": FORGET_EVERY.total_seconds()},
        },
    }


app.conf.beat_schedule = timetable(
    plan_every=timedelta(minutes=5), sweep_every=timedelta(minutes=1)
)
