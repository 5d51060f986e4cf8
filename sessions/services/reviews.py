"""Milestones: reviews, bilans and tasks, answered by each side (S6, B2 to B8)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_noop

from people.clock import PARIS
from people.models import Person
from programmes.enums import RUNNING_PAIR_STATES
from programmes.lifecycle import ImpossibleTransition
from programmes.models import Pair
from programmes.policy.arranging import due_on
from programmes.policy.rules import Milestone, ReviewQuestion
from programmes.policy.terms import Role
from programmes.policy.verdict import Breach, Sentence, Verdict, verdict_of
from programmes.sentences import Refused
from programmes.services.journal import lock, record
from sessions.models import Review
from sessions.queries.records import pair_record
from sessions.services.judging import role_of

Given = int | bool | str | None


def questions_for(milestone: Milestone, role: Role) -> tuple[ReviewQuestion, ...]:
    return tuple(question for question in milestone.questions if role in question.roles)


def judge_review(milestone: Milestone, role: Role, answers: Mapping[str, Given]) -> Verdict:
    """Is every question of this side answered, each by one of the answers it offers? Pure."""
    breaches = []
    for question in questions_for(milestone, role):
        given = answers.get(question.code)
        if given is None or given == "":
            text = gettext_noop("« %(label)s » attend {ta/votre} réponse.")
        elif not _fits(question, given):
            text = gettext_noop("« %(label)s » : cette réponse n'est pas proposée.")
        else:
            continue
        breaches.append(
            Breach(f"review:{question.code}", Sentence(text, {"label": question.label}))
        )
    return verdict_of(breaches)


@transaction.atomic
def answer_milestone(
    pair: Pair,
    *,
    code: str,
    answers: Mapping[str, Given],
    is_private: bool = False,
    by: Person,
    at: datetime,
) -> Review:
    """One side answers; answering again before both approved replaces what was said."""
    pair = lock(pair)
    milestone, role = pair.cohort.rules.milestone(code), role_of(by, pair)
    verdict = judge_moment(pair, milestone, role, today=_day(at))
    verdict += judge_review(milestone, role, answers)
    if not verdict.is_clear:
        raise Refused(verdict)
    reviews = Review.objects.select_for_update().filter(pair=pair, milestone=code)
    if milestone.approved_by_both and is_approved(milestone, reviews):
        raise ImpossibleTransition("answer", "approved")
    asked = {question.code for question in questions_for(milestone, role)}
    review = reviews.filter(role=role).first() or Review(pair=pair, milestone=code, role=role)
    review.person = by
    review.answers = {code: answers[code] for code in sorted(asked)}
    review.is_private = is_private and milestone.may_stay_private
    review.done_at = at
    review.save()
    reviews.update(approved_at=None)  # who approved did so of other answers
    review.approved_at = None
    record(
        "milestone_answered",
        by=by,
        at=at,
        pair=pair,
        milestone=code,
        title=milestone.title,
        role=role,
    )
    return review


@transaction.atomic
def approve_bilan(pair: Pair, *, code: str, by: Person, at: datetime) -> Review:
    """One side approves the bilan made of both sides' answers (B3)."""
    pair = lock(pair)
    milestone, role = pair.cohort.rules.milestone(code), role_of(by, pair)
    reviews = {
        review.as_role: review
        for review in Review.objects.select_for_update().filter(pair=pair, milestone=code)
    }
    if not milestone.approved_by_both or set(reviews) != set(milestone.roles):
        raise ImpossibleTransition("approve", "unanswered")
    review = reviews[role]
    if review.approved_at is not None:
        raise ImpossibleTransition("approve", "approved")
    review.approved_at = at
    review.save()
    record(
        "bilan_approved",
        by=by,
        at=at,
        pair=pair,
        milestone=code,
        title=milestone.title,
        role=role,
    )
    return review


def judge_moment(pair: Pair, milestone: Milestone, role: Role, *, today: date) -> Verdict:
    """Is this asked of this side, and has its moment come?"""
    if role not in milestone.roles:
        text = gettext_noop("« %(title)s » n'est pas demandé de ce côté.")
        breach = Breach("milestone:role", Sentence(text, {"title": milestone.title}))
        return verdict_of([breach])
    if pair.state not in RUNNING_PAIR_STATES and milestone.after_end is None:
        text = gettext_noop("{le binôme} n'est pas en cours : « %(title)s » n'est plus demandé.")
        return verdict_of([Breach("milestone:over", Sentence(text, {"title": milestone.title}))])
    since = due_on(milestone, pair_record(pair))
    if since is None:
        text = gettext_noop("« %(title)s » viendra plus tard.")
        return verdict_of([Breach("milestone:early", Sentence(text, {"title": milestone.title}))])
    if since > today:
        text = gettext_noop("« %(title)s » viendra le %(since)s.")
        facts = {"title": milestone.title, "since": since}
        return verdict_of([Breach("milestone:early", Sentence(text, facts))])
    return verdict_of([])


def is_approved(milestone: Milestone, reviews: Iterable[Review]) -> bool:
    """Whether every side that is asked has approved the bilan."""
    approved = {review.as_role for review in reviews if review.approved_at}
    return approved == set(milestone.roles)


def _fits(question: ReviewQuestion, given: Given) -> bool:
    if question.kind == "scale":
        return isinstance(given, int) and not isinstance(given, bool) and 1 <= given <= 5
    if question.kind == "yes_no":
        return isinstance(given, bool)
    return given in {choice.code for choice in question.choices}


def _day(at: datetime) -> date:
    return at.astimezone(PARIS).date()
