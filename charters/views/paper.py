"""For those who sign by hand: the document to print, and the scan that the team puts here."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from charters.forms import ScanForm
from charters.identification import circumstances_of
from charters.presentation import unsigned_names
from charters.queries import conventions_of_cohort, latest_convention
from charters.services.paper import record_scan
from charters.views.posted import posted
from people import clock
from programmes.views.context import person_of
from programmes.views.coordinator.frame import carry_out, find_pair, show


@login_required
def record(request: HttpRequest, pk: int) -> HttpResponse:
    """Put the copy that was signed by hand; what is signed online already stays."""
    pair = find_pair(request, pk)
    found = latest_convention(conventions_of_cohort(pair.cohort), pair.pk)
    if found is None or not found.is_awaited:
        raise Http404
    form = ScanForm(posted(request), request.FILES or None)
    breaches: list[str] = []
    if form.is_valid():
        breaches = carry_out(
            request,
            lambda: record_scan(
                found,
                form.scan,
                by=person_of(request),
                at=clock.now(),
                circumstances=circumstances_of(request),
            ),
            done=_("L'exemplaire papier est enregistré."),
            vocabulary=pair.cohort.vocabulary,
        )
        if not breaches:
            return redirect("charters:convention", pk)
    return show(
        request,
        "charters/coordinator/paper.html",
        of=pair.cohort,
        place="conventions",
        pair=pair,
        convention=found,
        unsigned=unsigned_names(found),
        form=form,
        breaches=breaches,
    )
