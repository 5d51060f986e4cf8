"""The objectives that a mentee sets and may change along the way (I6, S9)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from django.db import transaction

from people.clock import PARIS
from people.models import Person
from programmes.models import Pair
from programmes.policy.entering import judge_first_meeting_preparation
from programmes.policy.evidence import ChosenObjective
from programmes.queries.candidates import candidate_of
from programmes.sentences import Refused
from programmes.services.enrolments import set_objectives
from programmes.services.journal import lock, record


@transaction.atomic
def set_pair_objectives(
    pair: Pair, *, objectives: Sequence[ChosenObjective], by: Person, at: datetime
) -> None:
    """Set all objectives anew, within the programme's numbers and themes."""
    mentee = lock(pair.mentee)
    if by.pk != mentee.person_id:
        raise ValueError("objectives are the mentee's to set")
    rules = mentee.cohort.rules
    terms = rules.objectives.model_copy(update={"due": "first_meeting"})
    candidate = candidate_of(mentee, today=at.astimezone(PARIS).date())
    verdict = judge_first_meeting_preparation(
        rules.model_copy(update={"objectives": terms}),
        replace(candidate, objectives=tuple(objectives)),
    )
    if not verdict.is_clear:
        raise Refused(verdict)
    set_objectives(mentee, objectives)
    record("objectives_set", by=by, at=at, pair=pair, count=len(objectives))
