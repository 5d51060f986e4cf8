"""A person accepts the charter (I3, I4)."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from charters.enums import IdentifiedBy, ShownIn
from charters.judging import judge_acceptance
from charters.models import Acceptance, CharterVersion
from charters.queries import pairs_awaiting
from charters.services.agreements import start_on_charter
from people.clock import PARIS
from people.models import Person
from programmes.enums import EnrolmentState
from programmes.models import Enrolment
from programmes.policy.evidence import CharterAcceptance
from programmes.sentences import Refused
from programmes.services import enrolments
from programmes.services.journal import lock, record
from programmes.services.taking_part import take_part


@transaction.atomic
def accept_charter(
    enrolment: Enrolment,
    *,
    version: CharterVersion,
    commitments: Collection[str],
    by: Person,
    at: datetime,
    identified_by: IdentifiedBy = IdentifiedBy.SESSION,
    language: ShownIn = ShownIn.FRENCH,
) -> Acceptance:
    """Accept the charter for oneself; hands in a draft whose programme waits for nothing else.

    Once accepted by both, a pair that waited for it starts. Raise Refused with all that is
    missing, in which case nothing is kept.
    """
    waiting = [lock(pair) for pair in pairs_awaiting([enrolment])]
    enrolment = lock(enrolment)
    known = Acceptance.objects.filter(version=version, enrolment=enrolment).first()
    if known is not None and enrolment.charter_version == version.number and not enrolment.is_draft:
        return known
    verdict = judge_acceptance(
        enrolment, version, commitments, by=by, today=at.astimezone(PARIS).date()
    )
    if not verdict.is_clear:
        raise Refused(verdict)
    acceptance = known or _accept(
        enrolment, version, by=by, at=at, identified_by=identified_by, language=language
    )
    evidence = evidence_of(acceptance)
    if enrolment.state == EnrolmentState.DRAFT:
        enrolments.submit(enrolment, acceptance=evidence, by=by, at=at)
    else:
        enrolments.keep_acceptance(enrolment, evidence)
        take_part(enrolment, by=by)
    for pair in waiting:
        start_on_charter(pair, by=by, at=at)
    return acceptance


def evidence_of(acceptance: Acceptance) -> CharterAcceptance:
    """The acceptance as the rules see it."""
    text, role = acceptance.version.text, acceptance.enrolment.as_role
    asked = frozenset(commitment.code for commitment in text.commitments_for(role))
    accepted = frozenset(acceptance.commitments)
    return CharterAcceptance(
        version=acceptance.version.number,
        digest=acceptance.digest,
        role=role,
        accepted_at=acceptance.accepted_at,
        commitments=accepted,
        missing=asked - accepted,
    )


def _accept(
    enrolment: Enrolment,
    version: CharterVersion,
    *,
    by: Person,
    at: datetime,
    identified_by: IdentifiedBy,
    language: ShownIn,
) -> Acceptance:
    asked = version.text.commitments_for(enrolment.as_role)
    acceptance = Acceptance.objects.create(
        version=version,
        enrolment=enrolment,
        digest=version.digest,
        commitments=[commitment.code for commitment in asked],
        accepted_at=at,
        identified_by=identified_by,
        language=language,
    )
    record("charter_accepted", by=by, at=at, enrolment=enrolment, version=version.number)
    return acceptance
