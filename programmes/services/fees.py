"""The programme's fee for one enrolment (P18, P19)."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from people.models import Person
from programmes.enums import FeeState
from programmes.models import FeeAccount
from programmes.services.journal import lock, record


@transaction.atomic
def settle_fee(account: FeeAccount, *, on: date, by: Person, at: datetime) -> FeeAccount:
    """Record that the fee was paid; the receipt gets the next number of the programme's year."""
    programme = lock(account.enrolment.cohort.programme)  # receipts are numbered without a gap
    account = lock(account)
    if account.state != FeeState.DUE:
        return account
    account.state, account.settled_on = FeeState.SETTLED, on
    account.receipt_number = _next_number(f"{on.year}-{programme.pk}-")
    account.save()
    record("fee_settled", by=by, at=at, enrolment=account.enrolment, receipt=account.receipt_number)
    return account


@transaction.atomic
def waive_fee(account: FeeAccount, *, reason: str, by: Person, at: datetime) -> FeeAccount:
    """Let someone off the fee, with a reason."""
    account = lock(account)
    if account.state != FeeState.DUE:
        return account
    account.state, account.reason = FeeState.WAIVED, reason
    account.save()
    record("fee_waived", by=by, at=at, enrolment=account.enrolment)
    return account


def _next_number(series: str) -> str:
    """One more than the highest of the series, so that no number is given twice."""
    given = FeeAccount.objects.filter(receipt_number__startswith=series).values_list(
        "receipt_number", flat=True
    )
    highest = max((int(number.removeprefix(series)) for number in given), default=0)
    return f"{series}{highest + 1:04d}"
