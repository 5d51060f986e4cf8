"""The coordinator's board: draft, look, change, propose."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from matching import queries, services
from matching.gather import gather_pool
from people import clock
from people.models import Person
from programmes.enums import PairState
from programmes.lifecycle import ImpossibleTransition
from programmes.models import Cohort, Enrolment, Pair
from programmes.navigation import team_context
from programmes.queries.visibility import cohorts_coordinated_by, pairs_coordinated_by
from programmes.sentences import Refused, tell_all
from programmes.services import pairs
from programmes.words import fill

PER_PAGE = 20


@login_required
def board(request: HttpRequest, pk: int) -> HttpResponse:
    cohort = get_object_or_404(cohorts_coordinated_by(_person(request)), pk=pk)
    gathered = gather_pool(cohort, today=clock.today())
    drafts = Paginator(queries.drafts_of(cohort), PER_PAGE).get_page(request.GET.get("page"))
    own = set(_own(request, queries.drafts_of(cohort)).values_list("pk", flat=True))
    context = _frame(request, cohort) | {
        "mentors": len(gathered.mentors),
        "places": int(gathered.pool.places.sum()),
        "mentees": len(gathered.mentees),
        "waiting": Paginator(queries.waiting(gathered), PER_PAGE).get_page(
            request.GET.get("reste")
        ),
        "drafts": queries.with_merits(list(drafts), cohort.rules, today=clock.today()),
        "own": own,
        "to_send": drafts.paginator.count - len(own),
        "page_obj": drafts,
        "proposals": queries.proposals_of(cohort).count(),
    }
    return render(request, "matching/board.html", context)


@login_required
@require_POST
def run(request: HttpRequest, pk: int) -> HttpResponse:
    """Draft the best pairs among those who are free."""
    cohort = get_object_or_404(cohorts_coordinated_by(_person(request)), pk=pk)
    drafted = services.draft_best_pairs(cohort, by=_person(request), at=clock.now())
    text = ngettext(
        "%(count)s {binôme} à l'étude de plus.",
        "%(count)s {binômes} à l'étude de plus.",
        drafted.pairs,
    )
    messages.success(request, fill(text, cohort.vocabulary) % {"count": drafted.pairs})
    return redirect("matching:board", pk)


@login_required
@require_POST
def publish(request: HttpRequest, pk: int) -> HttpResponse:
    """Propose every draft to its two people."""
    cohort = get_object_or_404(cohorts_coordinated_by(_person(request)), pk=pk)
    count = services.publish_drafts(cohort, by=_person(request), at=clock.now())
    text = ngettext("%(count)s proposition envoyée.", "%(count)s propositions envoyées.", count)
    messages.success(request, text % {"count": count})
    return redirect("matching:board", pk)


@login_required
@require_POST
def propose(request: HttpRequest, pk: int) -> HttpResponse:
    pair = get_object_or_404(_drafts(request), pk=pk)
    try:
        pairs.propose_pair(pair, by=_person(request), at=clock.now())
    except ImpossibleTransition:
        messages.info(request, _("Cette étape a déjà été faite par quelqu'un d'autre."))
    else:
        messages.success(request, _("Proposition envoyée aux deux personnes."))
    return redirect("matching:board", pair.cohort_id)


@login_required
@require_POST
def drop(request: HttpRequest, pk: int) -> HttpResponse:
    """Undo a draft; nobody hears of it."""
    pair = get_object_or_404(_drafts(request), pk=pk)
    try:
        services.drop_draft(pair, by=_person(request), at=clock.now())
    except ImpossibleTransition:
        messages.info(request, _("Cette étape a déjà été faite par quelqu'un d'autre."))
    return redirect("matching:board", pair.cohort_id)


@login_required
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Choose another mentor for a draft, among those who suit and have a place."""
    pair = get_object_or_404(_drafts(request), pk=pk)
    cohort = get_object_or_404(cohorts_coordinated_by(_person(request)), pk=pair.cohort_id)
    breaches: list[str] = []
    if request.method == "POST":
        chosen = request.POST.get("mentor", "")
        if not chosen.isdecimal():
            raise Http404
        mentor = get_object_or_404(
            Enrolment.objects.filter(cohort=cohort, role="mentor"), pk=chosen
        )
        try:
            services.change_mentor(pair, mentor, by=_person(request), at=clock.now())
        except Refused as refused:
            breaches = tell_all(refused.verdict.breaches, cohort.vocabulary)
        except ImpossibleTransition:
            messages.info(request, _("Cette étape a déjà été faite par quelqu'un d'autre."))
            return redirect("matching:board", cohort.pk)
        else:
            return redirect("matching:board", cohort.pk)
    gathered = gather_pool(cohort, today=clock.today())
    context = _frame(request, cohort) | {
        "pair": pair,
        "alternatives": [
            one
            for one in queries.alternatives(gathered, pair.mentee)
            if one.mentor.person_id != _person(request).pk
        ],
        "breaches": breaches,
    }
    return render(request, "matching/change.html", context)


def _drafts(request: HttpRequest) -> QuerySet[Pair]:
    """What this person of the team decides on: never a pair that they are one of the two of."""
    seen = pairs_coordinated_by(_person(request)).filter(
        state__in=[PairState.DRAFTED, PairState.PROPOSED]
    )
    return seen.exclude(pk__in=_own(request, seen))


def _own(request: HttpRequest, pairs: QuerySet[Pair]) -> QuerySet[Pair]:
    person = _person(request)
    return pairs.filter(Q(mentor__person=person) | Q(mentee__person=person))


def _frame(request: HttpRequest, cohort: Cohort) -> dict[str, Any]:
    return team_context(cohort.programme, cohort, "board", person=_person(request))


def _person(request: HttpRequest) -> Person:
    assert isinstance(request.user, Person)  # login_required
    return request.user
