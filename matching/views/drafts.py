"""Pairs under consideration: change, propose, drop."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from matching import queries
from matching.gather import gather_pool
from matching.services import drafts
from matching.views.frame import show
from people import clock
from people.numbers import is_key
from programmes.enums import PairState
from programmes.lifecycle import ImpossibleTransition
from programmes.models import Enrolment, Pair
from programmes.queries.visibility import pairs_coordinated_by
from programmes.sentences import Refused, tell_all
from programmes.services import pairs
from programmes.views.coordinator.frame import find_cohort, person_of


@login_required
@require_POST
def publish(request: HttpRequest, pk: int) -> HttpResponse:
    """Propose every draft to its two people."""
    cohort = find_cohort(request, pk)
    count = drafts.publish_drafts(cohort, by=person_of(request), at=clock.now())
    text = ngettext("%(count)s proposition envoyée.", "%(count)s propositions envoyées.", count)
    messages.success(request, text % {"count": count})
    return redirect("matching:board", pk)


@login_required
@require_POST
def propose(request: HttpRequest, pk: int) -> HttpResponse:
    pair = get_object_or_404(_drafts(request), pk=pk)
    try:
        pairs.propose_pair(pair, by=person_of(request), at=clock.now())
    except ImpossibleTransition:
        messages.info(request, _("Cette étape a déjà été faite par quelqu'un d'autre."))
    else:
        messages.success(request, _("Proposition envoyée aux deux personnes."))
    return redirect("matching:board", pair.cohort_id)


@login_required
@require_POST
def drop(request: HttpRequest, pk: int) -> HttpResponse:
    """Undo a draft; nobody hears of it. Then another pair can be composed by hand at once."""
    pair = get_object_or_404(_drafts(request), pk=pk)
    try:
        drafts.drop_draft(pair, by=person_of(request), at=clock.now())
    except ImpossibleTransition:
        messages.info(request, _("Cette étape a déjà été faite par quelqu'un d'autre."))
    if "then" in request.POST:
        composing = reverse("programmes:draft_pair", args=[pair.cohort_id])
        return redirect(f"{composing}?mentee={pair.mentee_id}")
    return redirect("matching:board", pair.cohort_id)


@login_required
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Choose another mentor for a draft, among those who suit and have a place."""
    pair = get_object_or_404(_drafts(request), pk=pk)
    cohort = find_cohort(request, pair.cohort_id)
    breaches: list[str] = []
    if request.method == "POST":
        chosen = request.POST.get("mentor", "")
        if not is_key(chosen):
            raise Http404
        mentor = get_object_or_404(
            Enrolment.objects.filter(cohort=cohort, role="mentor"), pk=chosen
        )
        try:
            drafts.change_mentor(pair, mentor, by=person_of(request), at=clock.now())
        except Refused as refused:
            breaches = tell_all(refused.verdict.breaches, cohort.vocabulary)
        except ImpossibleTransition:
            messages.info(request, _("Cette étape a déjà été faite par quelqu'un d'autre."))
            return redirect("matching:board", cohort.pk)
        else:
            return redirect("matching:board", cohort.pk)
    gathered = gather_pool(cohort, today=clock.today())
    return show(
        request,
        "matching/change.html",
        of=cohort,
        pair=pair,
        alternatives=[
            one
            for one in queries.alternatives(gathered, pair.mentee)
            if one.mentor.person_id != person_of(request).pk
        ],
        breaches=breaches,
    )


def _drafts(request: HttpRequest) -> QuerySet[Pair]:
    """What this person of the team decides on: never a pair that they are one of the two of."""
    seen = pairs_coordinated_by(person_of(request)).filter(
        state__in=[PairState.DRAFTED, PairState.PROPOSED]
    )
    return seen.exclude(pk__in=_own(request, seen))


def _own(request: HttpRequest, pairs: QuerySet[Pair]) -> QuerySet[Pair]:
    person = person_of(request)
    return pairs.filter(Q(mentor__person=person) | Q(mentee__person=person))
