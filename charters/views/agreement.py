"""The convention of a pair, as each of those who sign it sees it."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from charters.files import keep_file, serve_file
from charters.forms import GuardianForm, RefusalForm, SignatureForm
from charters.identification import identification_of
from charters.models import Convention, ConventionParty
from charters.presentation import page_context
from charters.queries import (
    guardian_of,
    latest_convention,
    party_of_person,
    signature_of,
    visible_conventions,
)
from charters.services import conventions
from charters.views.posted import posted
from people import clock
from programmes.navigation import team_context
from programmes.permissions import may_coordinate, role_in
from programmes.views.context import of_cohort, person_of
from programmes.views.coordinator.frame import carry_out


@login_required
def convention(request: HttpRequest, pk: int) -> HttpResponse:
    """What is agreed, who has signed, who is awaited; the form to sign, for whom it is the turn."""
    return _page(request, _find(request, pk))


@login_required
def sign(request: HttpRequest, pk: int) -> HttpResponse:
    """Sign for oneself."""
    found = _find(request, pk)
    party = _own_party(request, found)
    if request.method != "POST":
        return redirect("charters:convention", pk)
    form = SignatureForm.of(party, request.POST)
    breaches = carry_out(
        request,
        lambda: conventions.sign_convention(
            found,
            party=party,
            by=person_of(request),
            has_ticked=form.has_ticked,
            at=clock.now(),
            identified_by=identification_of(request),
        ),
        done=_("Votre signature est enregistrée, merci."),
        vocabulary=found.pair.cohort.vocabulary,
    )
    if breaches:
        return _page(request, found, form=form, breaches=breaches)
    keep_file(found)
    return redirect("charters:convention", pk)


@login_required
def refuse(request: HttpRequest, pk: int) -> HttpResponse:
    """Say no, politely; asked to confirm."""
    found = _find(request, pk)
    party = _own_party(request, found)
    if not found.is_awaited or signature_of(party) is not None:
        raise Http404
    form = RefusalForm(posted(request))
    breaches: list[str] = []
    if request.method == "POST" and form.is_valid():
        breaches = carry_out(
            request,
            lambda: conventions.refuse_convention(
                found, party=party, by=person_of(request), reason=form.chosen, at=clock.now()
            ),
            done=_("Votre réponse est enregistrée ; l'équipe la voit."),
            vocabulary=found.pair.cohort.vocabulary,
        )
        if not breaches:
            return redirect("charters:convention", pk)
    context = _frame(request, found) | {"form": form, "breaches": breaches, "convention": found}
    return render(request, "charters/participant/refuse.html", context)


@login_required
def name_guardian(request: HttpRequest, pk: int) -> HttpResponse:
    """The mentee under age says who represents them."""
    found = _find(request, pk)
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
                found, **form.cleaned_data, by=person_of(request), at=clock.now()
            ),
            done=_("C'est noté : le lien pour signer part à cette adresse le moment venu."),
            vocabulary=found.pair.cohort.vocabulary,
        )
        if not breaches:
            return redirect("charters:convention", pk)
    context = _frame(request, found) | {"form": form, "breaches": breaches, "convention": found}
    return render(request, "charters/participant/guardian.html", context)


@login_required
def pdf(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The convention as a file: the stored one once signed, a draft before."""
    back = reverse("charters:convention", args=[pk])
    return serve_file(request, _find(request, pk), back=back)


def _find(request: HttpRequest, pair_id: int) -> Convention:
    found = latest_convention(visible_conventions(person_of(request)), pair_id)
    if found is None:
        raise Http404
    return found


def _own_party(request: HttpRequest, found: Convention) -> ConventionParty:
    party = party_of_person(found, person_of(request))
    if party is None:
        raise Http404
    return party


def _page(
    request: HttpRequest,
    found: Convention,
    *,
    form: SignatureForm | None = None,
    breaches: list[str] | None = None,
) -> HttpResponse:
    party = party_of_person(found, person_of(request))
    context = _frame(request, found) | page_context(found, party, form=form, breaches=breaches)
    return render(request, "charters/participant/convention.html", context)


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
