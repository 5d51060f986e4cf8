"""The board: the pool at a glance, the weights, what is under consideration."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from matching import queries
from matching.gather import Gathered, gather_pool
from matching.kept import people_of, rulings_of
from matching.services.runs import keep_run
from matching.trial import Setting, Trial, set_aside, try_weights, what_was_set_aside
from matching.views.frame import page_of, show
from matching.weights import Weights, dials_of, read_weights
from people import clock
from programmes.enums import EnrolmentState
from programmes.models import Cohort
from programmes.views.coordinator.frame import find_cohort, person_of

SHOWN_OF_A_TRIAL = 12
SHOWN_BLOCKED = 10
SHOWN_DECLINED = 5


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def board(request: HttpRequest, pk: int) -> HttpResponse:
    """Where a coordinator begins; POST tries other weights and keeps nothing."""
    cohort = find_cohort(request, pk)
    whose = {"cohort_id": cohort.pk, "person_id": person_of(request).pk}
    weights = read_weights(request.POST)
    if request.method == "POST" and request.headers.get("HX-Request"):
        setting = what_was_set_aside(**whose) or _read(cohort, **whose)[1]
        trial = _told(cohort, try_weights(setting, weights))
        return render(request, "matching/_trial.html", trial | {"vocabulary": cohort.vocabulary})
    gathered, setting = _read(cohort, **whose)
    tried = _told(cohort, try_weights(setting, weights)) if weights else {}
    return _page(request, cohort, gathered, weights, tried)


@login_required
@require_POST
def run(request: HttpRequest, pk: int) -> HttpResponse:
    """Find the best pairs among those who are free, and keep what was found."""
    cohort = find_cohort(request, pk)
    weights = read_weights(request.POST)
    kept = keep_run(cohort, weights=weights, by=person_of(request), at=clock.now())
    return redirect("matching:kept", kept.pk)


def _page(
    request: HttpRequest,
    cohort: Cohort,
    gathered: Gathered,
    weights: Weights,
    tried: dict[str, Any],
) -> HttpResponse:
    runs = cohort.runs.select_related("by")
    last = runs.first()
    drafts = queries.drafts_of(cohort)
    page = page_of(request, drafts)
    person = person_of(request)
    own = set(
        drafts.filter(Q(mentor__person=person) | Q(mentee__person=person)).values_list(
            "pk", flat=True
        )
    )
    # What was tried; else what weighed in the last run, unless the programme's own are asked for.
    at_first = weights or (last.weights if last and "usual" not in request.GET else {})
    glance = queries.glance(gathered)
    kept_from = [*glance.nobody, *glance.unready]
    held = cohort.enrolments.filter(state=EnrolmentState.ADMITTED, on_hold_since__isnull=False)
    waitlisted = cohort.enrolments.filter(state=EnrolmentState.WAITLISTED)
    return show(
        request,
        "matching/board.html",
        of=cohort,
        breadcrumb=[],
        glance=glance,
        blocked=queries.blocked(gathered, kept_from[:SHOWN_BLOCKED], cohort.vocabulary),
        blocked_count=len(kept_from),
        blocked_more=len(kept_from[SHOWN_BLOCKED:]),
        waitlisted=waitlisted.count(),
        declined=queries.declined_in(cohort, reader=person)[:SHOWN_DECLINED],
        dials=dials_of(cohort.rules, gathered.pool, at_first, cohort.vocabulary),
        runs=runs[:5],
        rulings=rulings_of(cohort).count(),
        on_hold=held.count(),
        idle=gathered.idle,
        drafts=queries.with_merits(list(page), cohort.rules, today=clock.today()),
        own=own,
        to_send=page.paginator.count - len(own),
        page_obj=page,
        proposals=queries.proposals_of(cohort).count(),
        **tried,
    )


def _read(cohort: Cohort, **whose: int) -> tuple[Gathered, Setting]:
    """Everybody who is free, and what trials need of them."""
    gathered = gather_pool(cohort, today=clock.today())
    return gathered, set_aside(gathered, cohort.runs.first(), **whose)


def _told(cohort: Cohort, trial: Trial) -> dict[str, Any]:
    """A trial with the names of its first pairs: those that change, then the worst served."""
    changed = trial.changed or frozenset()
    order = sorted(
        trial.chosen.items(), key=lambda item: (item[0] not in changed, item[1][1], item[0])
    )[:SHOWN_OF_A_TRIAL]
    people = people_of(cohort, [pk for mentee, (mentor, _) in order for pk in (mentee, mentor)])
    return {
        "trial": trial,
        "shown": [
            (people[mentee], people[mentor], points, mentee in changed)
            for mentee, (mentor, points) in order
            if mentee in people and mentor in people
        ],
    }
