"""The enrolments of a cohort, as a list."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from programmes.enums import EnrolmentState
from programmes.forms.coordinator import (
    EnrolmentFilter,
)
from programmes.models import Cohort
from programmes.queries import desk
from programmes.queries.names import by_name
from programmes.queries.visibility import enrolments_coordinated_by
from programmes.views.coordinator.frame import (
    find_cohort,
    other_parameters,
    page_of,
    person_of,
    show,
)


@login_required
@require_safe
def cohort_enrolments(request: HttpRequest, pk: int) -> HttpResponse:
    """Who would like to take part in a cohort, filtered by role, state and name."""
    cohort = find_cohort(request, pk)
    form = EnrolmentFilter(request.GET, vocabulary=cohort.vocabulary)
    wanted = form.cleaned_data if form.is_valid() else {}
    enrolments = desk.enrolments_matching(
        enrolments_coordinated_by(person_of(request)).filter(cohort=cohort),
        role=wanted.get("role", ""),
        state=wanted.get("state", ""),
        name=wanted.get("q", ""),
    ).select_related("fee_account")
    waiting = wanted.get("state") == EnrolmentState.WAITLISTED
    ordered = desk.longest_waiting_first(enrolments) if waiting else enrolments.order_by(*by_name())
    return show(
        request,
        "programmes/coordinator/enrolments.html",
        of=cohort,
        place="enrolments",
        form=form,
        page=page_of(request, ordered),
        waiting=waiting,
        query=other_parameters(request),
        tabs=_tabs(request, cohort, wanted),
    )


def _tabs(request: HttpRequest, cohort: Cohort, wanted: dict[str, Any]) -> list[dict[str, Any]]:
    """One tab for each state that occurs, with its number in the role chosen."""
    role = wanted.get("role", "")
    counts: dict[str, int] = {}
    for (its_role, state), number in desk.enrolments_by_state(cohort).items():
        if not role or its_role == role:
            counts[state] = counts.get(state, 0) + number
    address = reverse("programmes:cohort_enrolments", args=[cohort.pk])
    chosen = wanted.get("state", "")
    tabs = [("", str(_("Toutes")), sum(counts.values()))]
    tabs += [
        (state.value, state.label.capitalize(), counts.get(state, 0))
        for state in EnrolmentState
        if state in counts or state == chosen
    ]
    return [
        {
            "label": label,
            "url": f"{address}?{_with(request, state=state)}",
            "active": state == chosen,
            "badge": number,
        }
        for state, label, number in tabs
    ]


def _with(request: HttpRequest, **changes: str) -> str:
    """The present filters with these changes, as the end of an address."""
    parameters = request.GET.copy()
    parameters.pop("page", None)
    for key, value in changes.items():
        parameters[key] = value
        if not value:
            del parameters[key]
    return parameters.urlencode()
