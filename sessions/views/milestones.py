"""What a programme asks along the way: reviews, bilans, tasks, objectives (I6, S6, B2 to B8)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from notifications.planner import paris_date
from people import clock
from programmes.forms.objectives import ObjectivesForm
from programmes.models import Pair
from programmes.policy.rules import Milestone
from programmes.policy.terms import Role
from programmes.profile import objectives_in_words
from programmes.sentences import tell_all
from programmes.views.context import person_of
from sessions import permissions
from sessions.forms.course import MilestoneForm, answers_as_initial
from sessions.models import Review
from sessions.services import objectives as setting
from sessions.services import reviews
from sessions.sheets import sheet_of
from sessions.views.frame import carry_out, find_pair, guides_at, pair_url, role_of, say, show


@login_required
@require_http_methods(["GET", "POST"])
def milestone(request: HttpRequest, pair: int, code: str) -> HttpResponse:
    """One milestone: what is asked, who will read the answers, what the pair has answered."""
    found, now = find_pair(request, pair), clock.now()
    asked, role = _milestone(found, code), role_of(request, found)
    given = {one.as_role: one for one in Review.objects.filter(pair=found, milestone=code)}
    mine = given.get(role)
    form = MilestoneForm(
        request.POST or None,
        milestone=asked,
        role=role,
        pair=found,
        initial=_initial(mine),
    )
    breaches: list[str] = []
    # A task without questions is a form without fields: it is sent by its button alone.
    if request.method == "POST" and (form.is_valid() or not form.fields):
        breaches = carry_out(
            request,
            lambda: reviews.answer_milestone(
                found,
                code=code,
                answers=form.answers() if form.fields else {},
                is_private=bool(form.fields and form.cleaned_data.get("is_private")),
                by=person_of(request),
                at=now,
            ),
            done=_("Merci, c'est noté."),
            pair=found,
        )
        if not breaches:
            if asked.asks_extension and permissions.may_extend(person_of(request), found):
                return redirect("meetings:extend", pair=found.pk)
            return redirect(request.path)
    return show(
        request,
        "milestone",
        pair=found,
        milestone=asked,
        form=form,
        breaches=breaches,
        **_state(found, asked, role, given, now),
    )


@login_required
@require_POST
def approve(request: HttpRequest, pair: int, code: str) -> HttpResponse:
    """Approve the bilan made of both sides' answers (B3)."""
    found = find_pair(request, pair)
    _milestone(found, code)
    breaches = carry_out(
        request,
        lambda: reviews.approve_bilan(found, code=code, by=person_of(request), at=clock.now()),
        done=_("C'est approuvé de {ton/votre} côté."),
        pair=found,
    )
    say(request, breaches)
    return redirect("meetings:milestone", pair=found.pk, code=code)


@login_required
@require_http_methods(["GET", "POST"])
def objectives(request: HttpRequest, pair: int) -> HttpResponse:
    """The mentee sets objectives, and changes them along the way (I6, S9); the mentor reads them."""
    found, now = find_pair(request, pair), clock.now()
    role = role_of(request, found)
    chosen = objectives_in_words(found.mentee)
    if role is not Role.MENTEE:
        return show(request, "objectives", pair=found, chosen=chosen, form=None)
    wants_more = "more" in request.POST
    form = ObjectivesForm(found.mentee, request.POST or None, more=wants_more)
    breaches: list[str] = []
    if not wants_more and form.is_valid():
        breaches = carry_out(
            request,
            lambda: setting.set_pair_objectives(
                found, objectives=form.objectives(), by=person_of(request), at=now
            ),
            done=_("{Tes/Vos} objectifs sont enregistrés."),
            pair=found,
        )
        if not breaches:
            return redirect(pair_url(found))
    return show(
        request,
        "objectives",
        pair=found,
        form=form,
        breaches=breaches,
        guides=guides_at(found, role, "before_first"),
        cancel_url=pair_url(found),
    )


def _milestone(pair: Pair, code: str) -> Milestone:
    try:
        return pair.cohort.rules.milestone(code)
    except KeyError:
        raise Http404 from None


def _initial(mine: Review | None) -> dict[str, Any]:
    if mine is None:
        return {}
    return {**answers_as_initial(mine.answers), "is_private": mine.is_private}


def _state(
    pair: Pair, asked: Milestone, role: Role, given: dict[Role, Review], now: datetime
) -> dict[str, Any]:
    """Where the milestone stands for who looks: too early, to answer, answered, to approve, approved."""
    mine, theirs = given.get(role), given.get(role.other)
    verdict = reviews.judge_moment(pair, asked, role, today=paris_date(now))
    all_in = set(given) >= set(asked.roles)
    approved = asked.approved_by_both and reviews.is_approved(asked, given.values())
    shows_other = asked.kind == "bilan" and mine is not None
    return {
        "too_early": tell_all(verdict.breaches, pair.cohort.vocabulary, to=role),
        "mine": mine,
        "theirs": theirs,
        "sheet": sheet_of(asked, role, mine, pair) if mine else [],
        "other_sheet": sheet_of(asked, role.other, theirs, pair) if theirs and shows_other else [],
        "may_approve": asked.approved_by_both and all_in and mine and mine.approved_at is None,
        "waits_for_other": asked.approved_by_both and mine is not None and not all_in,
        "is_approved": approved,
        "may_answer": verdict.is_clear and not approved,
        "extend_url": reverse("meetings:extend", args=[pair.pk]) if asked.asks_extension else "",
        "guides": guides_at(pair, role, "closing") if asked.kind == "bilan" else [],
        "cancel_url": pair_url(pair),
    }
