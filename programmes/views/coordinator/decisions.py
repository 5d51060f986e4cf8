"""One enrolment, and what the team decides of it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from people import clock
from programmes.answers import answers_in_words
from programmes.chronicle import tell_journal
from programmes.forms.coordinator import (
    DecisionForm,
    DerogationForm,
    ReasonForm,
    SettleFeeForm,
)
from programmes.models import Enrolment
from programmes.policy.rules import Standing
from programmes.policy.terms import Role
from programmes.queries import standing
from programmes.queries.candidates import answers_of
from programmes.queries.journal import journal_of
from programmes.queries.visibility import own_pairs
from programmes.sentences import tell, tell_all
from programmes.services import availability, reopenings
from programmes.services import enrolments as services
from programmes.views.coordinator.frame import (
    carry_out,
    find_enrolment,
    person_of,
    show,
)
from programmes.words import fill

DECIDED = {
    "admit": _("Candidature admise ; la personne est prévenue."),
    "waitlist": _("Candidature mise en liste d'attente ; la personne est prévenue."),
    "refuse": _("Candidature refusée ; la personne est prévenue."),
    "reconsider": _("Candidature de nouveau à examiner ; la personne est prévenue."),
    "reopen": _("Candidature rendue à la personne, qui peut la compléter et la renvoyer."),
}
ACTS: dict[str, Callable[..., Enrolment]] = {
    "admit": services.admit,
    "waitlist": services.waitlist,
    "refuse": services.refuse,
    "reconsider": reopenings.reconsider,
    "reopen": reopenings.reopen,
}


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """One enrolment with everything that bears on the decision; POST decides."""
    enrolment = find_enrolment(request, pk)
    if request.method != "POST":
        return enrolment_page(request, enrolment)
    form = DecisionForm(request.POST, acts=standing.DECISIONS)
    if not form.is_valid():
        return enrolment_page(request, enrolment, status=422, decision=form)
    act = form.cleaned_data["act"]
    decision = partial(
        ACTS[act],
        enrolment,
        by=person_of(request),
        at=clock.now(),
        message=form.cleaned_data["message"],
    )
    refusals = carry_out(
        request, decision, done=str(DECIDED[act]), vocabulary=enrolment.cohort.vocabulary
    )
    if refusals:
        return enrolment_page(request, enrolment, status=422, decision=form, refusals=refusals)
    return redirect("programmes:decide", pk)


@login_required
@require_POST
def derogate(request: HttpRequest, pk: int) -> HttpResponse:
    """Let one breach of an enrolment pass, with a reason."""
    enrolment = find_enrolment(request, pk)
    form = DerogationForm(request.POST, breach=request.POST.get("breach", ""))
    open_to_it = {
        breach.code
        for breach in standing.weigh(enrolment, today=clock.today()).verdict.breaches
        if breach.derogable
    }
    if not form.is_valid():
        return enrolment_page(request, enrolment, status=422, derogation=form)
    if form.cleaned_data["breach"] in open_to_it:
        carry_out(
            request,
            partial(
                services.grant_derogation,
                enrolment,
                breach=form.cleaned_data["breach"],
                reason=form.cleaned_data["reason"],
                by=person_of(request),
                at=clock.now(),
            ),
            done=str(_("Dérogation accordée et gardée au dossier.")),
            vocabulary=enrolment.cohort.vocabulary,
        )
    return redirect("programmes:decide", pk)


@login_required
@require_POST
def be_available(request: HttpRequest, pk: int) -> HttpResponse:
    """Someone told the team that they have time again."""
    enrolment = find_enrolment(request, pk)
    availability.be_available(enrolment, by=person_of(request), at=clock.now())
    messages.success(request, _("C'est noté : les prochains calculs comptent sur cette personne."))
    return redirect("programmes:decide", pk)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def exclude(request: HttpRequest, pk: int) -> HttpResponse:
    """Exclude someone for good from the association's programmes (K1), once confirmed and motivated."""
    enrolment = find_enrolment(request, pk)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        carry_out(
            request,
            partial(
                services.exclude,
                enrolment,
                by=person_of(request),
                at=clock.now(),
                reason=form.cleaned_data["reason"],
            ),
            done=str(_("%(person)s ne participera plus aux programmes {de l'association}."))
            % {"person": enrolment.known_as},
            vocabulary=enrolment.cohort.vocabulary,
        )
        return redirect("programmes:decide", pk)
    return show(
        request,
        "programmes/coordinator/exclude.html",
        of=enrolment.cohort,
        place="enrolments",
        status=422 if form.errors else 200,
        enrolment=enrolment,
        form=form,
        breadcrumb=trail(enrolment, with_person=True),
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Record that someone leaves the programme, who told the team so."""
    enrolment = find_enrolment(request, pk)
    if request.method == "POST":
        carry_out(
            request,
            partial(services.withdraw, enrolment, by=person_of(request), at=clock.now()),
            done=str(_("Candidature retirée.")),
            vocabulary=enrolment.cohort.vocabulary,
        )
        return redirect("programmes:decide", pk)
    return show(
        request,
        "programmes/coordinator/withdraw.html",
        of=enrolment.cohort,
        place="enrolments",
        enrolment=enrolment,
        breadcrumb=trail(enrolment, with_person=True),
    )


def enrolment_page(
    request: HttpRequest,
    enrolment: Enrolment,
    *,
    status: int = 200,
    refusals: list[str] | None = None,
    decision: Form | None = None,
    derogation: Form | None = None,
    settle: Form | None = None,
    waive: Form | None = None,
) -> HttpResponse:
    """The page of one enrolment, with a form that was refused where there is one."""
    cohort, today = enrolment.cohort, clock.today()
    rules, vocabulary = cohort.rules, cohort.vocabulary
    is_own = enrolment.person_id == person_of(request).pk
    weighing = standing.weigh(enrolment, today=today)
    breaches = [
        {
            "sentence": tell(breach.sentence, vocabulary),
            "form": _derogation_form(breach.code, derogation)
            if breach.derogable and not is_own
            else None,
        }
        for breach in weighing.verdict.breaches
    ]
    themes = {theme.code: theme.label for theme in rules.objectives.themes}
    return show(
        request,
        "programmes/coordinator/enrolment.html",
        of=cohort,
        place="enrolments",
        status=status,
        enrolment=enrolment,
        is_own=is_own,
        weighing=weighing,
        breaches=breaches,
        advisories=tell_all(weighing.verdict.advisories, vocabulary),
        asks_membership=getattr(rules.membership, enrolment.role) != Standing.NONE,
        membership_notes=tell_all(weighing.membership.breaches, vocabulary),
        refusals=refusals,
        is_handed_in=enrolment.submitted_at is not None and not enrolment.is_draft,
        sections=answers_in_words(
            rules, enrolment.as_role, answers_of(enrolment), enrolment.cohort.vocabulary
        ),
        objectives=[
            (themes.get(one.theme, one.theme), one.text) for one in enrolment.objectives.all()
        ],
        declarations=[
            (fill(one.text, vocabulary), one.code in enrolment.declarations)
            for one in rules.declarations_for(enrolment.as_role)
        ],
        decision=decision or DecisionForm(acts=weighing.acts),
        fee=standing.fee_of(enrolment),
        settle=settle or SettleFeeForm(today=today),
        waive=waive or ReasonForm(label=_("Raison de la remise")),
        derogations=standing.derogations_of(enrolment),
        exclusion=standing.exclusion_of(enrolment),
        pairs=standing.pairs_of(enrolment),
        events=tell_journal(
            journal_of(enrolment).exclude(pair__in=own_pairs(person_of(request))), cohort
        ),
        shows_capacity=enrolment.as_role is Role.MENTOR,
        breadcrumb=trail(enrolment),
    )


def trail(enrolment: Enrolment, *, with_person: bool = False) -> list[dict[str, Any]]:
    """The way back from a page about an enrolment."""
    cohort = enrolment.cohort
    way = [
        {
            "label": f"{cohort.name} – " + str(_("candidatures")),
            "url": reverse("programmes:cohort_enrolments", args=[cohort.pk]),
        }
    ]
    if with_person:
        address = reverse("programmes:decide", args=[enrolment.pk])
        way.append({"label": str(enrolment.known_as), "url": address})
    return way


def _derogation_form(code: str, refused: Form | None) -> Form:
    if refused is not None and refused.data.get("breach") == code:
        return refused
    return DerogationForm(breach=code)
