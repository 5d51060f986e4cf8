"""What every page of the team has in common: how it fetches, how it is framed, how it acts."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar, cast
from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _

from people.models import Person
from programmes.lifecycle import ImpossibleTransition
from programmes.models import Cohort, Enrolment, Pair, Programme
from programmes.navigation import team_context
from programmes.permissions import role_in
from programmes.queries.visibility import (
    cohorts_coordinated_by,
    enrolments_coordinated_by,
    pairs_coordinated_by,
    programmes_coordinated_by,
)
from programmes.sentences import Refused, tell_all
from programmes.vocabulary import Vocabulary
from programmes.words import fill

ROWS_PER_PAGE = 25

M = TypeVar("M", bound=Model)


def person_of(request: HttpRequest) -> Person:
    """Who is logged in; views are behind `login_required`."""
    return cast(Person, request.user)


def find_programme(request: HttpRequest, organisation: str, slug: str) -> Programme:
    return get_object_or_404(
        programmes_coordinated_by(person_of(request)), organisation__slug=organisation, slug=slug
    )


def find_cohort(request: HttpRequest, pk: int) -> Cohort:
    return get_object_or_404(cohorts_coordinated_by(person_of(request)), pk=pk)


def find_enrolment(request: HttpRequest, pk: int) -> Enrolment:
    """Someone's enrolment; one's own can be read here, and is decided on by others of the team."""
    found = get_object_or_404(enrolments_coordinated_by(person_of(request)), pk=pk)
    if request.method == "POST" and found.person_id == person_of(request).pk:
        raise Http404
    return found


def find_pair(request: HttpRequest, pk: int) -> Pair:
    """A pair that others form: whoever is one of the two does not run it nor read the other's answers."""
    found = get_object_or_404(pairs_coordinated_by(person_of(request)), pk=pk)
    if role_in(person_of(request), found) is not None:
        raise Http404
    return found


def show(
    request: HttpRequest,
    template: str,
    *,
    of: Programme | Cohort,
    place: str,
    status: int = 200,
    **context: Any,
) -> HttpResponse:
    """A page of the workspace of a programme, or of one of its cohorts."""
    cohort = of if isinstance(of, Cohort) else None
    programme = of.programme if isinstance(of, Cohort) else of
    frame = team_context(programme, cohort, place, person=person_of(request))
    return render(request, template, frame | context, status=status)


def page_of(request: HttpRequest, rows: QuerySet[M]) -> Page[M]:
    """The page asked for; the last one where there are not so many."""
    return Paginator(rows, ROWS_PER_PAGE).get_page(request.GET.get("page"))


def other_parameters(request: HttpRequest) -> str:
    """The filters of the address without the page number, for links to other pages."""
    return urlencode([(key, value) for key, value in request.GET.items() if key != "page"])


def carry_out(
    request: HttpRequest,
    act: Callable[[], object],
    *,
    done: str,
    vocabulary: Vocabulary,
    to: str | None = None,
) -> list[str]:
    """Do it and say so; what comes back stands against it, one sentence for each breach."""
    try:
        act()
    except Refused as refusal:
        return tell_all(refusal.verdict.breaches, vocabulary, to=to)
    except ImpossibleTransition:
        messages.warning(
            request,
            _("Cette étape a déjà été faite, ou n'est plus possible ; voici où l'on en est."),
        )
        return []
    messages.success(request, fill(done, vocabulary, to=to))
    return []
