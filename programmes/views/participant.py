"""The enrolment of someone who takes part: questionnaire, review, withdrawal."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from people import clock
from programmes.answers import answers_in_words
from programmes.enrolment_words import lacks_charter, told, told_of_pair
from programmes.enums import LIVE_PAIR_STATES, RUNNING_PAIR_STATES, FeeState
from programmes.forms.anchors import anchor_of
from programmes.forms.objectives import ObjectivesForm
from programmes.forms.questionnaire import QuestionnaireForm
from programmes.lifecycle import ImpossibleTransition
from programmes.models import Enrolment
from programmes.permissions import may_apply_again, may_edit, may_set_objectives, may_withdraw
from programmes.policy.verdict import Verdict
from programmes.profile import objectives_in_words
from programmes.queries import visibility
from programmes.queries.candidates import answers_of
from programmes.queries.readiness import submission_verdict
from programmes.queries.standing import fee_of
from programmes.sentences import Refused, tell, tell_all
from programmes.services import availability, enrolments, reopenings
from programmes.services.objectives import choose_objectives
from programmes.views.context import of_cohort, person_of, say


def own_enrolment(request: HttpRequest, pk: int) -> Enrolment:
    return get_object_or_404(visibility.own_enrolments(person_of(request)), pk=pk)


def told_already_done(request: HttpRequest, enrolment: Enrolment) -> HttpResponse:
    """Someone was faster: say so and show how things stand."""
    messages.warning(request, _("Cette étape a déjà été faite ; voici où en sont les choses."))
    return redirect("programmes:enrolment", enrolment.pk)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def enrolment(request: HttpRequest, pk: int) -> HttpResponse:
    """The questionnaire of a draft, saved at any time; afterwards the answers, to read."""
    mine = own_enrolment(request, pk)
    if not may_edit(person_of(request), mine):
        if request.method == "POST":
            return told_already_done(request, mine)
        return render(request, "programmes/participant/enrolment.html", _all_answers(mine))
    if request.method != "POST":
        form = QuestionnaireForm(mine, more="objectif" in request.GET)
        return _questionnaire(request, mine, form)
    form = QuestionnaireForm(mine, request.POST)
    is_right = form.is_valid()
    kept = form.kept()
    try:
        enrolments.save_answers(
            mine,
            answers=kept.answers,
            objectives=kept.objectives,
            declarations=kept.declarations,
            capacity=kept.capacity,
        )
    except ImpossibleTransition:
        return told_already_done(request, mine)
    if not is_right:
        return _questionnaire(request, mine, form, status=422)
    if "more" in request.POST:
        return redirect(f"{reverse('programmes:enrolment', args=[pk])}?objectif=1#objectifs")
    if "later" in request.POST:
        text = _("{Tes/Vos} réponses sont enregistrées. Rien n'est encore envoyé.")
        say(request, text, mine.cohort, mine.role)
        return redirect("portal:space")
    return redirect("programmes:enrolment_review", pk)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def enrolment_review(request: HttpRequest, pk: int) -> HttpResponse:
    """Everything once more, with all that is still to be mended; POST hands it in."""
    mine = own_enrolment(request, pk)
    if not may_edit(person_of(request), mine):
        return told_already_done(request, mine)
    verdict = submission_verdict(mine, today=clock.today())
    charter_comes_first = "charter" in verdict.codes
    if request.method == "POST" and charter_comes_first:
        return redirect("charters:accept", pk)
    if request.method == "POST":
        try:
            enrolments.submit(mine, acceptance=None, by=person_of(request), at=clock.now())
        except Refused as refused:
            verdict = refused.verdict
        except ImpossibleTransition:
            return told_already_done(request, mine)
        else:
            text = _("La candidature est envoyée. {L'équipe} la lira bientôt.")
            say(request, text, mine.cohort, mine.role)
            return redirect("programmes:enrolment", pk)
    context = {
        **_all_answers(mine),
        **_in_words(verdict, mine),
        "lacks_charter": charter_comes_first,
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "programmes/participant/review.html", context, status=status)


@never_cache
@login_required
@require_safe
def receipt(request: HttpRequest, pk: int) -> HttpResponse:
    """The receipt of the fee one has paid (P19), to print."""
    mine = own_enrolment(request, pk)
    fee = fee_of(mine)
    if fee is None or fee.state != FeeState.SETTLED:
        raise Http404
    context = {
        **of_cohort(mine.cohort, role=mine.role),
        "enrolment": mine,
        "account": fee,
        "breadcrumb": [
            {"label": _("Mon espace"), "url": reverse("portal:space")},
            {"label": _("Ma candidature"), "url": reverse("programmes:enrolment", args=[pk])},
        ],
    }
    return render(request, "programmes/participant/receipt.html", context)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Leaving the programme, after a page that says what follows."""
    mine = own_enrolment(request, pk)
    if not may_withdraw(person_of(request), mine):
        return told_already_done(request, mine)
    if request.method == "POST":
        try:
            enrolments.withdraw(mine, by=person_of(request), at=clock.now())
        except ImpossibleTransition:
            return told_already_done(request, mine)
        say(request, _("C'est noté : la candidature est retirée."), mine.cohort, mine.role)
        return redirect("portal:space")
    pairs = visibility.pairs_of(mine).filter(state__in=LIVE_PAIR_STATES)
    context = {
        **of_cohort(mine.cohort, role=mine.role),
        "enrolment": mine,
        "pairs": pairs,
        "cancel_url": reverse("portal:pair", args=[pairs[0].pk])
        if len(pairs) == 1
        else reverse("portal:space"),
        "breadcrumb": [{"label": _("Mon espace"), "url": reverse("portal:space")}],
    }
    return render(request, "programmes/participant/withdraw.html", context)


@never_cache
@login_required
@require_POST
def apply_again(request: HttpRequest, pk: int) -> HttpResponse:
    """Taking a withdrawn enrolment up again: back to its questionnaire, answers kept."""
    mine = own_enrolment(request, pk)
    try:
        reopenings.apply_again(mine, at=clock.now())
    except Refused as refused:
        told = tell_all(refused.verdict.breaches, mine.cohort.vocabulary, to=mine.as_role)
        messages.warning(request, " ".join(told))
    except ImpossibleTransition:
        return told_already_done(request, mine)
    else:
        text = _("{Tes/Vos} réponses sont toujours là : {relis/relisez}, puis {envoie/envoyez}.")
        say(request, text, mine.cohort, mine.role)
    return redirect("programmes:enrolment", pk)


@never_cache
@login_required
@require_POST
def be_available(request: HttpRequest, pk: int) -> HttpResponse:
    """Someone who said that time was short may be proposed again."""
    mine = own_enrolment(request, pk)
    availability.be_available(mine, by=person_of(request), at=clock.now())
    text = _("C'est noté, merci : {l'équipe} compte de nouveau sur {toi/vous}.")
    say(request, text, mine.cohort, mine.role)
    return redirect("portal:space")


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def objectives(request: HttpRequest, pk: int) -> HttpResponse:
    """The objectives, where they are set once the enrolment is handed in (I6); in a pair, on its page."""
    mine = own_enrolment(request, pk)
    pair = visibility.pairs_of(mine).filter(state__in=RUNNING_PAIR_STATES).first()
    if pair is not None:
        return redirect("meetings:objectives", pair.pk)
    if not may_set_objectives(person_of(request), mine):
        return told_already_done(request, mine)
    wants_more = "more" in request.POST
    form = ObjectivesForm(mine, request.POST or None, more=wants_more)
    if not wants_more and form.is_valid():
        try:
            choose_objectives(
                mine, objectives=form.objectives(), by=person_of(request), at=clock.now()
            )
        except ImpossibleTransition:
            return told_already_done(request, mine)
        say(request, _("{Tes/Vos} objectifs sont enregistrés."), mine.cohort, mine.role)
        return redirect("portal:space")
    context = {
        **of_cohort(mine.cohort, role=mine.role),
        "form": form,
        "cancel_url": reverse("portal:space"),
    }
    return render(
        request,
        "programmes/participant/objectives.html",
        context,
        status=422 if form.errors else 200,
    )


def _questionnaire(
    request: HttpRequest, mine: Enrolment, form: QuestionnaireForm, *, status: int = 200
) -> HttpResponse:
    context = {
        **of_cohort(mine.cohort, role=mine.role),
        "enrolment": mine,
        "form": form,
        "guides": mine.cohort.rules.guides_at("enrolment", mine.as_role),
        "accepts_charter": mine.cohort.rules.acceptance.due == "submission",
    }
    return render(request, "programmes/participant/questionnaire.html", context, status=status)


def _all_answers(mine: Enrolment) -> dict[str, Any]:
    rules, role = mine.cohort.rules, mine.as_role
    pair = visibility.pairs_of(mine).filter(state__in=LIVE_PAIR_STATES).first()
    return {
        **of_cohort(mine.cohort, role=mine.role),
        "enrolment": mine,
        "sections": answers_in_words(rules, role, answers_of(mine), mine.cohort.vocabulary),
        "objectives": objectives_in_words(mine),
        "declarations": [
            (one.text, one.code in mine.declarations) for one in rules.declarations_for(role)
        ],
        "accepts_charter": rules.acceptance.due == "submission",
        "may_withdraw": may_withdraw(mine.person, mine),
        "may_apply_again": may_apply_again(mine.person, mine, today=clock.today()),
        "told": told_of_pair(mine, pair) if pair else told(mine),
        "pair": pair,
        "lacks_charter": lacks_charter(mine),
        "fee": fee_of(mine),
    }


def _in_words(verdict: Verdict, mine: Enrolment) -> dict[str, Any]:
    """The breaches with links to where they are mended, and what the team will look at."""
    rules, vocabulary = mine.cohort.rules, mine.cohort.vocabulary
    page = reverse("programmes:enrolment", args=[mine.pk])
    breaches, anchors = [], set[str]()
    for breach in verdict.breaches:
        if breach.code == "charter":
            continue
        anchor = anchor_of(breach, rules, mine.as_role)
        if breach.code.startswith("eligibility:") and anchor in anchors:
            continue  # the missing answer is told already
        anchors.add(anchor)
        breaches.append(
            {
                "sentence": tell(breach.sentence, vocabulary, to=mine.as_role),
                "url": f"{page}#{anchor}" if anchor else "",
            }
        )
    advisories = tell_all(verdict.advisories, vocabulary, to=mine.as_role)
    return {"breaches": breaches, "advisories": advisories}
