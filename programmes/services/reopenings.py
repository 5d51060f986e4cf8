"""Ways back: an enrolment that was handed in or came to an end is taken up again; an exclusion is not (K1)."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from people.clock import PARIS
from people.models import Person
from programmes.lifecycle import ENROLMENT, ImpossibleTransition, next_state
from programmes.models import Enrolment
from programmes.sentences import Refused
from programmes.services.enrolments import decide, judge_opening
from programmes.services.journal import lock, record


@transaction.atomic
def reopen(enrolment: Enrolment, *, by: Person, at: datetime, message: str) -> Enrolment:
    """Give an enrolment back to its person, who may change it and hand it in again."""
    enrolment = lock(enrolment)
    state = next_state(ENROLMENT, "reopen", enrolment.state)
    enrolment.submitted_at, enrolment.may_be_rematched = None, True
    return decide(enrolment, state, event="enrolment_reopened", by=by, at=at, message=message)


@transaction.atomic
def reconsider(enrolment: Enrolment, *, by: Person, at: datetime, message: str) -> Enrolment:
    """Look again at an enrolment that was refused, closed or withdrawn, as it was handed in."""
    enrolment = lock(enrolment)
    state = next_state(ENROLMENT, "reconsider", enrolment.state)
    if enrolment.submitted_at is None:  # withdrawn before it was handed in
        raise ImpossibleTransition("reconsider", enrolment.state)
    enrolment.may_be_rematched = True
    return decide(enrolment, state, event="enrolment_reconsidered", by=by, at=at, message=message)


@transaction.atomic
def apply_again(enrolment: Enrolment, *, at: datetime) -> Enrolment:
    """Its person takes a withdrawn enrolment up again, answers kept, while enrolments are open."""
    enrolment = lock(enrolment)
    state = next_state(ENROLMENT, "apply_again", enrolment.state)
    today = at.astimezone(PARIS).date()
    verdict = judge_opening(enrolment.cohort, enrolment.person, today=today)
    if not verdict.is_clear:
        raise Refused(verdict)
    enrolment.state, enrolment.submitted_at = state, None
    enrolment.team_message, enrolment.may_be_rematched = "", True
    enrolment.save()
    record("enrolment_taken_up", by=enrolment.person, at=at, enrolment=enrolment)
    return enrolment
