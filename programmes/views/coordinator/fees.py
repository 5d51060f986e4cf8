"""The programme's fee (P19): settled, waived, and its receipt."""

from __future__ import annotations

from functools import partial

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from people import clock
from programmes.enums import FeeState
from programmes.forms.coordinator import ReasonForm, SettleFeeForm
from programmes.models import Enrolment, FeeAccount
from programmes.queries.standing import fee_of
from programmes.services import fees
from programmes.views.coordinator.decisions import enrolment_page, trail
from programmes.views.coordinator.frame import carry_out, find_enrolment, person_of, show


@login_required
@require_POST
def settle(request: HttpRequest, pk: int) -> HttpResponse:
    """Record that the fee was paid; this makes the receipt."""
    enrolment = find_enrolment(request, pk)
    account = _account(enrolment)
    form = SettleFeeForm(request.POST, today=clock.today())
    if not form.is_valid():
        return enrolment_page(request, enrolment, status=422, settle=form)
    act = partial(
        fees.settle_fee,
        account,
        on=form.cleaned_data["settled_on"],
        by=person_of(request),
        at=clock.now(),
    )
    done = _("Frais réglés ; le reçu peut être imprimé.")
    carry_out(request, act, done=done, vocabulary=enrolment.cohort.vocabulary)
    return redirect("programmes:decide", pk)


@login_required
@require_POST
def waive(request: HttpRequest, pk: int) -> HttpResponse:
    """Let someone off the fee, with a reason."""
    enrolment = find_enrolment(request, pk)
    account = _account(enrolment)
    form = ReasonForm(request.POST, label=_("Raison de la remise"))
    if not form.is_valid():
        return enrolment_page(request, enrolment, status=422, waive=form)
    act = partial(
        fees.waive_fee,
        account,
        reason=form.cleaned_data["reason"],
        by=person_of(request),
        at=clock.now(),
    )
    carry_out(request, act, done=_("Frais remis."), vocabulary=enrolment.cohort.vocabulary)
    return redirect("programmes:decide", pk)


@login_required
@require_safe
def receipt(request: HttpRequest, pk: int) -> HttpResponse:
    """The receipt of a settled fee, to print."""
    enrolment = find_enrolment(request, pk)
    account = _account(enrolment)
    if account.state != FeeState.SETTLED:
        raise Http404
    return show(
        request,
        "programmes/coordinator/receipt.html",
        of=enrolment.cohort,
        place="enrolments",
        enrolment=enrolment,
        account=account,
        breadcrumb=trail(enrolment, with_person=True),
    )


def _account(enrolment: Enrolment) -> FeeAccount:
    account = fee_of(enrolment)
    if account is None:
        raise Http404
    return account
