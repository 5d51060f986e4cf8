"""The only door through which an e-mail leaves.

`queue` writes a row in the transaction of the event it tells of: if that is undone, nothing was
ever to be sent. The database is the truth; Celery only rings the bell.
"""

from __future__ import annotations

import uuid
from datetime import datetime
from functools import partial
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction

from notifications import bell
from notifications.messages import DEDUPE_KEY_LENGTH, Message
from notifications.models import OutboxMessage


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
        "message_id": f"<{uuid.uuid4()}@{urlsplit(settings.SITE_URL).hostname}>",
        "due_at": due_at,
    }
