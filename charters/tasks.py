"""What Celery runs for charters and conventions: ids in, everything else from the database."""

import logging

from celery import shared_task

from charters import files
from charters.evidence import conventions_without_files
from charters.models import Convention

logger = logging.getLogger(__name__)


@shared_task(name="charters.make_files")
def make_files(convention_id: int) -> None:
    """Make the file that a convention lacks: the text to sign, or the complete document."""
    files.make_missing(Convention.objects.get(pk=convention_id))


@shared_task(name="charters.sweep")
def sweep() -> None:
    """Make the files that no worker made; one that fails keeps none of the others."""
    for convention in conventions_without_files():
        try:
            files.make_missing(convention)
        except Exception:
            logger.exception("The files of convention %s cannot be made", convention.pk)
