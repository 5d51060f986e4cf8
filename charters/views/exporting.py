"""The conventions of a cohort as one file, made while the team watches or does something else."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.text import slugify

from charters import exporting
from notifications import jobs
from notifications.models import Job
from programmes.models import Cohort
from programmes.views.context import person_of
from programmes.views.coordinator.frame import find_cohort, show


@login_required
def start(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask for the file, with the filter of the list."""
    cohort = find_cohort(request, pk)
    if request.method != "POST":
        return redirect("charters:cohort_conventions", pk)
    payload: dict[str, int | str] = {
        "cohort": cohort.pk,
        "which": request.POST.get("etat", "")[:30],
    }
    job = jobs.start(exporting.KIND, by=person_of(request), payload=payload)
    return redirect("charters:export", pk, job.pk)


@login_required
def progress(request: HttpRequest, pk: int, job: int) -> HttpResponse:
    """How far it is; the page asks again by itself until it is done."""
    cohort = find_cohort(request, pk)
    context: dict[str, Any] = {"job": _find(request, cohort, job), "cohort": cohort}
    if request.headers.get("HX-Request"):
        return render(request, "charters/coordinator/_export.html", context)
    del context["cohort"]
    return show(
        request,
        "charters/coordinator/export.html",
        of=cohort,
        place="conventions",
        uses_htmx=True,
        **context,
    )


@login_required
def download(request: HttpRequest, pk: int, job: int) -> HttpResponseBase:
    """The file, for whoever asked for it and still runs the programme."""
    cohort = find_cohort(request, pk)
    found = _find(request, cohort, job)
    if not found.file:
        raise Http404
    name = slugify(f"conventions {cohort}".replace("'", " "))
    return FileResponse(found.file.open("rb"), as_attachment=True, filename=f"{name}.zip")


def _find(request: HttpRequest, cohort: Cohort, pk: int) -> Job:
    return get_object_or_404(
        Job,
        pk=pk,
        kind=exporting.KIND,
        requested_by=person_of(request),
        payload__cohort=cohort.pk,
    )
