"""What Celery runs: ids in, everything else from the database."""

from celery import shared_task

from notifications import bell, jobs, planner, worker
from people import clock


@shared_task(name="notifications.deliver")
def deliver(row_id: int) -> None:
    """Send one message as soon as its event is recorded."""
    worker.deliver_one(row_id, at=clock.now())


@shared_task(name="notifications.sweep")
def sweep() -> None:
    """Find what no bell announced, what must be tried again and what a dead worker left.

    A full batch rings for the next at once: a thousand mails do not wait for five sweeps.
    """
    worker.recover_lost()
    if worker.deliver_due(at=clock.now()).total() == worker.BATCH:
        bell.ring_for_all()


@shared_task(name="notifications.plan")
def plan() -> None:
    """Queue what falls due with time alone."""
    planner.plan_due(clock.now())


@shared_task(name="notifications.run_job")
def run_job(job_id: int) -> None:
    """Do a long piece of work that someone asked for."""
    jobs.run(job_id)


@shared_task(name="notifications.sweep_jobs")
def sweep_jobs() -> None:
    """Take up what no worker heard or finished; forget what is old."""
    for job_id in jobs.waiting().values_list("pk", flat=True):
        jobs.run(job_id)
    jobs.forget_old()
