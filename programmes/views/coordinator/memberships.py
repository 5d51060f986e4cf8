"""Who is a member and paid up (P1 to P3)."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from people import clock
from programmes.forms.coordinator import MembershipForm, NameFilter, PaidPeriodForm
from programmes.queries.standing import standings_in
from programmes.services import memberships
from programmes.views.coordinator.decisions import trail
from programmes.views.coordinator.frame import (
    ROWS_PER_PAGE,
    carry_out,
    find_enrolment,
    find_programme,
    other_parameters,
    person_of,
    show,
)


@login_required
@require_safe
def members(request: HttpRequest, organisation: str, slug: str) -> HttpResponse:
    """Everyone who takes part or would like to, and whether their membership is what is asked."""
    programme = find_programme(request, organisation, slug)
    form = NameFilter(request.GET)
    wanted = form.cleaned_data if form.is_valid() else {}
    lines = standings_in(programme, name=wanted.get("q", ""), today=clock.today())
    if wanted.get("lapsed"):
        lines = [line for line in lines if not line.is_enough]
    return show(
        request,
        "programmes/coordinator/members.html",
        of=programme,
        place="members",
        form=form,
        page=Paginator(lines, ROWS_PER_PAGE).get_page(request.GET.get("page")),
        query=other_parameters(request),
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def membership(request: HttpRequest, pk: int) -> HttpResponse:
    """Someone's membership of the association; POST records it, or a period paid."""
    enrolment = find_enrolment(request, pk)
    known = memberships.membership_of(enrolment)
    paid = "starts_on" in request.POST
    form = MembershipForm(request.POST if request.POST and not paid else None, instance=known)
    period = PaidPeriodForm(request.POST if paid else None)
    act: Callable[[], object] | None = None
    by, at = person_of(request), clock.now()
    if paid and period.is_valid():
        act = partial(
            memberships.record_paid_period, enrolment, **period.cleaned_data, by=by, at=at
        )
    elif request.method == "POST" and not paid and form.is_valid():
        act = partial(memberships.record_membership, enrolment, **form.cleaned_data, by=by, at=at)
    if act is not None:
        vocabulary = enrolment.cohort.vocabulary
        carry_out(request, act, done=_("L'adhésion est à jour."), vocabulary=vocabulary)
        return redirect("programmes:membership", pk)
    return show(
        request,
        "programmes/coordinator/membership.html",
        of=enrolment.cohort,
        place="enrolments",
        status=422 if form.errors or period.errors else 200,
        enrolment=enrolment,
        form=form,
        period=period,
        periods=known.paid_periods.order_by("-starts_on") if known else (),
        breadcrumb=trail(enrolment, with_person=True),
    )
