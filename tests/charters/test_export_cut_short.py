"""An export whose worker dies goes on where it was, and its progress never goes back (I5)."""

from __future__ import annotations

import io
import os
import signal
import subprocess
import sys
import time
from datetime import timedelta
from hashlib import sha256
from pathlib import Path
from zipfile import ZipFile

import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection
from django.utils import timezone

from charters import exporting
from charters.archiving import Archive
from charters.models import Convention
from charters.models.conventions import new_code
from notifications import jobs, tasks
from notifications.enums import JobState
from notifications.models import Job
from programmes.enums import PairState
from tests.factories.programmes import AT

MANY = 1000


def archive_of(*contents: bytes) -> bytes:
    target = io.BytesIO()
    with Archive(target) as archive:
        for number, content in enumerate(contents):
            archive.write(f"{number}.pdf", [content], at=AT)
    return target.getvalue()


@pytest.mark.parametrize("cut", [0, 1, 29, 30, 100, 160, 5000, 9000, 9800])
def test_wherever_it_was_cut_off_the_rest_is_kept_and_it_goes_on(cut):
    contents = [bytes([number]) * 4000 for number in range(3)]
    target = io.BytesIO(archive_of(*contents)[:cut])
    kept = []

    with Archive(target) as archive:
        for number, content in enumerate(contents):
            name, digest = f"{number}.pdf", sha256(content).hexdigest()
            kept.append(archive.keeps(name, digest))
            if not kept[-1]:
                assert archive.write(name, [content], at=AT) == digest

    whole = ZipFile(target)
    assert kept == [cut > 4035 * (number + 1) for number in range(3)]
    assert whole.testzip() is None and len(whole.infolist()) == 3
    assert [whole.read(f"{number}.pdf") for number in range(3)] == contents
    assert {entry.date_time for entry in whole.infolist()} == {(2026, 9, 15, 8, 0, 0)}


def test_what_has_changed_meanwhile_is_written_anew():
    target = io.BytesIO(archive_of(b"hier")[:-10])

    with Archive(target) as archive:
        is_kept = archive.keeps("0.pdf", sha256(b"aujourd'hui").hexdigest())
        archive.write("0.pdf", [b"aujourd'hui"], at=AT)

    assert not is_kept
    assert [ZipFile(target).read(entry) for entry in ZipFile(target).infolist()] == [b"aujourd'hui"]


def put_many(convention: Convention, count: int) -> None:
    """So many conventions of so many former pairs, each with a file of its own."""
    pairs = type(convention.pair).objects.bulk_create(
        type(convention.pair)(
            cohort=convention.pair.cohort,
            mentor=convention.pair.mentor,
            mentee=convention.pair.mentee,
            state=PairState.CANCELLED,
            created_at=AT,
        )
        for _ in range(count)
    )
    copies = []
    for number, pair in enumerate(pairs):
        content = f"%PDF-1.7 {number}".encode() * 2000
        name = default_storage.save(f"conventions/many-{number}.pdf", ContentFile(content))
        copies.append(
            Convention(
                pair=pair,
                state="superseded",
                document=convention.document,
                digest=convention.digest,
                opened_at=AT,
                closed_at=AT,
                code=new_code(),
                text_file=name,
                text_sha256=sha256(content).hexdigest(),
            )
        )
    Convention.objects.bulk_create(copies)


def a_worker(job: Job) -> subprocess.Popen[bytes]:
    """On the database of this test."""
    on_server, _, _ = os.environ["DATABASE_URL"].rpartition("/")
    url = f"{on_server}/{connection.settings_dict['NAME']}"
    return subprocess.Popen(
        [sys.executable, Path(__file__).with_name("dying_export.py"), str(job.pk)],
        cwd=settings.BASE_DIR,
        env={**os.environ, "DATABASE_URL": url, "PYTHONPATH": str(settings.BASE_DIR)},
    )


@pytest.mark.django_db(transaction=True)
@pytest.mark.postgresql
def test_a_worker_killed_in_the_middle_of_a_thousand_loses_nothing(convention, alix):
    put_many(convention, MANY)
    payload = {"cohort": convention.pair.cohort_id, "which": ""}
    job = jobs.start(exporting.KIND, by=alix, payload=payload)
    worker = a_worker(job)
    while Job.objects.get(pk=job.pk).done < MANY // 5:
        assert worker.poll() is None
        time.sleep(0.005)
    os.kill(worker.pid, signal.SIGKILL)
    worker.wait(timeout=10)
    killed = Job.objects.get(pk=job.pk)
    # What stands in the archive already is not read again.
    for taken in exporting.chosen(convention.pair.cohort, "")[: MANY // 5 - 1]:
        default_storage.delete(taken.text_file.name)
    Job.objects.update(lease_until=timezone.now() - timedelta(seconds=1))

    tasks.sweep_jobs()

    done = Job.objects.get(pk=job.pk)
    with done.file.open() as file, ZipFile(file) as archive:
        assert archive.testzip() is None
        assert len(archive.namelist()) == len(set(archive.namelist())) == MANY + 2
    assert (killed.state, done.state, done.attempts) == (JobState.RUNNING, JobState.DONE, 2)
    assert killed.done <= done.done == done.total == MANY + 1
    assert list(Path(settings.DATA_DIR, "jobs").glob(f"{job.pk}-*")) == []
