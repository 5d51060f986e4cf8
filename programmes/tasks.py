"""What Celery runs for the programmes."""

from celery import shared_task

from people import clock
from programmes.services import importing


@shared_task(name="programmes.forget_import_drafts")
def forget_import_drafts() -> None:
    """Delete the lists that nobody imported in time."""
    importing.forget_expired(at=clock.now())
