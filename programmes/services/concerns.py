"""What one person tells the team, unseen by the other (K1, K5)."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from notifications import outbox
from people.models import Person
from programmes import messages
from programmes.enums import ConcernKind, ConcernState
from programmes.models import Concern, Enrolment, Pair
from programmes.queries.visibility import readers_of_concerns
from programmes.services.journal import lock, record


@transaction.atomic
def raise_concern(
    enrolment: Enrolment, *, kind: ConcernKind, message: str, pair: Pair | None, at: datetime
) -> Concern:
    """Tell the team; each coordinator who is not one of the two gets a mail without the text."""
    programme = enrolment.cohort.programme
    concern = Concern.objects.create(
        programme=programme,
        enrolment=enrolment,
        pair=pair,
        kind=kind,
        message=message,
        raised_at=at,
    )
    record("concern_raised", by=None, at=at, programme=programme, kind=kind)
    for coordinator in readers_of_concerns(enrolment):
        outbox.queue(messages.ConcernRaised(concern.pk, coordinator.pk), due_at=at)
    return concern


@transaction.atomic
def take_in_hand(concern: Concern, *, by: Person, at: datetime) -> Concern:
    concern = lock(concern)
    if concern.state == ConcernState.OPEN:
        concern.state = ConcernState.IN_HAND
        concern.save()
        record("concern_in_hand", by=by, at=at, programme=concern.programme)
    return concern


@transaction.atomic
def close_concern(concern: Concern, *, outcome: str, by: Person, at: datetime) -> Concern:
    concern = lock(concern)
    concern.state = ConcernState.CLOSED
    concern.outcome, concern.closed_by, concern.closed_at = outcome, by, at
    concern.save()
    record("concern_closed", by=by, at=at, programme=concern.programme)
    return concern
