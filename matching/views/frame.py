"""What the pages of the matching have in common."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from matching.kept import runs_coordinated_by
from matching.models import Run
from programmes.models import Cohort
from programmes.views.coordinator import frame

PER_PAGE = 20


def show(
    request: HttpRequest, template: str, *, of: Cohort, status: int = 200, **context: Any
) -> HttpResponse:
    """A page of the matching, under the board of its cohort."""
    way_back = {"label": _("Appariement"), "url": reverse("matching:board", args=[of.pk])}
    return frame.show(
        request,
        template,
        of=of,
        place="board",
        status=status,
        **{"breadcrumb": [way_back], "uses_htmx": True} | context,
    )


def find_run(request: HttpRequest, pk: int) -> Run:
    return get_object_or_404(runs_coordinated_by(frame.person_of(request)), pk=pk)


def page_of(request: HttpRequest, rows: Any, *, called: str = "page") -> Page[Any]:
    return Paginator(rows, PER_PAGE).get_page(request.GET.get(called))
