"""Putting two people together by hand."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from people import clock
from programmes.enums import PairState
from programmes.forms.coordinator import DerogationForm
from programmes.models import Cohort
from programmes.policy.terms import Role
from programmes.queries.pool import derogations_of_pair
from programmes.queries.prospects import Prospect, prospect_of
from programmes.queries.visibility import pairs_coordinated_by
from programmes.sentences import tell_all, tell_breach
from programmes.services.enrolments import grant_derogation
from programmes.services.pairs import draft_pair
from programmes.views.coordinator.frame import carry_out, find_cohort, person_of, show
from programmes.views.coordinator.two_people import Chosen, chosen_from, sides_of
from programmes.words import fill


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def draft(request: HttpRequest, pk: int) -> HttpResponse:
    """Choose two people and see what the rules say; POST grants a derogation, or makes the pair."""
    cohort = find_cohort(request, pk)
    posted = request.method == "POST"
    chosen = chosen_from(request.POST if posted else request.GET, cohort)
    mentor, mentee = chosen[Role.MENTOR], chosen[Role.MENTEE]
    if mentor is None or mentee is None:
        return _page(request, cohort, chosen, status=422 if posted else 200)
    prospect = prospect_of(mentor, mentee, by=person_of(request), today=clock.today())
    if not posted:
        return _page(request, cohort, chosen, prospect)
    if "breach" in request.POST:
        return _derogate(request, cohort, chosen, prospect)
    act = partial(draft_pair, mentor, mentee, by=person_of(request), at=clock.now())
    done = fill(_("{Le binôme} est à l'étude ; proposez-le quand vous voulez."), cohort.vocabulary)
    if carry_out(request, act, done=done, vocabulary=cohort.vocabulary):
        return _page(request, cohort, chosen, prospect, status=422)
    # Its own page, where it can be proposed at once.
    made = pairs_coordinated_by(person_of(request)).filter(
        mentor=mentor, mentee=mentee, state=PairState.DRAFTED
    )
    return redirect("programmes:team_pair", made.latest("pk").pk)


def _derogate(
    request: HttpRequest, cohort: Cohort, chosen: Chosen, prospect: Prospect
) -> HttpResponse:
    given = DerogationForm(request.POST, breach=request.POST["breach"])
    if not given.is_valid():
        return _page(request, cohort, chosen, prospect, refused=given, status=422)
    breach = given.cleaned_data["breach"]
    if any(one.code == breach and one.derogable for one in prospect.verdict.breaches):
        carry_out(
            request,
            partial(
                grant_derogation,
                prospect.mentee,
                other=prospect.mentor,
                breach=breach,
                reason=given.cleaned_data["reason"],
                by=person_of(request),
                at=clock.now(),
            ),
            done=str(_("Dérogation accordée pour ces deux personnes, et gardée au dossier.")),
            vocabulary=cohort.vocabulary,
        )
    address = reverse("programmes:draft_pair", args=[cohort.pk])
    return redirect(f"{address}?mentor={prospect.mentor.pk}&mentee={prospect.mentee.pk}")


def _page(
    request: HttpRequest,
    cohort: Cohort,
    chosen: Chosen,
    prospect: Prospect | None = None,
    *,
    refused: DerogationForm | None = None,
    status: int = 200,
) -> HttpResponse:
    told: dict[str, Any] = {}
    if prospect is not None:
        vocabulary = cohort.vocabulary
        told = {
            "prospect": prospect,
            "breaches": [
                {
                    "sentence": tell_breach(breach, vocabulary),
                    "form": _form(breach.code, refused) if breach.derogable else None,
                }
                for breach in prospect.verdict.breaches
            ],
            "advisories": tell_all(prospect.verdict.advisories, vocabulary),
            "merits": [
                (fill(merit.label, vocabulary), round(100 * merit.closeness))
                for merit in prospect.merits
            ],
            "derogations": derogations_of_pair(prospect.mentor, prospect.mentee),
        }
    label = f"{cohort.name} – " + fill(_("{binômes}"), cohort.vocabulary)
    return show(
        request,
        "programmes/coordinator/draft_pair.html",
        of=cohort,
        place="pairs",
        status=status,
        uses_htmx=True,
        sides=sides_of(request.GET, cohort, chosen, by=person_of(request)),
        breadcrumb=[{"label": label, "url": reverse("programmes:cohort_pairs", args=[cohort.pk])}],
        **told,
    )


def _form(code: str, refused: DerogationForm | None) -> DerogationForm:
    if refused is not None and refused.data.get("breach") == code:
        return refused
    return DerogationForm(breach=code)
