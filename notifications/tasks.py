"""What Celery runs: ids in, everything else from the database."""

from celery import shared_task

from notifications import planner, worker
from people import clock


@shared_task(name="notifications.deliver")
def deliver(row_id: int) -> None:
    """Send one message as soon as its event is recorded."""
    worker.deliver_one(row_id, at=clock.now())


@shared_task(name="notifications.sweep")
def sweep() -> None:
    """Find what no bell announced, what must be tried again and what a dead worker left."""
    worker.recover_lost()
    worker.deliver_due(at=clock.now())


@shared_task(name="notifications.plan")
def plan() -> None:
    """Queue what falls due with time alone."""
    planner.plan_due(clock.now())
