"""Pairs: proposal, answers, start, extension, end."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import transaction

from notifications import outbox
from people.clock import PARIS
from people.models import Person
from programmes import messages, reactions
from programmes.enums import (
    HOLDS_BACK,
    SETTLED_PAIR_STATES,
    DeclineReason,
    EnrolmentState,
    PairState,
    StopReason,
)
from programmes.lifecycle import ENROLMENT, PAIR, ImpossibleTransition, next_state
from programmes.models import Enrolment, JournalEntry, Pair
from programmes.permissions import role_in
from programmes.policy.course import (
    judge_completion,
    judge_mentor_stop,
    judge_start,
    planned_end,
)
from programmes.policy.entering import is_minor
from programmes.policy.evidence import Agreement, PairRecord
from programmes.policy.terms import Role
from programmes.queries.pool import has_another_mentor, judge_by_another, judge_not_together
from programmes.queries.prospects import judge_pair
from programmes.sentences import Refused
from programmes.services.availability import hold_back
from programmes.services.journal import lock, record
from programmes.services.locking import lock_both
from programmes.services.taking_part import take_part


@transaction.atomic
def draft_pair(
    mentor: Enrolment,
    mentee: Enrolment,
    *,
    by: Person | None,
    at: datetime,
    score: float | None = None,
) -> Pair:
    """Put two people of a cohort together for the team to consider; takes their places at once."""
    mentor, mentee = lock_both(mentor, mentee)
    if mentor.state != EnrolmentState.ADMITTED or mentee.state != EnrolmentState.ADMITTED:
        unready = mentor if mentor.state != EnrolmentState.ADMITTED else mentee
        raise ImpossibleTransition("draft", unready.state)
    if mentor.cohort_id != mentee.cohort_id:
        raise ValueError("a pair is made within one cohort")
    verdict = judge_not_together(mentor, mentee) + judge_pair(mentor, mentee, today=_day(at))
    verdict += judge_by_another(mentor, mentee, by)
    if not verdict.is_clear:
        raise Refused(verdict)
    pair = Pair.objects.create(
        cohort=mentor.cohort, mentor=mentor, mentee=mentee, score=score, created_at=at
    )
    record("pair_drafted", by=by, at=at, pair=pair)
    return pair


@transaction.atomic
def propose_pair(pair: Pair, *, by: Person | None, at: datetime) -> Pair:
    """The team accepts a draft, or nobody had to: both people are told and answer."""
    pair = lock(pair)
    verdict = judge_by_another(pair.mentor, pair.mentee, by)
    if not verdict.is_clear:
        raise Refused(verdict)
    for one in lock_both(pair.mentor, pair.mentee):
        if one.state != EnrolmentState.ADMITTED:  # put on the waiting list since
            raise ImpossibleTransition("propose", one.state)
    pair.state = next_state(PAIR, "propose", pair.state)
    pair.proposed_at = at
    pair.answer_by = pair.cohort.rules.matching.answer_within.after(_day(at))
    pair.save()
    entry = record("pair_proposed", by=by, at=at, pair=pair)
    for enrolment in (pair.mentor, pair.mentee):
        outbox.queue(messages.PairProposed(pair.pk, enrolment.person_id, entry.pk), due_at=at)
    return pair


@transaction.atomic
def accept_proposal(pair: Pair, *, by: Person, at: datetime) -> Pair:
    """One of the two accepts, and the rules judge once more; with both, they are introduced (M7).

    Only pairs that both accepted stand in the way by then: where fewer places are left than there are
    proposals (a mentor lowered their limit since), those who answer first have them, and none is lost.
    """
    pair = lock(pair)
    mentor, mentee = lock_both(pair.mentor, pair.mentee)
    state = next_state(PAIR, "accept", pair.state)
    role = _role(by, pair)
    verdict = judge_pair(mentor, mentee, today=_day(at), counting=SETTLED_PAIR_STATES)
    if not verdict.is_clear:
        raise Refused(verdict)
    if role is Role.MENTOR:
        pair.mentor_accepted_at = pair.mentor_accepted_at or at
    else:
        pair.mentee_accepted_at = pair.mentee_accepted_at or at
    take_part(pair.side(role), by=by)
    record("proposal_accepted", by=by, at=at, pair=pair, role=role)
    if pair.mentor_accepted_at and pair.mentee_accepted_at:
        pair.state = state
        pair.introduced_at = at
    pair.save()
    if pair.state == PairState.ACCEPTED:
        entry = record("pair_introduced", by=by, at=at, pair=pair)
        for enrolment in (pair.mentor, pair.mentee):
            outbox.queue(messages.PairAccepted(pair.pk, enrolment.person_id, entry.pk), due_at=at)
        reactions.call(reactions.pair_accepted, pair, by, at)
        pair.refresh_from_db()
    return pair


@transaction.atomic
def take_back_acceptance(pair: Pair, *, by: Person, at: datetime) -> Pair:
    """One of the two said yes, and is no longer sure: possible until the other says yes as well.

    A mentee who asked takes the request itself back: nobody else had proposed it.
    """
    pair = lock(pair)
    pair.state = next_state(PAIR, "take_back", pair.state)
    role = _role(by, pair)
    if pair.accepted_at(role) is None:
        return pair
    if pair.is_request and role is Role.MENTEE:
        return cancel_pair(pair, by=by, at=at)
    setattr(pair, f"{role}_accepted_at", None)
    pair.save()
    record("acceptance_taken_back", by=by, at=at, pair=pair, role=role)
    return pair


@transaction.atomic
def decline_proposal(pair: Pair, *, by: Person, at: datetime, reason: DeclineReason) -> Pair:
    """One of the two says no, politely; both places are free again and the team is told.

    The two are not proposed to each other again; a reason may hold whoever gives it back (HOLDS_BACK).
    """
    pair = lock(pair)
    pair.state = next_state(PAIR, "decline", pair.state)
    pair.declined_by = _role(by, pair)
    pair.decline_reason = reason
    pair.save()
    entry = record(
        "proposal_declined", by=by, at=at, pair=pair, role=pair.declined_by, reason=reason
    )
    _tell_who_asked(pair, entry, at=at)
    if reason in HOLDS_BACK:
        hold_back(pair.side(Role(pair.declined_by)), by=by, at=at)
    return pair


@transaction.atomic
def expire_proposal(pair: Pair, *, by: Person, at: datetime) -> Pair:
    """The team gives up waiting for an answer."""
    pair = lock(pair)
    pair.state = next_state(PAIR, "expire", pair.state)
    pair.save()
    entry = record("proposal_expired", by=by, at=at, pair=pair)
    _tell_who_asked(pair, entry, at=at)
    return pair


@transaction.atomic
def cancel_pair(pair: Pair, *, by: Person | None, at: datetime) -> Pair:
    """Undo a pair that has not started."""
    pair = lock(pair)
    pair.state = next_state(PAIR, "cancel", pair.state)
    pair.save()
    record("pair_cancelled", by=by, at=at, pair=pair)
    reactions.call(reactions.pair_ended, pair, by, at)
    return pair


@transaction.atomic
def start_pair(pair: Pair, *, agreement: Agreement, by: Person | None, at: datetime) -> Pair:
    """Start a pair on the agreement its programme asks for (I3, I5); raise Refused otherwise."""
    pair = lock(pair)
    state = next_state(PAIR, "start", pair.state)
    rules, today = pair.cohort.rules, _day(at)
    minor = is_minor(rules, pair.mentee.answers.get("birth_date"), today=today)
    verdict = judge_start(rules, agreement, mentee_is_minor=bool(minor))
    if not verdict.is_clear:
        raise Refused(verdict)
    pair.state = state
    pair.agreed_at = at
    pair.started_on = max(today, pair.cohort.starts_on)
    pair.planned_end_on = planned_end(rules, pair.started_on, cohort_ends_on=pair.cohort.ends_on)
    pair.save()
    record("pair_started", by=by, at=at, pair=pair, agreement=agreement.kind)
    reactions.call(reactions.pair_started, pair, by, at)
    return pair


@transaction.atomic
def pause_pair(pair: Pair, *, by: Person, at: datetime) -> Pair:
    return _move(pair, "pause", entry="pair_paused", by=by, at=at)


@transaction.atomic
def freeze_pair(pair: Pair, *, by: Person, at: datetime) -> Pair:
    """The team holds a pair back while it looks into a concern."""
    return _move(pair, "freeze", entry="pair_frozen", by=by, at=at)


@transaction.atomic
def resume_pair(pair: Pair, *, by: Person, at: datetime) -> Pair:
    return _move(pair, "resume", entry="pair_resumed", by=by, at=at)


@transaction.atomic
def stop_pair(pair: Pair, *, reason: StopReason, by: Person, at: datetime) -> Pair:
    """End a pair before its time."""
    pair = lock(pair)
    pair.state = next_state(PAIR, "stop", pair.state)
    pair.stop_reason = reason
    return _end(pair, event="pair_stopped", by=by, at=at, reason=reason)


@transaction.atomic
def stop_after_first_meeting(
    pair: Pair, *, by: Person, at: datetime, record_of: PairRecord
) -> Pair:
    """The mentor stops because the commitment is in doubt (M5)."""
    pair = lock(pair)
    verdict = judge_mentor_stop(pair.cohort.rules, record_of)
    if not verdict.is_clear or _role(by, pair) is not Role.MENTOR:
        raise Refused(verdict)
    if not pair.cohort.rules.matching.mentee_rematched_after_stop:
        mentee = lock(pair.mentee)
        if not has_another_mentor(pair):
            mentee.state = next_state(ENROLMENT, "close", mentee.state)
            record("enrolment_closed", by=by, at=at, enrolment=mentee)
        mentee.may_be_rematched = False
        mentee.save()
    return stop_pair(pair, reason=StopReason.MENTOR_AFTER_FIRST, by=by, at=at)


@transaction.atomic
def complete_pair(
    pair: Pair, *, by: Person, at: datetime, record_of: PairRecord, despite: str = ""
) -> Pair:
    """Close a pair that did what the programme calls complete; `despite` is the team's reason otherwise."""
    pair = lock(pair)
    pair.state = next_state(PAIR, "complete", pair.state)
    verdict = judge_completion(pair.cohort.rules, record_of, today=_day(at))
    if not verdict.is_clear and not (despite and verdict.only_derogable):
        raise Refused(verdict)
    mentee = lock(pair.mentee)
    if not has_another_mentor(pair):
        # The engine offers no second round in this cohort: the others come first; the team may.
        mentee.may_be_rematched = False
        mentee.save(update_fields=["may_be_rematched"])
    return _end(
        pair, event="pair_completed", by=by, at=at, despite=despite, left=list(verdict.codes)
    )


def _move(pair: Pair, event: str, *, entry: str, by: Person, at: datetime) -> Pair:
    pair = lock(pair)
    pair.state = next_state(PAIR, event, pair.state)
    pair.save()
    record(entry, by=by, at=at, pair=pair)
    return pair


def _end(pair: Pair, *, event: str, by: Person, at: datetime, **facts: Any) -> Pair:
    pair.ended_on = _day(at)
    pair.save()
    entry = record(event, by=by, at=at, pair=pair, **facts)
    for enrolment in (pair.mentor, pair.mentee):
        outbox.queue(messages.PairEnded(pair.pk, enrolment.person_id, entry.pk), due_at=at)
    reactions.call(reactions.pair_ended, pair, by, at)
    return pair


def _tell_who_asked(pair: Pair, entry: JournalEntry, *, at: datetime) -> None:
    if pair.is_request:
        mentee = pair.mentee.person_id
        outbox.queue(messages.RequestDeclined(pair.pk, mentee, entry.pk), due_at=at)


def _role(person: Person, pair: Pair) -> Role:
    role = role_in(person, pair)
    if role is None:
        raise ValueError(f"person {person.pk} is not in pair {pair.pk}")
    return role


def _day(at: datetime) -> date:
    return at.astimezone(PARIS).date()
