"""The only door through which an e-mail leaves.

`queue` writes a row in the transaction of the event it tells of: if that is undone, nothing was
ever to be sent. The database is the truth; Celery only rings the bell.
"""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from notifications import bell, rendering
from notifications.courier import Courier
from notifications.enums import State
from notifications.messages import DEDUPE_KEY_LENGTH, Message, OneTimeMail
from notifications.models import OutboxMessage
from people.models import Organisation, Person


def queue(message: Message, *, due_at: datetime) -> OutboxMessage:
    """Have `message` sent from `due_at` on, once; a second call with the same key changes nothing.

    Raise RuntimeError outside a transaction: the row must live or die with its event.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("queue() belongs in the transaction of the event it tells of")
    row, is_new = OutboxMessage.objects.get_or_create(
        dedupe_key=_checked_key(message), defaults=_columns(message, due_at)
    )
    if is_new:
        transaction.on_commit(partial(bell.ring, row.pk), robust=True)
    return row


def send_now(mail: OneTimeMail) -> None:
    """Send a mail that bears a code at once and store nothing of it.

    Raise one of the exceptions of `notifications.courier` when it cannot leave, so that the
    screen says so. Not for use inside a transaction: a slow server would hold its locks.
    """
    recipient, belongs_to = mail.recipient, mail.organisation_id
    email = rendering.compose(
        mail,
        recipient=Person.objects.get(pk=recipient) if isinstance(recipient, int) else None,
        address=recipient if isinstance(recipient, str) else "",
        organisation=Organisation.objects.get(pk=belongs_to) if belongs_to else None,
        message_id=rendering.new_message_id(),
    )
    with Courier() as courier:
        courier.carry(email)


def try_again(rows: QuerySet[OutboxMessage]) -> int:
    """Put the failed ones among `rows` back in the queue, as if new; return how many."""
    return rows.filter(state=State.FAILED).update(
        state=State.QUEUED, attempts=0, doubts=0, retry_at=None
    )


def _checked_key(message: Message) -> str:
    key = message.dedupe_key
    if not 0 < len(key) <= DEDUPE_KEY_LENGTH:
        raise ValueError(f"the key of {message!r} must have 1 to {DEDUPE_KEY_LENGTH} characters")
    return key


def _columns(message: Message, due_at: datetime) -> dict[str, Any]:
    recipient = message.recipient
    return {
        "kind": message.kind,
        "payload": message.payload(),
        "recipient_id": recipient if isinstance(recipient, int) else None,
        "address": recipient if isinstance(recipient, str) else "",
        "organisation_id": message.organisation_id,
        "message_id": rendering.new_message_id(),
        "due_at": due_at,
    }
