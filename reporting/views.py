from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from people import clock
from programmes.models import Cohort
from programmes.navigation import cohorts_of, vocabulary_of
from programmes.views.coordinator.frame import (
    ROWS_PER_PAGE,
    find_programme,
    other_parameters,
    person_of,
    show,
)
from reporting.matter_kinds import KINDS
from reporting.queries.matters import matters_of, tell_matter, waiting_in
from reporting.queries.numbers import next_dates, numbers_of


@login_required
def dashboard(request: HttpRequest, organisation: str, slug: str) -> HttpResponse:
    """A programme at a glance: what waits for the team, numbers, next dates."""
    programme = find_programme(request, organisation, slug)
    today = clock.today()
    cohorts = cohorts_of(programme)
    return show(
        request,
        "reporting/dashboard.html",
        of=programme,
        place="dashboard",
        today=today,
        matters=matters_of(programme, cohorts, person=person_of(request), today=today),
        numbers=[numbers_of(cohort, now=clock.now()) for cohort in cohorts],
        dates=next_dates(cohorts, today=today),
    )


@login_required
@require_safe
def matter(request: HttpRequest, organisation: str, slug: str, kind: str) -> HttpResponse:
    """Everything of one kind that waits for the team: exactly what the dashboard counted."""
    programme = find_programme(request, organisation, slug)
    if kind not in KINDS:
        raise Http404
    asked = request.GET.get("campagne", "")
    cohorts = cohorts_of(programme)
    cohort = next((one for one in cohorts if str(one.pk) == asked), None)
    waiting = [
        one
        for one in waiting_in(programme, cohorts, person=person_of(request), today=clock.today())
        if one.kind == kind and (cohort is None or one.cohort_id == cohort.pk)
    ]
    return show(
        request,
        "reporting/matter.html",
        of=cohort or programme,
        place="dashboard",
        sentence=tell_matter(kind, len(waiting), vocabulary_of(programme, cohort)),
        dated=KINDS[kind].since,
        action=_action(kind, cohort),
        page_obj=Paginator(waiting, ROWS_PER_PAGE).get_page(request.GET.get("page")),
        query=other_parameters(request),
        breadcrumb=[
            {
                "label": _("Tableau de bord"),
                "url": reverse("reporting:dashboard", args=[organisation, slug]),
            }
        ],
    )


def _action(kind: str, cohort: Cohort | None) -> dict[str, str]:
    """The page of a cohort where something can be done about all of them."""
    leads_to = KINDS[kind].leads_to
    if leads_to is None or cohort is None:
        return {}
    page, label = leads_to
    return {"url": reverse(page, args=[cohort.pk]), "label": label}
