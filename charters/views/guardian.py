"""The pages of a guardian, who has a personal link and no account."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from charters.enums import IdentifiedBy
from charters.files import keep_file, serve_file
from charters.forms import RefusalForm, SignatureForm
from charters.links import party_of
from charters.models import ConventionParty
from charters.presentation import page_context
from charters.queries import signature_of
from charters.services import conventions
from charters.views.posted import posted
from people import clock
from programmes.views.context import of_cohort
from programmes.views.coordinator.frame import carry_out


def sign(request: HttpRequest, token: str) -> HttpResponse:
    """Read the convention and sign it for the mentee one represents."""
    party = _find(token)
    found = party.convention
    form = SignatureForm.of(party, posted(request))
    breaches: list[str] = []
    if request.method == "POST":
        breaches = carry_out(
            request,
            lambda: conventions.sign_convention(
                found,
                party=party,
                by=None,
                has_ticked=form.has_ticked,
                at=clock.now(),
                identified_by=IdentifiedBy.LINK,
            ),
            done=_("Votre signature est enregistrée, merci."),
            vocabulary=found.pair.cohort.vocabulary,
        )
        if not breaches:
            keep_file(found)
            return redirect("charters:guardian", token)
    context = of_cohort(found.pair.cohort) | page_context(
        found, party, form=form, breaches=breaches
    )
    context |= {"token": token, "base": "base_participant.html"}
    return render(request, "charters/participant/convention.html", context)


def refuse(request: HttpRequest, token: str) -> HttpResponse:
    """Say no, politely; asked to confirm."""
    party = _find(token)
    found = party.convention
    if not found.is_awaited or signature_of(party) is not None:
        raise Http404
    form = RefusalForm(posted(request))
    breaches: list[str] = []
    if request.method == "POST" and form.is_valid():
        breaches = carry_out(
            request,
            lambda: conventions.refuse_convention(
                found, party=party, by=None, reason=form.chosen, at=clock.now()
            ),
            done=_("Votre réponse est enregistrée ; l'équipe la voit."),
            vocabulary=found.pair.cohort.vocabulary,
        )
        if not breaches:
            return redirect("charters:guardian", token)
    context = of_cohort(found.pair.cohort) | {
        "form": form,
        "breaches": breaches,
        "convention": found,
        "token": token,
        "base": "base_participant.html",
    }
    return render(request, "charters/participant/refuse.html", context)


def pdf(request: HttpRequest, token: str) -> HttpResponseBase:
    """The convention as a file."""
    back = reverse("charters:guardian", args=[token])
    return serve_file(request, _find(token).convention, back=back)


def _find(token: str) -> ConventionParty:
    party = party_of(token)
    if party is None:
        raise Http404
    return party
