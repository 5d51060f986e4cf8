"""Whether an enrolment could be handed in as it stands."""

from __future__ import annotations

from datetime import date

from programmes.models import Enrolment
from programmes.policy.entering import judge_submission
from programmes.policy.verdict import Verdict
from programmes.queries.candidates import candidate_of


def submission_verdict(enrolment: Enrolment, *, today: date) -> Verdict:
    candidate = candidate_of(enrolment, today=today)
    return judge_submission(enrolment.cohort.rules, candidate, today=today)
