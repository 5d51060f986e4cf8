"""The rows of an import, written by the hundred: as many queries for one person as for a thousand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime

from people.accounts import find_or_make_accounts
from people.clock import PARIS
from people.models import Membership, PaidPeriod, Person
from programmes.enums import EnrolmentState, FeeState
from programmes.importing.columns import Decisions
from programmes.importing.plan import PlannedPerson
from programmes.lifecycle import ENROLMENT, next_state
from programmes.models import Cohort, Enrolment, FeeAccount, JournalEntry, Objective
from programmes.policy.entering import judge_admission
from programmes.queries.candidates import candidates_of
from programmes.queries.importing import IMPORTED
from programmes.services.enrolments import storable


def enter(
    cohort: Cohort,
    *,
    people: Sequence[PlannedPerson],
    decisions: Decisions,
    by: Person | None,
    at: datetime,
) -> list[Enrolment]:
    """Accounts, memberships, enrolments: handed in, or drafts where the person must add something."""
    accounts = find_or_make_accounts(
        {one.email: (one.values["first_name"], one.values["last_name"]) for one in people}
    )
    _make_members(cohort, people, accounts, all_alumni=decisions.all_alumni, today=_day(at))
    enrolments = Enrolment.objects.bulk_create(
        [_enrolment(cohort, one, accounts[one.email], decisions, at) for one in people]
    )
    Objective.objects.bulk_create(
        Objective(enrolment=enrolment, position=position, theme=chosen.theme, text=chosen.text)
        for enrolment, one in zip(enrolments, people, strict=True)
        for position, chosen in enumerate(one.objectives, 1)
    )
    _open_fees(cohort, enrolments)
    _journal(enrolments, event=IMPORTED, by=by, at=at)
    return enrolments


def admit_clear(enrolments: Sequence[Enrolment], *, by: Person | None, at: datetime) -> int:
    """Admit those against whom nothing stands, without a mail; return how many."""
    today = _day(at)
    candidates = candidates_of(enrolments, today=today)
    clear = [
        one
        for one in enrolments
        if one.state == EnrolmentState.SUBMITTED
        and judge_admission(one.cohort.rules, candidates[one.pk], today=today).is_clear
    ]
    for one in clear:
        one.state, one.decided_at = next_state(ENROLMENT, "admit", one.state), at
    Enrolment.objects.filter(pk__in=[one.pk for one in clear]).update(
        state=EnrolmentState.ADMITTED, decided_at=at
    )
    _journal(clear, event="enrolment_admitted", by=by, at=at)
    return len(clear)


def _enrolment(
    cohort: Cohort, one: PlannedPerson, person: Person, decisions: Decisions, at: datetime
) -> Enrolment:
    is_complete = not one.left
    return Enrolment(
        cohort=cohort,
        person=person,
        role=decisions.role,
        listed_first_name=one.values["first_name"],
        listed_last_name=one.values["last_name"],
        listed_email=one.email,
        state=EnrolmentState.SUBMITTED if is_complete else EnrolmentState.DRAFT,
        answers=dict(storable(one.answers)),
        capacity=one.values.get("capacity"),
        created_at=at,
        submitted_at=at if is_complete else None,
    )


def _make_members(
    cohort: Cohort,
    people: Sequence[PlannedPerson],
    accounts: dict[str, Person],
    *,
    all_alumni: bool,
    today: date,
) -> None:
    """Memberships of the association; what it knew already is completed, never replaced."""
    organisation_id = cohort.programme.organisation_id
    Membership.objects.bulk_create(
        [Membership(organisation_id=organisation_id, person=one) for one in accounts.values()],
        ignore_conflicts=True,
    )
    memberships = {
        one.person_id: one
        for one in Membership.objects.select_for_update(of=("self",))
        .filter(organisation_id=organisation_id, person__in=accounts.values())
        .prefetch_related("paid_periods")
    }
    pairs = [(memberships[accounts[one.email].pk], one) for one in people]
    completed = [one for one, line in pairs if _complete(one, line, all_alumni=all_alumni)]
    Membership.objects.bulk_update(completed, ["number", "joined_on", "is_alumnus"], batch_size=500)
    PaidPeriod.objects.bulk_create(
        period for membership, one in pairs for period in _new_period(membership, one, today)
    )


def _complete(membership: Membership, one: PlannedPerson, *, all_alumni: bool) -> bool:
    """Add what the association did not know; return whether there was anything."""
    before = (membership.number, membership.joined_on, membership.is_alumnus)
    after = (
        membership.number or one.values.get("number") or "",
        membership.joined_on or one.values.get("joined_on"),
        membership.is_alumnus or all_alumni or bool(one.values.get("is_alumnus")),
    )
    membership.number, membership.joined_on, membership.is_alumnus = after
    return after != before


def _new_period(membership: Membership, one: PlannedPerson, today: date) -> Iterator[PaidPeriod]:
    """The period that the line tells of; without a beginning it counts from today."""
    ends_on = one.values.get("paid_until")
    if ends_on is None:
        return
    starts_on = one.values.get("paid_from") or min(today, ends_on)
    known = membership.paid_periods.all()
    if not any(period.starts_on <= starts_on and ends_on <= period.ends_on for period in known):
        yield PaidPeriod(membership=membership, starts_on=starts_on, ends_on=ends_on)


def _open_fees(cohort: Cohort, enrolments: Sequence[Enrolment]) -> None:
    fee = cohort.rules.fee
    if fee is not None:
        FeeAccount.objects.bulk_create(
            FeeAccount(enrolment=one, amount=fee.amount, state=FeeState.DUE)
            for one in enrolments
            if one.as_role is fee.role and one.state == EnrolmentState.SUBMITTED
        )


def _journal(
    enrolments: Sequence[Enrolment], *, event: str, by: Person | None, at: datetime
) -> None:
    JournalEntry.objects.bulk_create(
        JournalEntry(programme=one.cohort.programme, enrolment=one, event=event, actor=by, at=at)
        for one in enrolments
    )


def _day(at: datetime) -> date:
    return at.astimezone(PARIS).date()
