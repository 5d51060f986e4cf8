"""What the worker makes of one row: sent, dropped, refused, tried again."""

from datetime import timedelta

import pytest
from django.utils import timezone
from pytest_django.fixtures import Settings

from notifications import outbox, queries, worker
from notifications.enums import State
from notifications.models import OutboxMessage
from people.models import Membership, Organisation
from tests.harness import processes
from tests.notifications.rows import NOON, members, queue_for
from tests.notifications.servers import MoodyMailbox, part

pytestmark = pytest.mark.django_db


def end_the_pauses() -> None:
    OutboxMessage.objects.filter(retry_at__isnull=False).update(retry_at=timezone.now())


def test_a_mail_says_what_the_database_says_now(
    moody: MoodyMailbox, membership: Membership
) -> None:
    queue_for(membership)
    Organisation.objects.update(name="L'Amicale & Cie")

    tally = worker.deliver_due(at=NOON)

    [email] = moody.messages
    assert tally == {State.SENT: 1}
    assert email["Subject"].strip() == "Votre numéro d'adhérent : L'Amicale & Cie"
    assert "lundi 1er mars 2027" in part(email, "plain")
    assert f"http://testserver/adhesions/{membership.pk}/" in part(email, "html")
    assert "L'Amicale &amp; Cie" in part(email, "html")


def test_a_mail_comes_from_the_organisation_and_answers_go_to_it(
    moody: MoodyMailbox, membership: Membership
) -> None:
    row = queue_for(membership)

    worker.deliver_due(at=NOON)

    [email] = moody.messages
    assert {
        name: email[name]
        for name in ("From", "To", "Reply-To", "Message-ID", "Auto-Submitted", "Content-Language")
    } == {
        "From": "Les Ponts du Savoir <binome@example.org>",
        "To": membership.person.email,
        "Reply-To": membership.organisation.contact_email,
        "Message-ID": row.message_id,
        "Auto-Submitted": "auto-generated",
        "Content-Language": "fr",
    }


def test_a_mail_speaks_the_language_of_its_reader(
    moody: MoodyMailbox, membership: Membership
) -> None:
    membership.person.language = "en"
    membership.person.save()
    queue_for(membership)

    worker.deliver_due(at=NOON)

    assert "Monday 1 March 2027" in part(moody.messages[0], "plain")


def test_styles_stand_in_the_elements_since_mail_programs_ignore_sheets(
    moody: MoodyMailbox, membership: Membership
) -> None:
    queue_for(membership)

    worker.deliver_due(at=NOON)

    html = part(moody.messages[0], "html")
    assert "background: #1f4e79;" in html


def test_a_mail_waits_for_its_hour(moody: MoodyMailbox, membership: Membership) -> None:
    queue_for(membership, due_at=NOON + timedelta(seconds=1))

    early = worker.deliver_due(at=NOON)
    on_time = worker.deliver_due(at=NOON + timedelta(seconds=1))

    assert (early, on_time) == ({}, {State.SENT: 1})


def test_a_sent_mail_is_not_sent_again(moody: MoodyMailbox, membership: Membership) -> None:
    row = queue_for(membership)

    first = worker.deliver_one(row.pk, at=NOON)
    second = worker.deliver_one(row.pk, at=NOON)

    assert (first, second) == (State.SENT, None)
    assert len(moody.messages) == 1


def a_number_came_in(membership: Membership) -> None:
    Membership.objects.filter(pk=membership.pk).update(number="A1")


def the_account_was_closed(membership: Membership) -> None:
    membership.person.is_active = False
    membership.person.save()


def the_membership_is_gone(membership: Membership) -> None:
    membership.delete()


@pytest.mark.parametrize(
    ("event", "reason"),
    [
        (a_number_came_in, "n'a plus lieu d'être"),
        (the_account_was_closed, "le compte est fermé"),
        (the_membership_is_gone, "ce dont il parle n'existe plus"),
    ],
)
def test_a_mail_that_lost_its_reason_is_dropped(
    moody: MoodyMailbox, membership: Membership, event: object, reason: str
) -> None:
    row = queue_for(membership)
    assert callable(event)
    event(membership)

    worker.deliver_due(at=NOON)

    row.refresh_from_db()
    assert row.state == State.DROPPED
    assert row.last_error.startswith(reason)
    assert moody.messages == []


def test_an_address_that_does_not_exist_is_a_failure_with_its_reason(
    moody: MoodyMailbox, membership: Membership
) -> None:
    row = queue_for(membership)
    moody.answers[membership.person.email] = "550 5.1.1 no such user"

    worker.deliver_due(at=NOON)

    row.refresh_from_db()
    assert (row.state, row.last_error) == (State.FAILED, "550 5.1.1 no such user")


def test_a_failed_mail_leaves_once_somebody_has_it_tried_again(
    moody: MoodyMailbox, membership: Membership
) -> None:
    row = queue_for(membership)
    moody.answers[membership.person.email] = "550 no such user"
    worker.deliver_due(at=NOON)
    moody.answers.clear()

    count = outbox.try_again(OutboxMessage.objects.all())
    worker.deliver_due(at=NOON)

    row.refresh_from_db()
    assert (count, row.state) == (1, State.SENT)


def test_a_server_that_asks_for_patience_gets_it(
    moody: MoodyMailbox, membership: Membership
) -> None:
    queue_for(membership)
    moody.answers[membership.person.email] = "451 greylisted"
    first = worker.deliver_due(at=NOON)
    moody.answers.clear()

    at_once = worker.deliver_due(at=NOON)
    end_the_pauses()
    later = worker.deliver_due(at=NOON)

    assert (first, at_once, later) == ({State.QUEUED: 1}, {}, {State.SENT: 1})


def test_patience_ends(moody: MoodyMailbox, membership: Membership) -> None:
    row = queue_for(membership)
    moody.answers[membership.person.email] = "451 greylisted"

    for _ in range(len(worker.PAUSES) + 1):
        worker.deliver_due(at=NOON)
        end_the_pauses()

    row.refresh_from_db()
    assert (row.state, row.last_error) == (State.FAILED, "451 greylisted")


def test_one_bad_row_does_not_keep_the_others_back(
    moody: MoodyMailbox, organisation: Organisation
) -> None:
    first, second, third, fourth = (queue_for(m) for m in members(organisation, 4))
    OutboxMessage.objects.filter(pk=first.pk).update(kind="carrier_pigeon")
    OutboxMessage.objects.filter(pk=second.pk).update(payload={"unknown_id": 1})
    moody.answers["m2@example.org"] = "550 no such user"

    worker.deliver_due(at=NOON)

    states = OutboxMessage.objects.order_by("pk").values_list("pk", "state")
    assert dict(states) == {
        first.pk: State.QUEUED,
        second.pk: State.QUEUED,
        third.pk: State.FAILED,
        fourth.pk: State.SENT,
    }


def test_a_mail_server_out_of_reach_costs_no_row_an_attempt(
    settings: Settings, membership: Membership
) -> None:
    row = queue_for(membership)
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", processes.free_port()

    tally = worker.deliver_due(at=NOON)

    row.refresh_from_db()
    assert (tally.total(), row.state, row.attempts) == (0, State.QUEUED, 0)
    assert row.last_error.startswith("ConnectionRefusedError")


def test_a_line_that_breaks_after_the_mail_was_handed_over_leaves_a_doubt_that_is_counted(
    moody: MoodyMailbox, membership: Membership
) -> None:
    queue_for(membership)
    moody.hangs_up_after_taking = True
    first = worker.deliver_due(at=NOON)
    moody.hangs_up_after_taking = False

    end_the_pauses()
    second = worker.deliver_due(at=NOON)

    assert (first, second) == ({State.DOUBTFUL: 1}, {State.SENT: 1})
    assert queries.doubts() == 1
    assert len({email["Message-ID"] for email in moody.messages}) == 1
