"""Members of an organisation, mails that wait for them, and the bells rung for these."""

from datetime import UTC, date, datetime

from django.db import transaction

from config.celery import app as celery_app
from notifications import outbox
from notifications.models import OutboxMessage
from people.models import Membership, Organisation, Person
from tests.notifications.letters import MembershipNumberMissing

NOON = datetime(2027, 3, 1, 12, tzinfo=UTC)


def members(organisation: Organisation, count: int) -> list[Membership]:
    people = Person.objects.bulk_create(
        Person(email=f"m{n}@example.org", first_name=f"M{n}", last_name="Martin")
        for n in range(count)
    )
    return Membership.objects.bulk_create(
        Membership(organisation=organisation, person=person) for person in people
    )


def queue_for(membership: Membership, *, due_at: datetime = NOON) -> OutboxMessage:
    with transaction.atomic():
        return outbox.queue(
            MembershipNumberMissing(membership_id=membership.pk, on=date(2027, 3, 1)),
            due_at=due_at,
        )


def bells_heard() -> list[list[int]]:
    """The arguments of the jobs that wait at the broker, which are taken from it."""
    heard = []
    with celery_app.connection_for_read() as broker, broker.SimpleQueue("celery") as jobs:
        while jobs.qsize():
            job = jobs.get(block=False)
            job.ack()
            heard.append(job.payload[0])
    return heard
