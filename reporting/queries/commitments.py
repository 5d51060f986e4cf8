"""What is known of a pair's commitments: dates, numbers and states, gathered in a fixed number of queries."""

from __future__ import annotations

from datetime import date

from charters.facts import CommitmentFacts, Notice
from programmes.enums import LIVE_PAIR_STATES, PairState
from programmes.models import JournalEntry, Pair
from programmes.permissions import role_in
from programmes.policy.terms import Role
from programmes.queries.candidates import candidate_of
from sessions.models import EndDeclaration
from sessions.queries import last_signs, pair_record

_TOLD = {
    "meeting_moved": True,
    "meeting_cancelled": True,
    "meeting_moved_late": False,
    "meeting_cancelled_late": False,
}


def commitment_facts(pair: Pair, *, today: date) -> CommitmentFacts:
    mentor, mentee = candidate_of(pair.mentor, today=today), candidate_of(pair.mentee, today=today)
    rules = pair.cohort.rules
    declared = EndDeclaration.objects.filter(pair=pair).values_list("role", flat=True)
    paying = mentor if rules.fee is not None and rules.fee.role is Role.MENTOR else mentee
    return CommitmentFacts(
        rules=rules,
        record=pair_record(pair),
        today=today,
        notices=_notices(pair),
        objectives=len(mentee.objectives),
        standings={Role.MENTOR: mentor.standing, Role.MENTEE: mentee.standing},
        fee=paying.fee,
        last_sign_on=last_signs([pair]).get(pair.pk),
        declared_ended=frozenset(Role(role) for role in declared),
        is_paused=pair.state in (PairState.PAUSED, PairState.FROZEN),
        is_closed=pair.state not in (*LIVE_PAIR_STATES, PairState.COMPLETED),
    )


def _notices(pair: Pair) -> tuple[Notice, ...]:
    """Who told, and whether in time, that a date agreed on could not be kept (D13)."""
    entries = JournalEntry.objects.filter(pair=pair, event__in=_TOLD).select_related("actor")
    notices = []
    for entry in entries:
        role = role_in(entry.actor, pair) if entry.actor else None
        was_agreed = entry.facts.get("agreed", not entry.event.startswith("meeting_cancelled"))
        if role is not None and was_agreed:
            notices.append(Notice(role, in_time=_TOLD[entry.event]))
    return tuple(notices)
