"""Enrolments: from the first answer to the team's decision."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_noop

from notifications import outbox
from people.clock import PARIS
from people.models import Person
from programmes import messages
from programmes.enums import EnrolmentState, FeeState, PairState, StopReason
from programmes.lifecycle import ENROLMENT, next_state
from programmes.models import (
    Cohort,
    Derogation,
    Enrolment,
    Exclusion,
    FeeAccount,
    Objective,
    Pair,
)
from programmes.policy.entering import judge_admission, judge_submission
from programmes.policy.evidence import CharterAcceptance, ChosenObjective
from programmes.policy.questionnaire import Answer
from programmes.policy.terms import Role
from programmes.policy.verdict import Breach, Sentence, Verdict, verdict_of
from programmes.queries.candidates import candidate_of
from programmes.queries.exclusions import excluded_people
from programmes.queries.pool import judge_by_another
from programmes.sentences import Refused
from programmes.services import pairs
from programmes.services.journal import lock, record
from programmes.services.locking import lock_pairs_of
from programmes.services.taking_part import take_part


@transaction.atomic
def start_enrolment(
    cohort: Cohort, *, person: Person, role: Role, at: datetime, is_invited: bool = False
) -> Enrolment:
    """Begin an enrolment, or find the one begun; raise Refused when excluded, or outside the dates.

    Whom the team invites it still expects, whatever the dates for everybody.
    """
    existing = Enrolment.objects.filter(cohort=cohort, person=person, role=role).first()
    if existing is not None:
        return existing
    if is_invited:
        verdict = judge_exclusion(cohort, person)
    else:
        verdict = judge_opening(cohort, person, today=_day(at))
    if not verdict.is_clear:
        raise Refused(verdict)
    enrolment = Enrolment.objects.create(cohort=cohort, person=person, role=role, created_at=at)
    record("enrolment_started", by=person, at=at, enrolment=enrolment)
    return enrolment


def judge_opening(cohort: Cohort, person: Person, *, today: date) -> Verdict:
    """May this person begin an enrolment today?"""
    breaches = []
    if today < cohort.opens_on:
        text = gettext_noop("Les candidatures ouvrent le %(opens_on)s.")
        breaches.append(Breach("cohort:not_open", Sentence(text, {"opens_on": cohort.opens_on})))
    if cohort.enrolment_ends_on is not None and today > cohort.enrolment_ends_on:
        text = gettext_noop("Les candidatures sont closes depuis le %(ends_on)s.")
        breaches.append(
            Breach("cohort:closed", Sentence(text, {"ends_on": cohort.enrolment_ends_on}))
        )
    return verdict_of(breaches) + judge_exclusion(cohort, person)


def judge_exclusion(cohort: Cohort, person: Person) -> Verdict:
    """Is this person welcome in the programmes of the organisation at all (K1)?"""
    if not is_excluded(person, organisation_id=cohort.programme.organisation_id):
        return verdict_of([])
    text = gettext_noop(
        "Cette personne a été exclue définitivement des programmes {de l'association}."
    )
    return verdict_of([Breach("exclusion", Sentence(text))])


def is_excluded(person: Person, *, organisation_id: int) -> bool:
    return bool(excluded_people(organisation_id, [person]))


@transaction.atomic
def save_answers(
    enrolment: Enrolment,
    *,
    answers: Mapping[str, Answer],
    objectives: Sequence[ChosenObjective],
    declarations: Sequence[str],
    capacity: int | None,
) -> Enrolment:
    """Keep a draft as it is, complete or not; nothing is judged until it is handed in."""
    enrolment = lock(enrolment)
    if not enrolment.is_draft:
        next_state(ENROLMENT, "submit", enrolment.state)  # raises: only a draft is edited
    enrolment.answers = dict(storable(answers))
    enrolment.declarations = sorted(declarations)
    enrolment.capacity = capacity
    enrolment.save(update_fields=["answers", "declarations", "capacity"])
    set_objectives(enrolment, objectives)
    return enrolment


@transaction.atomic
def submit(
    enrolment: Enrolment, *, acceptance: CharterAcceptance | None, by: Person, at: datetime
) -> Enrolment:
    """Hand in an enrolment, with the charter accepted where the programme asks for it then (I3)."""
    enrolment = lock(enrolment)
    state = next_state(ENROLMENT, "submit", enrolment.state)
    if acceptance is not None:
        keep_acceptance(enrolment, acceptance)
    verdict = judge_submission(
        enrolment.cohort.rules, candidate_of(enrolment, today=_day(at)), today=_day(at)
    )
    if not verdict.is_clear:
        raise Refused(verdict)
    enrolment.state = state
    enrolment.submitted_at = at
    enrolment.save()
    take_part(enrolment, by=by)
    entry = record("enrolment_submitted", by=by, at=at, enrolment=enrolment)
    _open_fee(enrolment)
    outbox.queue(messages.EnrolmentReceived(enrolment.pk, entry.pk), due_at=at)
    return enrolment


@transaction.atomic
def admit(
    enrolment: Enrolment,
    *,
    by: Person | None,
    at: datetime,
    message: str = "",
    announce: bool = True,
) -> Enrolment:
    """Admit someone to the pool; raise Refused as long as a breach has no derogation."""
    enrolment = lock(enrolment)
    state = next_state(ENROLMENT, "admit", enrolment.state)
    verdict = judge_admission(
        enrolment.cohort.rules, candidate_of(enrolment, today=_day(at)), today=_day(at)
    )
    if not verdict.is_clear:
        raise Refused(verdict)
    return decide(
        enrolment,
        state,
        event="enrolment_admitted",
        by=by,
        at=at,
        message=message,
        announce=announce,
    )


@transaction.atomic
def waitlist(enrolment: Enrolment, *, by: Person, at: datetime, message: str = "") -> Enrolment:
    enrolment = lock(enrolment)
    state = next_state(ENROLMENT, "waitlist", enrolment.state)
    return decide(enrolment, state, event="enrolment_waitlisted", by=by, at=at, message=message)


@transaction.atomic
def refuse(enrolment: Enrolment, *, by: Person, at: datetime, message: str) -> Enrolment:
    enrolment = lock(enrolment)
    state = next_state(ENROLMENT, "refuse", enrolment.state)
    return decide(enrolment, state, event="enrolment_refused", by=by, at=at, message=message)


@transaction.atomic
def withdraw(enrolment: Enrolment, *, by: Person, at: datetime) -> Enrolment:
    """Leave the programme; a pair under way stops with it."""
    lock_pairs_of([enrolment])
    enrolment = lock(enrolment)
    enrolment.state = next_state(ENROLMENT, "withdraw", enrolment.state)
    enrolment.decided_at = at
    enrolment.save()
    record("enrolment_withdrawn", by=by, at=at, enrolment=enrolment)
    _leave_pairs(enrolment, reason=StopReason.WITHDRAWN, by=by, at=at)
    return enrolment


@transaction.atomic
def exclude(enrolment: Enrolment, *, by: Person, at: datetime, reason: str) -> Exclusion:
    """Exclude a person for good from the organisation's programmes (K1): every enrolment, every pair."""
    person, organisation = enrolment.person, enrolment.cohort.programme.organisation
    exclusion, _ = Exclusion.objects.get_or_create(
        organisation=organisation,
        email=enrolment.known_as.email.lower(),
        defaults={"person": person, "reason": reason, "decided_by": by, "decided_at": at},
    )
    theirs = Enrolment.objects.filter(
        person=person, cohort__programme__organisation=organisation
    ).order_by("pk")
    lock_pairs_of(theirs)
    for one in theirs.select_for_update(of=("self",)).exclude(state=EnrolmentState.EXCLUDED):
        one.state = next_state(ENROLMENT, "exclude", one.state)
        one.decided_at = at
        one.save()
        record("enrolment_excluded", by=by, at=at, enrolment=one)
        _leave_pairs(one, reason=StopReason.EXCLUDED, by=by, at=at)
    return exclusion


@transaction.atomic
def grant_derogation(
    enrolment: Enrolment,
    *,
    breach: str,
    reason: str,
    by: Person,
    at: datetime,
    other: Enrolment | None = None,
) -> Derogation:
    """Let one breach pass, with a reason, on the record; with `other`, for these two as a pair."""
    verdict = judge_by_another(enrolment, other or enrolment, by)
    if not verdict.is_clear:
        raise Refused(verdict)
    derogation, _ = Derogation.objects.update_or_create(
        enrolment=enrolment,
        other=other,
        breach=breach,
        defaults={"reason": reason.strip(), "granted_by": by, "granted_at": at},
    )
    record("derogation_granted", by=by, at=at, enrolment=enrolment, breach=breach)
    return derogation


@transaction.atomic
def set_objectives(enrolment: Enrolment, objectives: Sequence[ChosenObjective]) -> None:
    enrolment.objectives.all().delete()
    Objective.objects.bulk_create(
        Objective(enrolment=enrolment, position=position, theme=one.theme, text=one.text)
        for position, one in enumerate(objectives, 1)
    )


def keep_acceptance(enrolment: Enrolment, acceptance: CharterAcceptance) -> None:
    """Copy an acceptance onto the enrolment it was given for."""
    enrolment.charter_version = acceptance.version
    enrolment.charter_digest = acceptance.digest
    enrolment.charter_accepted_at = acceptance.accepted_at
    enrolment.charter_commitments = sorted(acceptance.commitments)
    enrolment.charter_missing = sorted(acceptance.missing)
    enrolment.save()


def decide(
    enrolment: Enrolment,
    state: str,
    *,
    event: str,
    by: Person | None,
    at: datetime,
    message: str,
    announce: bool = True,
) -> Enrolment:
    """Keep what the team decided, with its word to the person, who is told."""
    enrolment.state = state
    enrolment.team_message = message
    enrolment.decided_at = at
    enrolment.save()
    entry = record(event, by=by, at=at, enrolment=enrolment)
    if announce:
        outbox.queue(messages.EnrolmentDecided(enrolment.pk, entry.pk), due_at=at)
    return enrolment


def _leave_pairs(enrolment: Enrolment, *, reason: StopReason, by: Person, at: datetime) -> None:
    theirs = Pair.objects.filter(mentor=enrolment) | Pair.objects.filter(mentee=enrolment)
    for pair in theirs:
        if pair.state in (PairState.DRAFTED, PairState.PROPOSED, PairState.ACCEPTED):
            pairs.cancel_pair(pair, by=by, at=at)
        elif pair.state in (PairState.ACTIVE, PairState.PAUSED, PairState.FROZEN):
            pairs.stop_pair(pair, reason=reason, by=by, at=at)


def _open_fee(enrolment: Enrolment) -> None:
    fee = enrolment.cohort.rules.fee
    if fee is not None and fee.role is enrolment.as_role:
        FeeAccount.objects.get_or_create(
            enrolment=enrolment, defaults={"amount": fee.amount, "state": FeeState.DUE}
        )


def storable(answers: Mapping[str, Answer]) -> Mapping[str, Any]:
    """Answers as JSON holds them."""
    return {
        code: list(value) if isinstance(value, tuple) else value for code, value in answers.items()
    }


def _day(at: datetime) -> date:
    return at.astimezone(PARIS).date()
