"""The pages of a guardian, who has a personal link and no account."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.views.decorators.cache import never_cache

from charters.links import party_of
from charters.views import signing
from charters.views.visit import Visit
from programmes.views.context import of_cohort


@never_cache
def convention(request: HttpRequest, token: str) -> HttpResponse:
    """Read the convention, and the form to sign it for the mentee one represents."""
    return signing.show(_visit(request, token))


@never_cache
def page(request: HttpRequest, token: str, number: int) -> HttpResponse:
    """A page of the document, as a picture."""
    return signing.show_page(_visit(request, token), number)


@never_cache
def send_code(request: HttpRequest, token: str) -> HttpResponse:
    """Ask for the code to sign with."""
    return signing.send_code(_visit(request, token))


@never_cache
def sign(request: HttpRequest, token: str) -> HttpResponse:
    """Sign for the mentee one represents."""
    return signing.sign(_visit(request, token))


@never_cache
def refuse(request: HttpRequest, token: str) -> HttpResponse:
    """Say no, politely."""
    return signing.refuse(_visit(request, token))


@never_cache
def pdf(request: HttpRequest, token: str) -> HttpResponseBase:
    """The convention as a file."""
    return signing.download(_visit(request, token))


def _visit(request: HttpRequest, token: str) -> Visit:
    party = party_of(token)
    if party is None:
        raise Http404
    frame = of_cohort(party.convention.pair.cohort) | {"base": "base_participant.html"}
    return Visit(request, party.convention, party, by=None, frame=frame, token=token)
