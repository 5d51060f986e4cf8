"""What anyone may open: a programme's page, the way in, an invitation."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from people import clock
from people.adapter import prove_address
from programmes.models import Cohort, Invitation, Programme
from programmes.policy.rules import Rules
from programmes.policy.terms import Role
from programmes.presentation import tell_conditions, tell_course
from programmes.queries import visibility
from programmes.queries.openings import opening_of, terms_shown
from programmes.sentences import Refused, tell_all
from programmes.services.enrolments import start_enrolment
from programmes.services.invitations import take_up
from programmes.views.context import of_cohort, of_programme, person_of


@require_safe
def programme(request: HttpRequest, organisation: str, slug: str) -> HttpResponse:
    """Who the programme is for, how it goes, and the way in."""
    shown = _public(organisation, slug)
    opening = opening_of(shown, today=clock.today())
    terms = terms_shown(shown, opening)
    if terms is None:
        raise Http404
    mine = (
        visibility.own_enrolments(person_of(request)).filter(cohort__programme=shown)
        if request.user.is_authenticated
        else ()
    )
    context = {
        **of_programme(shown, terms.vocabulary),
        "opening": opening,
        "today": clock.today(),
        "course": tell_course(terms.rules, terms.vocabulary),
        "conditions": {
            str(role): tell_conditions(terms.rules, role, terms.vocabulary) for role in Role
        },
        "guides": _guides(terms.rules, "orientation"),
        "mine": mine,
    }
    return render(request, "programmes/participant/programme.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def enrol(request: HttpRequest, organisation: str, slug: str, role: str) -> HttpResponse:
    """What enrolling asks; POST begins the enrolment."""
    shown = _public(organisation, slug)
    cohort = opening_of(shown, today=clock.today()).cohort
    if cohort is None or role not in list(Role):
        raise Http404
    if request.method == "POST" and not request.user.is_authenticated:
        return redirect_to_login(request.path)
    breaches: list[str] = []
    if request.user.is_authenticated:
        person = person_of(request)
        begun = visibility.own_enrolments(person).filter(cohort=cohort, role=role).first()
        if begun is not None:
            return redirect("programmes:enrolment", begun.pk)
        if request.method == "POST":
            try:
                enrolment = start_enrolment(cohort, person=person, role=Role(role), at=clock.now())
            except Refused as refused:
                breaches = tell_all(refused.verdict.breaches, cohort.vocabulary, to=Role(role))
            else:
                return redirect("programmes:enrolment", enrolment.pk)
    context = {**_way_in(cohort, Role(role), request.path), "breaches": breaches}
    return render(
        request, "programmes/participant/enrol.html", context, status=422 if breaches else 200
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Who invites to what; POST takes the invitation up, with the address it was sent to."""
    if "\0" in token:
        raise Http404  # no link of ours, and nothing to ask the database
    invited = get_object_or_404(
        Invitation.objects.select_related(
            "cohort__programme__organisation", "cohort__rule_set", "invited_by", "enrolment"
        ),
        token=token,
    )
    if request.method == "POST" and not request.user.is_authenticated:
        return redirect_to_login(request.path)
    breaches: list[str] = []
    is_theirs = False
    if request.user.is_authenticated:
        person = person_of(request)
        is_theirs = person.email.lower() == invited.email.lower()
        if invited.enrolment is not None and invited.enrolment.person_id == person.pk:
            return redirect("programmes:enrolment", invited.enrolment.pk)
    is_open = invited.is_open(at=clock.now())
    if is_open and not request.user.is_authenticated:
        prove_address(request, invited.email)  # the link came by e-mail
    if request.method == "POST" and is_theirs and is_open:
        try:
            enrolment = take_up(invited, person=person_of(request), at=clock.now())
        except Refused as refused:
            breaches = tell_all(
                refused.verdict.breaches, invited.cohort.vocabulary, to=Role(invited.role)
            )
        else:
            return redirect("programmes:enrolment", enrolment.pk)
    context = {
        **_way_in(invited.cohort, Role(invited.role), request.path, email=invited.email),
        "invitation": invited,
        "is_theirs": is_theirs,
        "is_over": not is_open,
        "breaches": breaches,
    }
    refused_here = breaches or (request.method == "POST")
    return render(
        request,
        "programmes/participant/invitation.html",
        context,
        status=422 if refused_here else 200,
    )


def _public(organisation: str, slug: str) -> Programme:
    return get_object_or_404(
        visibility.public_programmes(), organisation__slug=organisation, slug=slug
    )


def _way_in(cohort: Cohort, role: Role, here: str, *, email: str = "") -> dict[str, Any]:
    """The page before an enrolment: what is asked, and an account that leads back here."""
    rules, vocabulary = cohort.rules, cohort.vocabulary
    back = {"next": here, **({"email": email} if email else {})}
    return {
        **of_cohort(cohort, role=role),
        "role": role,
        "conditions": tell_conditions(rules, role, vocabulary),
        "guides": rules.guides_at("enrolment", role),
        "question_count": len(rules.questions_for(role)),
        "signup_url": f"{reverse('account_signup')}?{urlencode(back)}",
        "login_url": f"{reverse('account_login')}?{urlencode({'next': here})}",
    }


def _guides(rules: Rules, moment: str) -> list[Any]:
    """The guides of a moment, for whichever role."""
    return [guide for guide in rules.guides if guide.moment == moment]
