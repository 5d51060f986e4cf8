"""The pages of a guardian, who has a personal link and no account.

The link of the mail is exchanged at once for a session: what stands in the logs and histories of
all that follows is an address that opens nothing by itself.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache

from charters.links import party_of
from charters.views import signing
from charters.views.visit import Visit
from programmes.views.context import of_cohort

_LINKS = "guardian_links"  # in the session: those opened, by the party that each one names


@never_cache
def enter(request: HttpRequest, token: str) -> HttpResponse:
    """Open the link of a mail."""
    party = party_of(token)
    if party is None:
        return _closed(request)
    request.session[_LINKS] = request.session.get(_LINKS, {}) | {str(party.pk): token}
    return redirect("charters:guardian_convention", party.pk)


def _by_link(show: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """A page for whoever has opened the link of this party, as long as the link holds."""

    @never_cache
    @wraps(show)
    def view(request: HttpRequest, pk: int, **rest: int) -> HttpResponseBase:
        party = party_of(request.session.get(_LINKS, {}).get(str(pk), ""))
        if party is None:
            return _closed(request)
        cohort = party.convention.pair.cohort
        frame = of_cohort(cohort, role=party.kind) | {"base": "base_participant.html"}
        visit = Visit(request, party.convention, party, by=None, frame=frame, by_link=True)
        return show(visit, **rest)

    return view


def _closed(request: HttpRequest) -> HttpResponse:
    return render(request, "charters/participant/closed_link.html", status=404)


convention = _by_link(signing.show)
page = _by_link(signing.show_page)
send_code = _by_link(signing.send_code)
sign = _by_link(signing.sign)
refuse = _by_link(signing.refuse)
pdf = _by_link(signing.download)
