"""Sends what waits in the outbox: claim a row, ask whether it is still due, send, record.

A row is claimed in a transaction of its own and sent outside any, so that neither a slow mail
server nor a crash holds a lock. Who dies between the two leaves a row whose lease runs out: it is
then in doubt, is sent again under the same Message-ID, and is counted.
"""

from __future__ import annotations

import logging
import time
from collections import Counter
from datetime import datetime, timedelta

from django.core.exceptions import ObjectDoesNotExist
from django.db import connection, transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from notifications import rendering
from notifications.courier import Courier, Deferred, Refused, Uncertain, Unreachable
from notifications.enums import CLAIMABLE, State
from notifications.models import OutboxMessage

logger = logging.getLogger(__name__)

BATCH = 200
LEASE = timedelta(minutes=10)
MAX_DOUBTS = 3
UNREACHABLE_PAUSE = timedelta(minutes=1)
# After each failed attempt; when they are used up the row has failed.
PAUSES = tuple(timedelta(minutes=n) for n in (1, 5, 30, 120, 360, 720, 1440))


def deliver_due(
    *, at: datetime, limit: int = BATCH, within: timedelta = timedelta(minutes=2)
) -> Counter[State]:
    """Send up to `limit` rows that are due, starting none after `within`; count what became of them.

    Any number of workers may call it at the same time.
    """
    tally: Counter[State] = Counter()
    ends_at = time.monotonic() + within.total_seconds()
    with Courier() as courier:
        while tally.total() < limit and time.monotonic() < ends_at:
            row = _claim(_waiting(at))
            if row is None:
                break
            try:
                tally[_deliver(row, courier, at=at)] += 1
            except Unreachable as error:
                logger.warning("The mail server is out of reach: %s", error)
                break
    return tally


def deliver_one(row_id: int, *, at: datetime) -> State | None:
    """Send this row if it is due and nobody else is at it; say what became of it."""
    row = _claim(_waiting(at).filter(pk=row_id))
    if row is None:
        return None
    with Courier() as courier:
        try:
            return _deliver(row, courier, at=at)
        except Unreachable as error:
            logger.warning("The mail server is out of reach: %s", error)
            return State.QUEUED


def recover_lost() -> int:
    """Put the rows of workers that died back in the queue, in doubt; return how many."""
    lost = OutboxMessage.objects.filter(state=State.SENDING, lease_until__lt=timezone.now())
    given_up = lost.filter(doubts__gte=MAX_DOUBTS - 1).update(
        state=State.FAILED,
        doubts=F("doubts") + 1,
        lease_until=None,
        last_error="interrompu trop souvent pendant l'envoi",
    )
    return given_up + lost.update(
        state=State.DOUBTFUL, doubts=F("doubts") + 1, lease_until=None, retry_at=None
    )


def _waiting(at: datetime) -> QuerySet[OutboxMessage]:
    return OutboxMessage.objects.filter(
        Q(retry_at__isnull=True) | Q(retry_at__lte=timezone.now()),
        state__in=CLAIMABLE,
        due_at__lte=at,
    )


def _claim(waiting: QuerySet[OutboxMessage]) -> OutboxMessage | None:
    """Take one row so that nobody else will; None when there is none left to take."""
    with transaction.atomic(durable=True):
        candidates = waiting.order_by("due_at", "pk")
        if connection.features.has_select_for_update_skip_locked:
            candidates = candidates.select_for_update(skip_locked=True, of=("self",))
        # On SQLite the transaction is the only writer from its beginning on (IMMEDIATE); the
        # condition repeated in the update holds where it is not.
        for pk in candidates.values_list("pk", flat=True)[:1]:
            now = timezone.now()
            if not waiting.filter(pk=pk).update(
                state=State.SENDING,
                attempts=F("attempts") + 1,
                claimed_at=now,
                lease_until=now + LEASE,
                retry_at=None,
            ):
                return None
            return OutboxMessage.objects.select_related("recipient", "organisation").get(pk=pk)
    return None


def _deliver(row: OutboxMessage, courier: Courier, *, at: datetime) -> State:
    """Send one claimed row and record the outcome; raise Unreachable when no row would leave."""
    try:
        if reason := _reason_to_drop(row, at):
            return _record(row, State.DROPPED, reason)
        courier.carry(
            rendering.compose(
                row.message(),
                recipient=row.recipient,
                address=row.address,
                organisation=row.organisation,
                message_id=row.message_id,
            )
        )
    except Unreachable as error:
        _give_back(row, str(error))
        raise
    except ObjectDoesNotExist as error:
        return _record(row, State.DROPPED, f"ce dont il parle n'existe plus : {error}")
    except Refused as error:
        return _record(row, State.FAILED, str(error))
    except Uncertain as error:
        return _try_later(row, State.DOUBTFUL, str(error))
    except Deferred as error:
        return _try_later(row, State.QUEUED, str(error))
    except Exception as error:
        # A template that fails, a kind nobody knows: this row waits for a repair, the others go.
        logger.exception("Message %s (%s) cannot be written", row.pk, row.kind)
        return _try_later(row, State.QUEUED, f"{type(error).__name__}: {error}")
    _record_sent(row, at)
    return State.SENT


def _reason_to_drop(row: OutboxMessage, at: datetime) -> str:
    if row.recipient and not row.recipient.is_active:
        return "le compte est fermé"
    if not row.message().is_still_due(at):
        return "n'a plus lieu d'être"
    return ""


def _record_sent(row: OutboxMessage, at: datetime) -> None:
    # Whoever holds the row by now: it has left, and that is the truth to keep.
    OutboxMessage.objects.filter(pk=row.pk).exclude(state=State.SENT).update(
        state=State.SENT, sent_at=at, lease_until=None, retry_at=None, last_error=""
    )


def _try_later(row: OutboxMessage, state: State, reason: str) -> State:
    doubts = row.doubts + (state is State.DOUBTFUL)
    if row.attempts > len(PAUSES) or doubts >= MAX_DOUBTS:
        return _record(row, State.FAILED, reason, doubts=doubts)
    pause = PAUSES[row.attempts - 1]
    return _record(row, state, reason, doubts=doubts, retry_at=timezone.now() + pause)


def _give_back(row: OutboxMessage, reason: str) -> None:
    """A server out of reach says nothing about this row: the attempt does not count."""
    _record(
        row,
        State.DOUBTFUL if row.doubts else State.QUEUED,
        reason,
        attempts=row.attempts - 1,
        retry_at=timezone.now() + UNREACHABLE_PAUSE,
    )


def _record(row: OutboxMessage, state: State, reason: str, **changes: object) -> State:
    """Write the outcome, unless the lease ran out and the row is someone else's by now."""
    OutboxMessage.objects.filter(pk=row.pk, state=State.SENDING, claimed_at=row.claimed_at).update(
        state=state, lease_until=None, last_error=reason[:500], **changes
    )
    return state
