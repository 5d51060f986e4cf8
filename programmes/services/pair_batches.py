"""Many pairs drafted or proposed at once: in as many queries for five hundred as for one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.db import transaction
from django.db.models import Q

from notifications import outbox
from people.clock import PARIS
from people.models import Person
from programmes import messages
from programmes.enums import LIVE_PAIR_STATES, EnrolmentState, PairState
from programmes.lifecycle import PAIR, next_state
from programmes.models import Cohort, Derogation, Enrolment, JournalEntry, Pair
from programmes.policy.evidence import Candidate
from programmes.policy.matching import judge_match
from programmes.policy.verdict import Verdict
from programmes.queries.candidates import candidates_of
from programmes.queries.pool import TOGETHER, judge_admitted, judge_by_another
from programmes.queries.prospects import recall_on_hold


@dataclass(frozen=True)
class Couple:
    """A mentor and a mentee to be put together, and how well they suit."""

    mentor: Enrolment
    mentee: Enrolment
    score: float | None = None


@dataclass(frozen=True)
class LeftOut:
    """A couple that may not become a pair, and what stands against it."""

    couple: Couple
    verdict: Verdict


@dataclass(frozen=True)
class Drafted:
    """The pairs that were made."""

    pairs: list[Pair]
    left_out: list[LeftOut]


@transaction.atomic
def draft_pairs(
    cohort: Cohort, couples: Sequence[Couple], *, by: Person | None, at: datetime
) -> Drafted:
    """`draft_pair` for each couple that may be; the others are left out, with what stands against them.

    The couples are judged one after the other, so that a place given to one is taken for the next.
    """
    enrolments = _lock_all(cohort, couples)
    candidates = candidates_of(enrolments.values(), today=at.astimezone(PARIS).date())
    granted = _granted(cohort)
    together = set(
        Pair.objects.filter(cohort=cohort, state__in=LIVE_PAIR_STATES).values_list(
            "mentor_id", "mentee_id"
        )
    )
    taken: Counter[int] = Counter()
    possible: list[Couple] = []
    left_out: list[LeftOut] = []
    for couple in couples:
        mentor, mentee = enrolments[couple.mentor.pk], enrolments[couple.mentee.pk]
        verdict = judge_by_another(mentor, mentee, by) + judge_admitted(mentor, mentee)
        verdict += Verdict(recall_on_hold(mentor, mentee).advisories)  # by hand, the team may ask
        if (mentor.pk, mentee.pk) in together:
            verdict += TOGETHER
        verdict += judge_match(
            cohort.rules,
            _with(candidates[mentor.pk], taken[mentor.pk]),
            _with(candidates[mentee.pk], taken[mentee.pk]),
            granted=granted.get(frozenset({mentor.pk, mentee.pk}), frozenset()),
        )
        if verdict.is_clear:
            possible.append(couple)
            taken.update((mentor.pk, mentee.pk))
        else:
            left_out.append(LeftOut(couple, verdict))
    made = Pair.objects.bulk_create(
        Pair(
            cohort=cohort,
            mentor=enrolments[couple.mentor.pk],
            mentee=enrolments[couple.mentee.pk],
            score=couple.score,
            created_at=at,
        )
        for couple in possible
    )
    _journal(made, event="pair_drafted", by=by, at=at)
    return Drafted(made, left_out)


@transaction.atomic
def propose_pairs(
    cohort: Cohort, *, by: Person, at: datetime, only: Collection[int] | None = None
) -> list[Pair]:
    """`propose_pair` for every draft of the cohort whose two people are still admitted, save one's own.

    With `only`, for the pairs of these numbers.
    """
    chosen = Q() if only is None else Q(pk__in=only)
    drafts = list(
        Pair.objects.select_for_update(of=("self",))
        .filter(
            chosen,
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
