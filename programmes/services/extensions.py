"""Going on longer than planned (D2, D3)."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from people.models import Person
from programmes.models import Extension, Pair
from programmes.permissions import role_in
from programmes.policy.course import judge_extension
from programmes.policy.evidence import PairRecord
from programmes.policy.terms import Role
from programmes.policy.verdict import Verdict
from programmes.sentences import Refused
from programmes.services.journal import lock, record


@transaction.atomic
def ask_extension(
    pair: Pair, *, until: date, by: Person, at: datetime, record_of: PairRecord
) -> Extension:
    """Wish to go on until a later day; it holds once all who must agree did (D2, D3)."""
    pair = lock(pair)
    extension = Extension.objects.filter(pair=pair, granted_at=None).first()
    if extension is None or extension.until != until:
        Extension.objects.filter(pair=pair, granted_at=None).delete()
        extension = Extension(pair=pair, until=until, asked_by=by, asked_at=at)
    role = role_in(by, pair)
    if role is Role.MENTOR:
        extension.mentor_agreed_at = extension.mentor_agreed_at or at
    else:
        extension.mentee_agreed_at = extension.mentee_agreed_at or at
    agreed = [
        role
        for role, agreed_at in (
            (Role.MENTOR, extension.mentor_agreed_at),
            (Role.MENTEE, extension.mentee_agreed_at),
        )
        if agreed_at
    ]
    verdict = judge_extension(pair.cohort.rules, record_of, until=until, agreed_by=agreed)
    lasting = [
        b for b in verdict.breaches if b.code not in ("extension:mentor", "extension:mentee")
    ]
    if lasting:
        raise Refused(Verdict(tuple(lasting)))
    if verdict.is_clear:
        extension.granted_at = at
        pair.planned_end_on = until
        pair.save()
    extension.save()
    record(
        "extension_granted" if verdict.is_clear else "extension_asked",
        by=by,
        at=at,
        pair=pair,
        until=until.isoformat(),
    )
    return extension
