"""Inviting people by e-mail, several at once."""

from __future__ import annotations

from functools import partial

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from people import clock
from programmes.forms.coordinator import InviteForm
from programmes.models import Invitation
from programmes.policy.terms import Role
from programmes.services.invitations import invite_all
from programmes.views.coordinator.frame import (
    carry_out,
    find_cohort,
    other_parameters,
    page_of,
    person_of,
    show,
)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def invite(request: HttpRequest, pk: int) -> HttpResponse:
    """Invite addresses, one a line: all of them, or none as long as a line is wrong."""
    cohort = find_cohort(request, pk)
    form = InviteForm(request.POST or None, cohort=cohort)
    if request.method == "POST" and form.is_valid():
        addresses = form.cleaned_data["addresses"]
        done = ngettext("%(n)s invitation envoyée.", "%(n)s invitations envoyées.", len(addresses))
        act = partial(
            invite_all,
            cohort,
            emails=addresses,
            role=Role(form.cleaned_data["role"]),
            by=person_of(request),
            at=clock.now(),
        )
        carry_out(request, act, done=done % {"n": len(addresses)}, vocabulary=cohort.vocabulary)
        return redirect("programmes:invite", pk)
    invitations = Invitation.objects.filter(cohort=cohort).select_related("invited_by", "enrolment")
    return show(
        request,
        "programmes/coordinator/invite.html",
        of=cohort,
        place="invite",
        status=422 if form.errors else 200,
        form=form,
        page=page_of(request, invitations.order_by("-invited_at", "-pk")),
        query=other_parameters(request),
        now=clock.now(),
    )
