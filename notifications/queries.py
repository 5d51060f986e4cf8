"""What became of the e-mails."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Count, QuerySet, Sum

from notifications.enums import CLAIMABLE, State
from notifications.models import OutboxMessage
from people.models import Organisation, Person


def sent_to(person: Person) -> QuerySet[OutboxMessage]:
    """The mails that reached the person's server, the latest first."""
    return (
        OutboxMessage.objects.filter(recipient=person, state=State.SENT)
        .select_related("organisation")
        .order_by("-sent_at", "-pk")
    )


def counts(organisation: Organisation | None = None) -> dict[State, int]:
    """How many messages stand in each state, of one organisation or of all."""
    rows = _of(organisation).order_by().values_list("state").annotate(Count("pk"))
    return {State(state): number for state, number in rows}


def doubts(organisation: Organisation | None = None) -> int:
    """How many times nobody can say whether a mail had left: it may have been sent twice."""
    total: int | None = _of(organisation).aggregate(total=Sum("doubts"))["total"]
    return total or 0


def overdue(at: datetime) -> QuerySet[OutboxMessage]:
    """What should have left by then and still waits, the oldest first."""
    return OutboxMessage.objects.filter(
        state__in=[*CLAIMABLE, State.SENDING], due_at__lte=at
    ).order_by("due_at", "pk")


def _of(organisation: Organisation | None) -> QuerySet[OutboxMessage]:
    rows = OutboxMessage.objects.all()
    return rows.filter(organisation=organisation) if organisation else rows
