"""Two people to be kept together, or apart, whatever the scores."""

from __future__ import annotations

from functools import partial

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from matching.forms import RulingForm
from matching.kept import rulings_coordinated_by, rulings_of
from matching.services.rulings import lift, rule
from matching.views.frame import page_of, show
from people import clock
from programmes.policy.terms import Role
from programmes.views.coordinator.frame import carry_out, find_cohort, person_of
from programmes.views.coordinator.two_people import chosen_from, sides_of


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def rulings(request: HttpRequest, pk: int) -> HttpResponse:
    """What was decided; POST decides of two more people."""
    cohort = find_cohort(request, pk)
    posted = request.method == "POST"
    form = RulingForm(request.POST if posted else None)
    chosen = chosen_from(request.POST if posted else request.GET, cohort)
    mentor, mentee = chosen[Role.MENTOR], chosen[Role.MENTEE]
    breaches: list[str] = []
    if mentor and mentee and form.is_valid():
        act = partial(
            rule, mentor, mentee, **form.cleaned_data, by=person_of(request), at=clock.now()
        )
        done = str(_("C'est gardé ; le prochain calcul en tient compte."))
        breaches = carry_out(request, act, done=done, vocabulary=cohort.vocabulary)
        if not breaches:
            return redirect(_way_back(request) or request.path)
    page = page_of(request, rulings_of(cohort))
    return show(
        request,
        "matching/rulings.html",
        of=cohort,
        status=422 if posted else 200,
        form=form,
        both=mentor and mentee,
        sides=sides_of(request.GET, cohort, chosen, by=person_of(request)),
        breaches=breaches,
        page_obj=page,
        person=person_of(request),
    )


@login_required
@require_POST
def lift_ruling(request: HttpRequest, pk: int) -> HttpResponse:
    """Leave two people to the calculation again."""
    person = person_of(request)
    found = get_object_or_404(rulings_coordinated_by(person), pk=pk)
    cohort = found.mentee.cohort
    act = partial(lift, found, by=person, at=clock.now())
    done = str(_("La décision est levée ; le prochain calcul en tient compte."))
    for refusal in carry_out(request, act, done=done, vocabulary=cohort.vocabulary):
        messages.warning(request, refusal)
    return redirect(_way_back(request) or redirect("matching:rulings", cohort.pk).url)


def _way_back(request: HttpRequest) -> str:
    """The page of ours that the form stood on."""
    asked = request.POST.get("next", "")
    ours = url_has_allowed_host_and_scheme(asked, allowed_hosts={request.get_host()})
    return asked if ours else ""
