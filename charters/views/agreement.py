"""The convention of a pair, as each of those who have an account sees it."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from charters.forms import GuardianForm
from charters.models import Convention
from charters.queries import (
    guardian_of,
    latest_convention,
    party_of_person,
    signature_of,
    visible_conventions,
)
from charters.services import conventions
from charters.views import signing
from charters.views.posted import posted
from charters.views.visit import Visit
from people import clock
from programmes.navigation import team_context
from programmes.permissions import may_coordinate, role_in
from programmes.views.context import of_cohort, person_of
from programmes.views.coordinator.frame import carry_out


@login_required
def convention(request: HttpRequest, pk: int) -> HttpResponse:
    """What is agreed, who has signed, who is awaited; the form to sign, for whom it is the turn."""
    return signing.show(_visit(request, pk))


@login_required
def page(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """A page of the document, as a picture."""
    return signing.show_page(_visit(request, pk), number)


@login_required
def send_code(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask for the code to sign with."""
    return signing.send_code(_visit(request, pk))


@login_required
def sign(request: HttpRequest, pk: int) -> HttpResponse:
    """Sign for oneself."""
    return signing.sign(_visit(request, pk))


@login_required
def refuse(request: HttpRequest, pk: int) -> HttpResponse:
    """Say no, politely."""
    return signing.refuse(_visit(request, pk))


@login_required
def pdf(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The convention as a file."""
    return signing.download(_visit(request, pk))


@login_required
def name_guardian(request: HttpRequest, pk: int) -> HttpResponse:
    """The mentee under age says who represents them."""
    visit = _visit(request, pk)
    found = visit.convention
    guardian = guardian_of(found)
    is_theirs = found.pair.mentee.person_id == person_of(request).pk
    if guardian is None or signature_of(guardian) or not found.is_awaited or not is_theirs:
        raise Http404
    known = {"name": guardian.name, "email": guardian.email}
    form = GuardianForm(posted(request), initial=known)
    breaches: list[str] = []
    if request.method == "POST" and form.is_valid():
        breaches = carry_out(
            request,
            lambda: conventions.name_guardian(
                found,
                **form.cleaned_data,
                by=person_of(request),
                at=clock.now(),
                circumstances=visit.circumstances,
            ),
            done=_("C'est noté : le lien pour signer part à cette adresse le moment venu."),
            vocabulary=found.pair.cohort.vocabulary,
            to=visit.addressee,
        )
        if not breaches:
            return redirect("charters:convention", pk)
    context = {"form": form, "breaches": breaches, "convention": found}
    return render(request, "charters/participant/guardian.html", {**visit.frame, **context})


def _visit(request: HttpRequest, pair_id: int) -> Visit:
    person = person_of(request)
    found = latest_convention(visible_conventions(person), pair_id)
    if found is None:
        raise Http404
    party = party_of_person(found, person)
    return Visit(request, found, party, by=person, frame=_frame(request, found))


def _frame(request: HttpRequest, found: Convention) -> dict[str, Any]:
    """The workspace for the team, the portal for the two and for another signatory."""
    pair, person = found.pair, person_of(request)
    role = role_in(person, pair)
    if role is None and may_coordinate(person, pair.cohort.programme):
        frame = team_context(pair.cohort.programme, pair.cohort, "conventions", person=person)
        return frame | {"base": "base_coordinator.html"}
    return of_cohort(pair.cohort, role=role or "") | {
        "base": "base_participant.html",
        "is_one_of_the_two": role is not None,
    }
