"""What became of the mails, as the pages and the administrators see it."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from notifications import queries, worker
from notifications.enums import State
from notifications.models import OutboxMessage
from people.models import Membership, Organisation, Person
from tests.notifications.rows import NOON, members, queue_for
from tests.notifications.servers import MoodyMailbox

pytestmark = pytest.mark.django_db


def test_the_mails_sent_to_a_person_are_hers_and_have_left(
    moody: MoodyMailbox, membership: Membership, other_organisation: Organisation, sacha: Person
) -> None:
    elsewhere = Membership.objects.create(organisation=other_organisation, person=sacha)
    sent, to_sacha = queue_for(membership), queue_for(elsewhere)
    worker.deliver_due(at=NOON)
    second = Membership.objects.create(organisation=other_organisation, person=membership.person)
    queue_for(second, due_at=NOON + timedelta(days=1))

    assert list(queries.sent_to(membership.person)) == [sent]
    assert list(queries.sent_to(sacha)) == [to_sacha]


def test_counts_are_of_one_organisation_or_of_all(
    membership: Membership, other_organisation: Organisation, sacha: Person
) -> None:
    queue_for(membership)
    queue_for(Membership.objects.create(organisation=other_organisation, person=sacha))

    assert queries.counts(other_organisation) == {State.QUEUED: 1}
    assert queries.counts() == {State.QUEUED: 2}
    assert queries.doubts() == 0


def test_what_should_have_left_is_overdue(membership: Membership) -> None:
    row = queue_for(membership)

    assert list(queries.overdue(NOON - timedelta(seconds=1))) == []
    assert list(queries.overdue(NOON)) == [row]


def test_an_administrator_sees_why_a_mail_failed_and_has_it_tried_again(
    moody: MoodyMailbox, membership: Membership, client: Client, alix: Person
) -> None:
    row = queue_for(membership)
    moody.answers[membership.person.email] = "550 no such user"
    worker.deliver_due(at=NOON)
    alix.is_staff = alix.is_superuser = True
    alix.save()
    client.force_login(alix)
    address = reverse("admin:notifications_outboxmessage_changelist")

    page = client.get(address)
    client.post(address, {"action": "try_again", "_selected_action": [row.pk]})

    row.refresh_from_db()
    assert "550 no such user" in page.content.decode()
    assert row.state == State.QUEUED


@pytest.mark.parametrize("count", [3, 30])
def test_the_list_of_mails_costs_the_same_with_three_rows_and_with_thirty(
    count: int,
    organisation: Organisation,
    client: Client,
    alix: Person,
    django_assert_num_queries: pytest.FixtureRequest,
) -> None:
    for membership in members(organisation, count):
        queue_for(membership)
    alix.is_staff = alix.is_superuser = True
    alix.save()
    client.force_login(alix)

    with django_assert_num_queries(9):
        client.get(reverse("admin:notifications_outboxmessage_changelist"))

    assert OutboxMessage.objects.count() == count
