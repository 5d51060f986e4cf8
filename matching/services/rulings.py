"""What the team settles of two people before any calculation."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_noop

from matching.models import Ruling, RulingKind
from people.clock import PARIS
from people.models import Person
from programmes.models import Enrolment
from programmes.policy.verdict import Breach, Sentence, Verdict, verdict_of
from programmes.queries.pool import judge_by_another
from programmes.queries.prospects import judge_pair
from programmes.sentences import Refused
from programmes.services.journal import record
from programmes.services.locking import lock_both


@transaction.atomic
def rule(
    mentor: Enrolment,
    mentee: Enrolment,
    *,
    kind: RulingKind,
    reason: str = "",
    by: Person,
    at: datetime,
) -> Ruling:
    """Keep two people together in every run to come, or apart; replaces what was decided of them.

    Raise Refused where a pair to be kept is one that the rules forbid.
    """
    mentor, mentee = lock_both(mentor, mentee)
    verdict = judge_by_another(mentor, mentee, by)
    if kind == RulingKind.LOCKED:
        verdict += judge_pair(mentor, mentee, today=at.astimezone(PARIS).date())
        verdict += _kept_with_another(mentor, mentee)
    if not verdict.is_clear:
        raise Refused(verdict)
    ruling, _ = Ruling.objects.update_or_create(
        mentor=mentor, mentee=mentee, defaults={"kind": kind, "reason": reason, "by": by, "at": at}
    )
    record(f"pair_ruled_{kind}", by=by, at=at, enrolment=mentee, mentor=mentor.pk)
    return ruling


@transaction.atomic
def lift(ruling: Ruling, *, by: Person, at: datetime) -> None:
    """Leave these two to the calculation again; raise Refused to who is one of them."""
    verdict = judge_by_another(ruling.mentor, ruling.mentee, by)
    if not verdict.is_clear:
        raise Refused(verdict)
    record("pair_ruling_lifted", by=by, at=at, enrolment=ruling.mentee, mentor=ruling.mentor_id)
    ruling.delete()


def _kept_with_another(mentor: Enrolment, mentee: Enrolment) -> Verdict:
    others = Ruling.objects.filter(mentee=mentee, kind=RulingKind.LOCKED).exclude(mentor=mentor)
    if not others.exists():
        return Verdict()
    text = gettext_noop(
        "{le mentoré} est déjà à garder avec quelqu'un d'autre : levez d'abord cette décision."
    )
    return verdict_of([Breach("ruling:exists", Sentence(text))])
