"""What the team records of someone's membership (P1 to P3)."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from people.models import Membership, PaidPeriod, Person
from programmes.models import Enrolment
from programmes.services.journal import record


def membership_of(enrolment: Enrolment) -> Membership | None:
    return Membership.objects.filter(
        organisation=enrolment.cohort.programme.organisation, person=enrolment.person
    ).first()


@transaction.atomic
def record_membership(
    enrolment: Enrolment,
    *,
    is_alumnus: bool,
    number: str,
    joined_on: date | None,
    by: Person,
    at: datetime,
) -> Membership:
    """Keep that someone belongs to the association, and how."""
    membership, _ = Membership.objects.update_or_create(
        organisation=enrolment.cohort.programme.organisation,
        person=enrolment.person,
        defaults={"is_alumnus": is_alumnus, "number": number, "joined_on": joined_on},
    )
    record("membership_recorded", by=by, at=at, enrolment=enrolment)
    return membership


@transaction.atomic
def record_paid_period(
    enrolment: Enrolment, *, starts_on: date, ends_on: date, by: Person, at: datetime
) -> PaidPeriod:
    """Keep that the membership fee was paid for a time; whoever pays is a member."""
    membership, _ = Membership.objects.get_or_create(
        organisation=enrolment.cohort.programme.organisation, person=enrolment.person
    )
    period, _ = PaidPeriod.objects.get_or_create(
        membership=membership, starts_on=starts_on, ends_on=ends_on
    )
    record(
        "paid_period_recorded",
        by=by,
        at=at,
        enrolment=enrolment,
        starts_on=starts_on.isoformat(),
        ends_on=ends_on.isoformat(),
    )
    return period
