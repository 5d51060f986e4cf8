"""Entrance of the web server in production."""

import os

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")


def refuse_a_broker_nobody_hears(broker_url: str, server: str) -> None:
    """Raise if jobs would be left in the memory of a gunicorn process, where no worker is."""
    if broker_url.startswith("memory:") and "gunicorn" in server:
        raise ImproperlyConfigured(
            "The broker memory:// works inside `manage.py demo` only: set REDIS_URL or CELERY_BROKER_URL."
        )


refuse_a_broker_nobody_hears(settings.CELERY_BROKER_URL, os.environ.get("SERVER_SOFTWARE", ""))

application = get_wsgi_application()
