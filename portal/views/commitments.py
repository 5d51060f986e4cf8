"""« Nos engagements », for the two and for the team."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from charters.queries import charter_of
from people import clock
from portal.commitments import Chapter, asked_now, chapters_of
from portal.facts import shown_pairs
from programmes.models import Enrolment, Pair
from programmes.permissions import role_in
from programmes.policy.terms import Role
from programmes.views.context import of_cohort, person_of
from programmes.views.coordinator.frame import find_pair, show
from programmes.words import fill
from reporting.queries.commitments import commitment_facts


@never_cache
@login_required
@require_safe
def ours(request: HttpRequest, pk: int) -> HttpResponse:
    """A pair's commitments as one of the two reads them: the edition this person accepted."""
    person = person_of(request)
    pair = get_object_or_404(shown_pairs(person), pk=pk)
    role = role_in(person, pair)
    mine = pair.mentor if role is Role.MENTOR else pair.mentee
    chapters = _chapters(pair, mine, role)
    vocabulary = pair.cohort.vocabulary
    context = {
        **of_cohort(pair.cohort, role=mine.role),
        "pair": pair,
        "chapters": chapters,
        "asked": asked_now(chapters),
        "other": pair.mentee if role is Role.MENTOR else pair.mentor,
        "breadcrumb": [
            {
                "label": fill("{Mon binôme}", vocabulary),
                "url": reverse("portal:pair", args=[pair.pk]),
            }
        ],
    }
    return render(request, "portal/commitments.html", context)


@never_cache
@login_required
@require_safe
def theirs(request: HttpRequest, pk: int) -> HttpResponse:
    """The same for the team: states, dates and numbers."""
    pair = find_pair(request, pk)
    return show(
        request,
        "portal/team_commitments.html",
        of=pair.cohort,
        place="pairs",
        pair=pair,
        chapters=_chapters(pair, pair.mentee, None),
        breadcrumb=[
            {"label": str(pair), "url": reverse("programmes:team_pair", args=[pair.pk])},
        ],
    )


def _chapters(pair: Pair, enrolment: Enrolment, role: Role | None) -> list[Chapter]:
    today = clock.today()
    charter = charter_of(pair, enrolment, today)
    if charter is None:
        return []
    return chapters_of(charter.text, commitment_facts(pair, today=today), pair, role=role)
