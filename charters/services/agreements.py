"""From a proposal that both accepted to a pair that starts: charter or convention (I3, I5)."""

from __future__ import annotations

from datetime import datetime

from charters.messages import AgreementToGive
from charters.queries import agreement_of
from charters.services import conventions
from notifications import outbox
from people.models import Person
from programmes.enums import PairState
from programmes.models import Pair
from programmes.policy.course import judge_start
from programmes.services import pairs
from programmes.services.journal import record


def prepare_agreement(pair: Pair, by: Person | None, at: datetime) -> None:
    """Both accepted: open the convention, or start on the charter where both accepted it already."""
    if pair.cohort.rules.agreement.kind == "convention":
        conventions.open_convention(pair, by=by, at=at)
    elif not start_on_charter(pair, by=by, at=at):
        _ask_for_acceptances(pair, by=by, at=at)


def start_on_charter(pair: Pair, *, by: Person | None, at: datetime) -> bool:
    """Start a pair if both have accepted the charter and it waits for nothing else.

    The pair is locked; it is read again with what its two people have accepted by now.
    """
    pair = _as_it_is(pair)
    rules = pair.cohort.rules
    if pair.state != PairState.ACCEPTED or rules.agreement.kind != "charter":
        return False
    agreement = agreement_of(pair)
    if not judge_start(rules, agreement).is_clear:
        return False
    pairs.start_pair(pair, agreement=agreement, by=by, at=at)
    return True


def end_agreement(pair: Pair, by: Person | None, at: datetime) -> None:
    """A pair that is cancelled or stopped leaves no convention in force."""
    if pair.state in (PairState.CANCELLED, PairState.STOPPED):
        conventions.void_convention(pair, by=by, at=at)


def _ask_for_acceptances(pair: Pair, *, by: Person | None, at: datetime) -> None:
    pair = _as_it_is(pair)
    entry = record("charter_asked", by=by, at=at, pair=pair)
    for enrolment in (pair.mentor, pair.mentee):
        if enrolment.charter_version is None:
            message = AgreementToGive(pair.pk, entry.pk, person_id=enrolment.person_id)
            outbox.queue(message, due_at=at)


def _as_it_is(pair: Pair) -> Pair:
    return Pair.objects.select_related(
        "mentor__person", "mentee__person", "cohort__rule_set", "cohort__programme__organisation"
    ).get(pk=pair.pk)
