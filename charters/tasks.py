"""What Celery runs for charters and conventions: ids in, everything else from the database."""

from celery import shared_task

from charters import files
from charters.evidence import conventions_without_files
from charters.models import Convention


@shared_task(name="charters.make_files")
def make_files(convention_id: int) -> None:
    """Make the file that a convention lacks: the text to sign, or the complete document."""
    files.make_missing(Convention.objects.get(pk=convention_id))


@shared_task(name="charters.sweep")
def sweep() -> None:
    """Make the files that no worker made; one that fails keeps none of the others."""
    for convention in conventions_without_files():
        files.try_to_make_missing(convention)
