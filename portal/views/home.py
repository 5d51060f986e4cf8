"""The home of visitors."""

from __future__ import annotations

from datetime import date
from itertools import groupby
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from people import clock
from people.dates import date_format
from programmes.queries import visibility
from programmes.queries.openings import Opening, openings_of


@never_cache
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The programmes of each association, apart from each other; those who are known go to their space."""
    if request.user.is_authenticated:
        return redirect("portal:space")
    programmes = list(visibility.public_programmes())
    openings = openings_of(programmes, today=clock.today())
    organisations = [
        {
            "name": organisation.name,
            "website": organisation.website,
            "programmes": [{"programme": one, **_state(openings[one.pk])} for one in theirs],
        }
        for organisation, theirs in groupby(programmes, key=lambda one: one.organisation)
    ]
    return render(request, "portal/home.html", {"organisations": organisations})


def _state(opening: Opening) -> dict[str, Any]:
    cohort = opening.cohort
    if cohort is None:
        return {"state_label": _("Candidatures closes pour le moment"), "state_tone": "neutral"}
    if not opening.is_open:
        label = _("Candidatures à partir du %(date)s") % {"date": _day(cohort.opens_on)}
        return {"state_label": label, "state_tone": "info"}
    label = _("Candidatures ouvertes")
    if cohort.enrolment_ends_on:
        label = _("Candidatures ouvertes jusqu'au %(date)s") % {
            "date": _day(cohort.enrolment_ends_on)
        }
    return {"state_label": label, "state_tone": "success"}


def _day(day: date) -> str:
    return date_format(day, "j F Y")
