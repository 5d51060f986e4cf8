from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse

from people import clock
from programmes.navigation import cohorts_of
from programmes.views.coordinator.frame import find_programme, person_of, show
from reporting.queries.matters import matters_of
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
