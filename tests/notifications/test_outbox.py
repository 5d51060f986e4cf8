"""A mail is queued in the transaction of its event, once."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from notifications import outbox
from notifications.models import OutboxMessage
from notifications.rendering import preview
from people.models import Membership, Organisation
from tests.notifications.letters import MembershipNumberMissing
from tests.notifications.rows import NOON, bells_heard, members, queue_for


class EventFails(Exception):
    pass


@pytest.mark.django_db(transaction=True)
def test_an_event_and_its_mail_are_recorded_together(membership: Membership) -> None:
    with transaction.atomic():
        Membership.objects.filter(pk=membership.pk).update(number="A1")
        row = outbox.queue(MembershipNumberMissing(membership.pk, date(2027, 3, 1)), due_at=NOON)

    assert OutboxMessage.objects.values_list("pk", "payload").get() == (
        row.pk,
        {"membership_id": membership.pk, "on": "2027-03-01"},
    )


@pytest.mark.django_db(transaction=True)
def test_an_event_that_is_undone_queues_nothing_and_rings_nobody(membership: Membership) -> None:
    with pytest.raises(EventFails), transaction.atomic():
        outbox.queue(MembershipNumberMissing(membership.pk, date(2027, 3, 1)), due_at=NOON)
        raise EventFails

    assert OutboxMessage.objects.count() == 0
    assert bells_heard() == []


@pytest.mark.django_db(transaction=True)
def test_the_bell_rings_once_the_event_is_recorded_and_says_the_id_only(
    membership: Membership,
) -> None:
    with transaction.atomic():
        row = outbox.queue(MembershipNumberMissing(membership.pk, date(2027, 3, 1)), due_at=NOON)
        before = bells_heard()

    assert before == []
    assert bells_heard() == [[row.pk]]


@pytest.mark.django_db(transaction=True)
def test_the_same_message_is_queued_once_and_rings_once(membership: Membership) -> None:
    first, second = queue_for(membership), queue_for(membership)

    assert first.pk == second.pk
    assert OutboxMessage.objects.count() == 1
    assert bells_heard() == [[first.pk]]


@pytest.mark.django_db(transaction=True)
def test_a_message_outside_any_transaction_is_refused(membership: Membership) -> None:
    message = MembershipNumberMissing(membership.pk, date(2027, 3, 1))

    with pytest.raises(RuntimeError, match="in the transaction of the event"):
        outbox.queue(message, due_at=NOON)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("constraint", "columns"),
    [
        ("outbox_one_recipient", {"address": "someone@example.org"}),
        ("outbox_known_state", {"state": "lost"}),
        ("outbox_sent_has_date", {"state": "sent"}),
        ("outbox_sending_has_lease", {"state": "sending"}),
        ("outbox_doubts_are_attempts", {"doubts": 1}),
    ],
)
def test_the_database_refuses_a_row_that_makes_no_sense(
    membership: Membership, constraint: str, columns: dict[str, object]
) -> None:
    row = queue_for(membership)

    with pytest.raises(IntegrityError, match=constraint):
        OutboxMessage.objects.filter(pk=row.pk).update(**columns)


@pytest.mark.django_db(transaction=True)
def test_many_mails_are_queued_once_each_and_one_bell_asks_for_all(
    membership: Membership, organisation: Organisation
) -> None:
    everyone = [membership, *members(organisation, 3)]
    letters = [MembershipNumberMissing(one.pk, date(2027, 3, 1)) for one in everyone]
    queue_for(membership)
    bells_heard()

    with transaction.atomic():
        first = outbox.queue_all(letters, organisation_id=organisation.pk, due_at=NOON)
    with transaction.atomic():
        second = outbox.queue_all(letters, organisation_id=organisation.pk, due_at=NOON)

    assert (first, second) == (3, 0)
    assert OutboxMessage.objects.filter(organisation=organisation).count() == 4
    assert bells_heard() == [[]]


@pytest.mark.django_db(transaction=True)
def test_many_mails_too_belong_in_a_transaction(organisation: Organisation) -> None:
    with pytest.raises(RuntimeError, match="in the transaction of the event"):
        outbox.queue_all([], organisation_id=organisation.pk, due_at=NOON)


@pytest.mark.django_db
def test_a_subject_is_one_line_that_keeps_its_unbreakable_spaces(membership: Membership) -> None:
    membership.organisation.name = "Réseau\n« Horizon\u00a0»"
    membership.organisation.save()

    subject = preview(queue_for(membership)).subject

    assert subject.endswith("Réseau « Horizon\u00a0»")
