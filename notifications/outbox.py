"""The only door through which an e-mail leaves.

`queue` writes a row in the transaction of the event it tells of: if that is undone, nothing was
ever to be sent. The database is the truth; Celery only rings the bell.
"""

from __future__ import annotations

from collections.abc import Sequence
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
        dedupe_key=_checked_key(message),
        defaults=_columns(message, due_at, message.organisation_id),
    )
    if is_new:
        transaction.on_commit(partial(bell.ring, row.pk), robust=True)
    return row


def queue_all(messages: Sequence[Message], *, organisation_id: int | None, due_at: datetime) -> int:
    """`queue` for many messages in the name of one organisation; return how many are new.

    As many queries for a thousand as for one, and one bell for all.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("queue_all() belongs in the transaction of the event it tells of")
    by_key = {_checked_key(message): message for message in messages}
    known = OutboxMessage.objects.filter(dedupe_key__in=by_key)
    for key in known.values_list("dedupe_key", flat=True):
        del by_key[key]
    OutboxMessage.objects.bulk_create(
        [
            OutboxMessage(dedupe_key=key, **_columns(message, due_at, organisation_id))
            for key, message in by_key.items()
        ],
        ignore_conflicts=True,
    )
    if by_key:
        transaction.on_commit(bell.ring_for_all, robust=True)
    return len(by_key)


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


def _columns(message: Message, due_at: datetime, organisation_id: int | None) -> dict[str, Any]:
    recipient = message.recipient
    return {
        "kind": message.kind,
        "payload": message.payload(),
        "recipient_id": recipient if isinstance(recipient, int) else None,
        "address": recipient if isinstance(recipient, str) else "",
        "organisation_id": organisation_id,
        "message_id": rendering.new_message_id(),
        "due_at": due_at,
    }
