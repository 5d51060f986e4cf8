"""What someone tells of a pair: yes or no to a proposal, a word to the team."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from people import clock
from people.models import Person
from programmes.enums import ConcernKind, DeclineReason, PairState
from programmes.forms.participant import ConcernForm, DeclineForm
from programmes.lifecycle import ImpossibleTransition
from programmes.models import Enrolment, Pair
from programmes.permissions import may_answer, may_take_back, role_in
from programmes.policy.terms import Role
from programmes.profile import profile_of
from programmes.queries import visibility
from programmes.sentences import Refused, tell_all
from programmes.services import pairs
from programmes.services.concerns import raise_concern
from programmes.views.context import of_cohort, person_of, say
from programmes.views.participant import own_enrolment


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def answer_proposal(request: HttpRequest, pk: int) -> HttpResponse:
    """Who is proposed, and yes or no; POST `answer` is `accept`, `decline` or `take_back`."""
    person = person_of(request)
    pair = get_object_or_404(visibility.own_pairs(person), pk=pk)
    takes_back = may_take_back(person, pair)
    if takes_back and request.POST.get("answer") == "take_back":
        return _take_back(request, pair)
    if not may_answer(person, pair) and (request.method == "POST" or not takes_back):
        return _told_already_done(request, pair)
    declines = request.POST.get("answer") == "decline"
    form = DeclineForm(request.POST if declines else None)
    breaches: list[str] = []
    if request.method == "POST":
        try:
            if not declines:
                pairs.accept_proposal(pair, by=person, at=clock.now())
                say(request, _("Merci, la réponse est enregistrée."), pair.cohort, "")
                return redirect("portal:pair", pk)
            if form.is_valid():
                reason = DeclineReason(form.cleaned_data["reason"])
                pairs.decline_proposal(pair, by=person, at=clock.now(), reason=reason)
                text = _("C'est noté, merci de l'avoir dit. {L'équipe} cherchera autrement.")
                say(request, text, pair.cohort, "")
                return redirect("portal:space")
        except Refused as refused:
            breaches = tell_all(refused.verdict.breaches, pair.cohort.vocabulary)
        except ImpossibleTransition:
            return _told_already_done(request, pair)
    context = {
        **_proposal(pair, person),
        "form": form,
        "breaches": breaches,
        "takes_back": takes_back,
    }
    status = 422 if breaches or form.errors else 200
    return render(request, "programmes/participant/answer_proposal.html", context, status=status)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def ask_help(request: HttpRequest, pk: int) -> HttpResponse:
    """A word to the team, which the other of the pair does not see (K1, K5)."""
    person = person_of(request)
    mine = own_enrolment(request, pk)
    theirs = [(pair, str(_others(pair, person).known_as)) for pair in visibility.pairs_of(mine)]
    form = ConcernForm(request.POST if request.method == "POST" else None, pairs=theirs)
    if request.method == "POST" and form.is_valid():
        raise_concern(
            mine,
            kind=ConcernKind(form.cleaned_data["kind"]),
            message=form.cleaned_data["message"],
            pair=form.chosen_pair(),
            at=clock.now(),
        )
        text = _("Le message est arrivé {à l'équipe}, qui {te/vous} répondra personnellement.")
        say(request, text, mine.cohort, mine.role)
        return redirect("portal:space")
    context = {
        **of_cohort(mine.cohort, role=mine.role),
        "enrolment": mine,
        "form": form,
        # Whom it may be about never reads it, were they of the team.
        "readers": visibility.readers_of_concerns(mine),
        "others": [name for _pair, name in theirs],
    }
    status = 422 if form.errors else 200
    return render(request, "programmes/participant/ask_help.html", context, status=status)


def _take_back(request: HttpRequest, pair: Pair) -> HttpResponse:
    try:
        after = pairs.take_back_acceptance(pair, by=person_of(request), at=clock.now())
    except ImpossibleTransition:
        return _told_already_done(request, pair)
    if after.state == PairState.CANCELLED:
        say(request, _("La demande est retirée."), pair.cohort, Role.MENTEE)
        return redirect("portal:space")
    text = _("C'est noté. {Tu peux/Vous pouvez} répondre de nouveau, quand {tu veux/vous voulez}.")
    say(request, text, pair.cohort, role_in(person_of(request), pair) or "")
    return redirect("programmes:answer_proposal", pair.pk)


def _told_already_done(request: HttpRequest, pair: Pair) -> HttpResponse:
    messages.info(request, _("Cette étape a déjà été faite ; voici où en sont les choses."))
    return redirect("portal:pair", pair.pk)


def _proposal(pair: Pair, person: Person) -> dict[str, Any]:
    other = _others(pair, person)
    mine = pair.mentee if other.as_role is Role.MENTOR else pair.mentor
    return {
        **of_cohort(pair.cohort, role=mine.role),
        "pair": pair,
        "enrolment": mine,
        "other": other,
        "profile": profile_of(other),
    }


def _others(pair: Pair, person: Person) -> Enrolment:
    return pair.mentee if pair.mentor.person_id == person.pk else pair.mentor
