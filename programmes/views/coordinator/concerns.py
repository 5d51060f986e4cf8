"""What people told the team (K1, K5); a coordinator who is one of the two does not see it."""

from __future__ import annotations

from functools import partial

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from people import clock
from programmes.enums import ConcernState
from programmes.forms.coordinator import OutcomeForm
from programmes.lifecycle import ENROLMENT, PAIR
from programmes.models import Concern
from programmes.queries.visibility import concerns_coordinated_by
from programmes.services import concerns as services
from programmes.views.coordinator.frame import (
    carry_out,
    find_programme,
    other_parameters,
    page_of,
    person_of,
    show,
)
from programmes.vocabulary import Vocabulary


@login_required
@require_safe
def concerns(request: HttpRequest, organisation: str, slug: str) -> HttpResponse:
    """The requests for help and reports of a programme; those to see to, or the closed ones."""
    programme = find_programme(request, organisation, slug)
    theirs = concerns_coordinated_by(person_of(request)).filter(programme=programme)
    closed = request.GET.get("state") == ConcernState.CLOSED
    shown = (
        theirs.filter(state=ConcernState.CLOSED)
        if closed
        else theirs.exclude(state=ConcernState.CLOSED)
    )
    address = reverse("programmes:concerns", args=[organisation, slug])
    return show(
        request,
        "programmes/coordinator/concerns.html",
        of=programme,
        place="concerns",
        page=page_of(request, shown.order_by("-raised_at")),
        query=other_parameters(request),
        tabs=[
            {"label": _("À traiter"), "url": address, "active": not closed, "badge": None},
            {
                "label": _("Closes"),
                "url": f"{address}?state=closed",
                "active": closed,
                "badge": None,
            },
        ],
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def concern(request: HttpRequest, pk: int) -> HttpResponse:
    """One request or report; POST takes it in hand, or closes it with its outcome."""
    told = get_object_or_404(concerns_coordinated_by(person_of(request)), pk=pk)
    form = OutcomeForm()
    by, at, vocabulary = person_of(request), clock.now(), _vocabulary(told)
    if request.method == "POST" and "take" in request.POST:
        act = partial(services.take_in_hand, told, by=by, at=at)
        carry_out(request, act, done=_("Vous avez pris la demande en main."), vocabulary=vocabulary)
        return redirect("programmes:concern", pk)
    if request.method == "POST":
        form = OutcomeForm(request.POST)
        if form.is_valid():
            outcome = form.cleaned_data["outcome"]
            close = partial(services.close_concern, told, outcome=outcome, by=by, at=at)
            carry_out(request, close, done=_("La demande est close."), vocabulary=vocabulary)
            return redirect("programmes:concern", pk)
    programme = told.programme
    back = reverse("programmes:concerns", args=[programme.organisation.slug, programme.slug])
    return show(
        request,
        "programmes/coordinator/concern.html",
        of=programme,
        place="concerns",
        status=422 if form.errors else 200,
        concern=told,
        form=form,
        may_freeze=told.pair is not None and told.pair.state in PAIR["freeze"].sources,
        excludable=[
            one
            for one in ((told.pair.mentor, told.pair.mentee) if told.pair else ())
            if one.state in ENROLMENT["exclude"].sources
        ],
        breadcrumb=[{"label": _("Demandes d'aide"), "url": back}],
    )


def _vocabulary(told: Concern) -> Vocabulary:
    return told.enrolment.cohort.vocabulary
