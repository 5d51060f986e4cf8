"""Many pairs drafted or proposed at once: in as many queries for five hundred as for one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.db import transaction
from django.db.models import Q

from notifications import outbox
from people.clock import PARIS
from people.models import Person
from programmes import messages
from programmes.enums import EnrolmentState, PairState
from programmes.lifecycle import PAIR, ImpossibleTransition, next_state
from programmes.models import Cohort, Derogation, Enrolment, JournalEntry, Pair
from programmes.policy.evidence import Candidate
from programmes.policy.matching import judge_match
from programmes.queries.candidates import candidates_of
from programmes.sentences import Refused


@dataclass(frozen=True)
class Couple:
    """A mentor and a mentee to be put together, and how well they suit."""

    mentor: Enrolment
    mentee: Enrolment
    score: float | None = None


@transaction.atomic
def draft_pairs(
    cohort: Cohort, couples: Sequence[Couple], *, by: Person | None, at: datetime
) -> list[Pair]:
    """`draft_pair` for each couple, all or none; raise as it does at the first that may not be.

    The couples are judged one after the other, so that a place given to one is taken for the next.
    """
    enrolments = _lock_all(cohort, couples)
    candidates = candidates_of(enrolments.values(), today=at.astimezone(PARIS).date())
    granted = _granted(cohort)
    taken: Counter[int] = Counter()
    for couple in couples:
        mentor, mentee = couple.mentor.pk, couple.mentee.pk
        for one in (enrolments[mentor], enrolments[mentee]):
            if one.state != EnrolmentState.ADMITTED:
                raise ImpossibleTransition("draft", one.state)
        verdict = judge_match(
            cohort.rules,
            _with(candidates[mentor], taken[mentor]),
            _with(candidates[mentee], taken[mentee]),
            granted=granted.get(frozenset({mentor, mentee}), frozenset()),
        )
        if not verdict.is_clear:
            raise Refused(verdict)
        taken.update((mentor, mentee))
    made = Pair.objects.bulk_create(
        Pair(
            cohort=cohort,
            mentor=enrolments[couple.mentor.pk],
            mentee=enrolments[couple.mentee.pk],
            score=couple.score,
            created_at=at,
        )
        for couple in couples
    )
    _journal(made, event="pair_drafted", by=by, at=at)
    return made


@transaction.atomic
def propose_pairs(cohort: Cohort, *, by: Person, at: datetime) -> list[Pair]:
    """`propose_pair` for every draft of the cohort whose two people are still admitted, save one's own."""
    drafts = list(
        Pair.objects.select_for_update(of=("self",))
        .filter(
            cohort=cohort,
            state=PairState.DRAFTED,
            mentor__state=EnrolmentState.ADMITTED,
            mentee__state=EnrolmentState.ADMITTED,
        )
        .exclude(Q(mentor__person=by) | Q(mentee__person=by))
        .select_related("mentor", "mentee")
        .order_by("pk")
    )
    answer_by = cohort.rules.matching.answer_within.after(at.astimezone(PARIS).date())
    for pair in drafts:
        pair.cohort = cohort
        pair.state = next_state(PAIR, "propose", pair.state)
        pair.proposed_at, pair.answer_by = at, answer_by
    Pair.objects.bulk_update(drafts, ["state", "proposed_at", "answer_by"], batch_size=500)
    entries = _journal(drafts, event="pair_proposed", by=by, at=at)
    outbox.queue_all(
        [
            messages.PairProposed(pair.pk, enrolment.person_id, entry.pk)
            for pair, entry in zip(drafts, entries, strict=True)
            for enrolment in (pair.mentor, pair.mentee)
        ],
        organisation_id=cohort.programme.organisation_id,
        due_at=at,
    )
    return drafts


def _journal(
    pairs: Sequence[Pair], *, event: str, by: Person | None, at: datetime
) -> list[JournalEntry]:
    return JournalEntry.objects.bulk_create(
        JournalEntry(programme=pair.cohort.programme, pair=pair, event=event, actor=by, at=at)
        for pair in pairs
    )


def _lock_all(cohort: Cohort, couples: Sequence[Couple]) -> Mapping[int, Enrolment]:
    """The couples' enrolments and their people's others in the programme, locked in one order."""
    people = {one.person_id for couple in couples for one in (couple.mentor, couple.mentee)}
    locked = (
        Enrolment.objects.select_for_update(of=("self",))
        .filter(person__in=people, cohort__programme_id=cohort.programme_id)
        .order_by("pk")
        .select_related("person")
    )
    enrolments = {one.pk: one for one in locked if one.cohort_id == cohort.pk}
    for one in enrolments.values():
        one.cohort = cohort
    if not all(one.pk in enrolments for c in couples for one in (c.mentor, c.mentee)):
        raise ValueError("a pair is made within one cohort")
    return enrolments


def _granted(cohort: Cohort) -> dict[frozenset[int], frozenset[str]]:
    """The derogations granted to two people together."""
    granted: dict[frozenset[int], frozenset[str]] = {}
    rows = Derogation.objects.filter(
        Q(enrolment__cohort=cohort) & Q(other__isnull=False)
    ).values_list("enrolment_id", "other_id", "breach")
    for enrolment, other, breach in rows:
        two = frozenset({enrolment, other})
        granted[two] = granted.get(two, frozenset()) | {breach}
    return granted


def _with(candidate: Candidate, pairs: int) -> Candidate:
    """Someone who has so many more pairs by now."""
    return replace(candidate, live_pairs=candidate.live_pairs + pairs)
