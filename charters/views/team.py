"""The team's pages: the charter's editions, the conventions of a cohort."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from charters.drafting import charter_words
from charters.exporting import chosen
from charters.judging import judge_withdrawal
from charters.models import CharterDraft
from charters.presentation import filters_of, row_of
from charters.queries import charter_versions, current_charter
from charters.services.conventions import renew_convention
from people import clock
from programmes.navigation import vocabulary_of
from programmes.views.context import person_of
from programmes.views.coordinator.frame import (
    carry_out,
    find_cohort,
    find_pair,
    find_programme,
    other_parameters,
    page_of,
    show,
)


@login_required
def charter(request: HttpRequest, organisation: str, slug: str) -> HttpResponse:
    """Every edition of the charter, and the text of one (I11)."""
    programme = find_programme(request, organisation, slug)
    versions = list(charter_versions(programme))
    today = clock.today()
    current = current_charter(programme, today)
    asked = request.GET.get("version", "")
    shown = next((version for version in versions if str(version.number) == asked), current)
    return show(
        request,
        "charters/coordinator/charter.html",
        of=programme,
        place="charter",
        today=today,
        versions=versions,
        current=current,
        shown=shown,
        withdrawable=[one for one in versions if judge_withdrawal(one, on=today).is_clear],
        draft=CharterDraft.objects.filter(programme=programme).exists(),
        charter=charter_words(shown, vocabulary_of(programme, None)) if shown else None,
    )


@login_required
def cohort_conventions(request: HttpRequest, pk: int) -> HttpResponse:
    """The newest convention of each pair: its state, and whom it waits for."""
    cohort = find_cohort(request, pk)
    only = request.GET.get("etat", "")
    page = page_of(request, chosen(cohort, only))
    return show(
        request,
        "charters/coordinator/conventions.html",
        of=cohort,
        place="conventions",
        rows=[row_of(one) for one in page],
        page_obj=page,
        query=other_parameters(request),
        which=only,
        tabs=[
            {"label": label, "url": f"?etat={key}", "active": only == key, "badge": None}
            for key, label in filters_of(cohort)
        ],
    )


@login_required
def renew(request: HttpRequest, pk: int) -> HttpResponse:
    """Draw up a new convention; asked to confirm."""
    found = find_pair(request, pk)
    if found.cohort.rules.agreement.kind != "convention":
        raise Http404
    breaches: list[str] = []
    if request.method == "POST":
        breaches = carry_out(
            request,
            lambda: renew_convention(found, by=person_of(request), at=clock.now()),
            done=_("Un nouveau texte est ouvert ; les premiers signataires sont prévenus."),
            vocabulary=found.cohort.vocabulary,
        )
        if not breaches:
            return redirect("charters:cohort_conventions", found.cohort_id)
    return show(
        request,
        "charters/coordinator/renew.html",
        of=found.cohort,
        place="conventions",
        pair=found,
        breaches=breaches,
    )
