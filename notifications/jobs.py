"""Long work asked for on a page: a row with its progress, done by a worker, found again after a crash.

An app registers what does each kind of job; the row holds ids only. Whoever runs a job holds it for
a time, which every progress prolongs: when a worker dies, the next sweep takes the job up again, with
what the dead one had written. Each attempt writes a file of its own, since the one before may only be slow.
"""

from __future__ import annotations

import logging
import shutil
from collections.abc import Callable, Mapping
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import IO

from django.conf import settings
from django.core.files import File
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from notifications import bell
from notifications.enums import JobState
from notifications.models import Job
from people.models import Person

logger = logging.getLogger(__name__)

LEASE = timedelta(minutes=2)
KEPT_FOR = timedelta(days=1)
MAX_ATTEMPTS = 3

Report = Callable[[int, int], None]
# Writes the result into the file it is given, which holds what an attempt cut short had written.
Runner = Callable[[Job, IO[bytes], Report], None]


class Lost(Exception):
    """The lease ran out and somebody else has taken the job up."""


def register(kind: str, runner: Runner) -> None:
    """Say what does the jobs of a kind; called from `AppConfig.ready()`."""
    if _runners.setdefault(kind, runner) is not runner:
        raise ValueError(f"two runners for the jobs of kind {kind!r}")


@transaction.atomic
def start(kind: str, *, by: Person, payload: Mapping[str, int | str]) -> Job:
    """Ask for a job; one of the same kind and payload that is not finished yet is that one."""
    running = Job.objects.filter(
        kind=kind, requested_by=by, payload=dict(payload), state__in=JobState.unfinished()
    ).first()
    if running is not None:
        return running
    job = Job.objects.create(kind=kind, requested_by=by, payload=dict(payload))
    transaction.on_commit(partial(bell.ask_for, "notifications.run_job", job.pk), robust=True)
    return job


def run(job_id: int) -> None:
    """Do a job that waits, or that a dead worker left; one worker does it."""
    job = _claim(job_id)
    if job is None:
        return
    try:
        with _begun(job).open("r+b") as written:
            _runners[job.kind](job, written, partial(_report, job))
            written.seek(0)
            job.file.save(f"{job.kind}-{job.pk}-{job.attempts}", File(written), save=False)
    except Lost:
        logger.warning("Job %s (%s) went on elsewhere", job.pk, job.kind)
        return
    except Exception:
        logger.exception("Job %s (%s) failed", job.pk, job.kind)
        _record(job, state=JobState.FAILED, lease_until=None)
        _forget_attempts(job)
        return
    is_ours = _record(job, state=JobState.DONE, lease_until=None, file=job.file.name)
    if not is_ours:
        job.file.delete(save=False)
        return
    _forget_attempts(job)


def waiting() -> QuerySet[Job]:
    """The jobs that nobody is at."""
    return Job.objects.filter(
        Q(state=JobState.WAITING) | Q(state=JobState.RUNNING, lease_until__lt=timezone.now())
    ).order_by("pk")


def forget_old() -> None:
    """Delete the jobs of yesterday with their files."""
    for job in Job.objects.filter(created_at__lt=timezone.now() - KEPT_FOR):
        if job.file:
            job.file.delete(save=False)
        _forget_attempts(job)
        job.delete()


def _claim(job_id: int) -> Job | None:
    taken = waiting().filter(pk=job_id)
    with transaction.atomic():
        job = taken.select_for_update(of=("self",), skip_locked=True).first()
        if job is None:
            return None
        job.attempts += 1
        job.state = JobState.FAILED if job.attempts > MAX_ATTEMPTS else JobState.RUNNING
        job.lease_until = timezone.now() + LEASE if job.state == JobState.RUNNING else None
        job.save(update_fields=["attempts", "state", "lease_until"])
    return job if job.state == JobState.RUNNING else None


def _report(job: Job, done: int, total: int) -> None:
    """Tell how far it is; a job that was taken up again never goes back."""
    done = max(done, job.done)
    if not _record(job, done=done, total=total, lease_until=timezone.now() + LEASE):
        raise Lost


def _begun(job: Job) -> Path:
    """The file of this attempt: empty, or what the attempt before had written."""
    folder = Path(settings.DATA_DIR) / "jobs"
    folder.mkdir(mode=0o700, exist_ok=True)
    path = folder / f"{job.pk}-{job.attempts}"
    path.touch(mode=0o600)
    before = path.with_name(f"{job.pk}-{job.attempts - 1}")
    if before.exists():
        shutil.copyfile(before, path)
    return path


def _forget_attempts(job: Job) -> None:
    """Delete what was written on the way, here and, of an attempt that died at the very end, in the storage."""
    for path in (Path(settings.DATA_DIR) / "jobs").glob(f"{job.pk}-*"):
        path.unlink(missing_ok=True)
    for attempt in range(1, job.attempts):
        job.file.storage.delete(f"jobs/{job.kind}-{job.pk}-{attempt}")


def _record(job: Job, **changes: object) -> bool:
    """Write it down, unless the job is someone else's by now."""
    ours = Job.objects.filter(pk=job.pk, state=JobState.RUNNING, attempts=job.attempts)
    return ours.update(**changes) == 1


_runners: dict[str, Runner] = {}
