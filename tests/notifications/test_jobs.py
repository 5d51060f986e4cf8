"""Long work has a row with its progress, is done once, and is found again after a crash."""

from __future__ import annotations

from datetime import timedelta
from os import SEEK_END
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.storage import default_storage
from django.utils import timezone

from notifications import jobs, tasks
from notifications.enums import JobState
from notifications.models import Job

pytestmark = pytest.mark.django_db

steps: list[tuple[int, int]] = []


def count(job, target, report):
    """Counts to the number it is given."""
    for number in range(1, job.payload["to"] + 1):
        report(number, job.payload["to"])
        steps.append((number, job.payload["to"]))
    target.write(b"compt\xc3\xa9")


def stumble(job, target, report):
    raise OSError("no room left")


def append(job, target, report):
    target.seek(0, SEEK_END)
    target.write(b"deux")


jobs.register("append", append)
jobs.register("count", count)
jobs.register("stumble", stumble)


@pytest.fixture(autouse=True)
def from_the_start():
    steps.clear()


def fresh(job):
    return Job.objects.get(pk=job.pk)


def test_a_job_tells_its_progress_and_keeps_its_result(alix):
    job = jobs.start("count", by=alix, payload={"to": 3})

    tasks.run_job(job.pk)

    done = fresh(job)
    assert (done.state, done.done, done.total) == (JobState.DONE, 3, 3)
    assert steps == [(1, 3), (2, 3), (3, 3)]
    with done.file.open() as result:
        assert result.read() == b"compt\xc3\xa9"


def test_asking_twice_is_asking_once(alix, nour):
    asked = [jobs.start("count", by=who, payload={"to": 1}) for who in (alix, alix, nour)]

    assert asked[0] == asked[1] != asked[2]


def test_a_job_is_done_once(alix):
    job = jobs.start("count", by=alix, payload={"to": 1})

    for _ in range(3):
        tasks.run_job(job.pk)

    assert steps == [(1, 1)]


def test_what_a_dead_worker_left_is_taken_up_by_the_sweep(alix):
    job = jobs.start("count", by=alix, payload={"to": 2})
    Job.objects.update(
        state=JobState.RUNNING, attempts=1, done=1, lease_until=timezone.now() + jobs.LEASE
    )
    tasks.sweep_jobs()
    while_it_is_held = fresh(job).state
    Job.objects.update(lease_until=timezone.now() - timedelta(seconds=1))

    tasks.sweep_jobs()

    assert (while_it_is_held, fresh(job).state) == (JobState.RUNNING, JobState.DONE)
    assert fresh(job).attempts == 2


def test_who_lost_a_job_to_another_writes_nothing(alix):
    job = jobs.start("count", by=alix, payload={"to": 2})
    held = jobs._claim(job.pk)
    Job.objects.update(lease_until=timezone.now() - timedelta(seconds=1))
    tasks.run_job(job.pk)

    with pytest.raises(jobs.Lost):
        jobs._report(held, 1, 2)

    assert fresh(job).state == JobState.DONE


def test_a_job_that_kills_its_workers_is_given_up(alix):
    job = jobs.start("count", by=alix, payload={"to": 1})
    past = timezone.now() - timedelta(seconds=1)
    Job.objects.update(state=JobState.RUNNING, attempts=jobs.MAX_ATTEMPTS, lease_until=past)

    tasks.sweep_jobs()

    assert (fresh(job).state, steps) == (JobState.FAILED, [])


def test_a_job_that_fails_says_so(alix, caplog):
    job = jobs.start("stumble", by=alix, payload={})

    tasks.run_job(job.pk)

    assert fresh(job).state == JobState.FAILED
    assert "no room left" in caplog.text


def test_yesterdays_jobs_are_forgotten_with_their_files(alix):
    job = jobs.start("count", by=alix, payload={"to": 1})
    tasks.run_job(job.pk)
    name = fresh(job).file.name
    kept = default_storage.exists(name)
    Job.objects.update(created_at=timezone.now() - jobs.KEPT_FOR)

    tasks.sweep_jobs()

    assert (kept, default_storage.exists(name)) == (True, False)
    assert not Job.objects.exists()


def test_progress_never_goes_back(alix):
    job = jobs.start("count", by=alix, payload={"to": 3})
    Job.objects.update(
        state=JobState.RUNNING, attempts=1, done=2, lease_until=timezone.now() - jobs.LEASE
    )
    held = jobs._claim(job.pk)

    jobs._report(held, 1, 3)

    assert (fresh(job).done, fresh(job).total) == (2, 3)


def test_what_a_dead_worker_wrote_is_there_for_the_next_and_gone_at_the_end(alix):
    job = jobs.start("append", by=alix, payload={})
    Job.objects.update(state=JobState.RUNNING, attempts=1, lease_until=timezone.now() - jobs.LEASE)
    folder = Path(settings.DATA_DIR) / "jobs"
    folder.mkdir(exist_ok=True)
    (folder / f"{job.pk}-1").write_bytes(b"un ")

    tasks.sweep_jobs()

    with fresh(job).file.open() as result:
        assert result.read() == b"un deux"
    assert list(folder.glob(f"{job.pk}-*")) == []
