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
    settled = FeeAccount.objects.filter(
        enrolment__cohort__programme=programme, settled_on__year=on.year
    ).count()
    account.state, account.settled_on = FeeState.SETTLED, on
    account.receipt_number = f"{on.year}-{programme.pk}-{settled + 1:04d}"
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
