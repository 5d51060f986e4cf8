"""Going on, stopping, saying that it has ended: the two people's pages (D2, D3, M5, B7)."""

from __future__ import annotations

from datetime import date

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from people import clock
from programmes.models import Extension, Pair
from programmes.policy.durations import Duration
from programmes.policy.terms import Role
from programmes.views.context import person_of
from sessions import permissions
from sessions.forms.course import ExtendForm
from sessions.models import EndDeclaration
from sessions.queries import pair_record
from sessions.services import endings
from sessions.views.frame import carry_out, find_pair, pair_url, role_of, show


@login_required
@require_http_methods(["GET", "POST"])
def extend(request: HttpRequest, pair: int) -> HttpResponse:
    """Wish to go on until a later day, or join the other's wish (D2, D3)."""
    found, now, person = find_pair(request, pair), clock.now(), person_of(request)
    may_extend = permissions.may_extend(person, found)
    wish = Extension.objects.filter(pair=found, granted_at=None).first()
    form = ExtendForm(request.POST or None, suggested=wish.until if wish else _suggested(found))
    breaches: list[str] = []
    if form.is_valid():
        breaches = carry_out(
            request,
            lambda: endings.extend(found, until=form.cleaned_data["until"], by=person, at=now),
            done=_("C'est noté."),
            pair=found,
        )
        if not breaches:
            return redirect(request.path)
    needs = found.cohort.rules.length.extension_needs
    role = role_of(request, found)
    return show(
        request,
        "extend",
        pair=found,
        form=form,
        breaches=breaches,
        may_extend=may_extend,
        wish=wish,
        has_agreed=wish is not None and _agreed(wish, role),
        needs_both=len(needs) == 2,
        most=found.cohort.rules.length.most,
        granted=Extension.objects.filter(pair=found, granted_at__isnull=False),
        cancel_url=pair_url(found),
    )


@login_required
@require_http_methods(["GET", "POST"])
def stop_after_first(request: HttpRequest, pair: int) -> HttpResponse:
    """Only between the first meeting and the second, only for the mentor (M5); otherwise it is not there."""
    found, person = find_pair(request, pair), person_of(request)
    if not permissions.may_stop_after_first(person, found, pair_record(found)):
        raise Http404
    if request.method == "POST":
        breaches = carry_out(
            request,
            lambda: endings.stop_after_first(found, by=person, at=clock.now()),
            done=_("C'est enregistré ; {l'équipe} prend la suite."),
            pair=found,
        )
        if not breaches:
            return redirect(pair_url(found))
    return show(
        request,
        "stop_after_first",
        pair=found,
        is_rematched=found.cohort.rules.matching.mentee_rematched_after_stop,
        cancel_url=pair_url(found),
    )


@login_required
@require_http_methods(["GET", "POST"])
def declare_end(request: HttpRequest, pair: int) -> HttpResponse:
    """Tell the association that it has ended (B7)."""
    found, person = find_pair(request, pair), person_of(request)
    declared = {one.role for one in EndDeclaration.objects.filter(pair=found)}
    role = role_of(request, found)
    breaches: list[str] = []
    if request.method == "POST":
        breaches = carry_out(
            request,
            lambda: endings.declare_end(found, by=person, at=clock.now()),
            done=_("C'est dit : l'autre et {l'équipe} sont au courant."),
            pair=found,
        )
        if not breaches:
            return redirect(pair_url(found))
    return show(
        request,
        "declare_end",
        pair=found,
        breaches=breaches,
        may_declare=permissions.may_declare_end(person, found) and role.value not in declared,
        has_declared=role.value in declared,
        other_declared=role.other.value in declared,
        cancel_url=pair_url(found),
    )


def _suggested(pair: Pair) -> date | None:
    """Three months later, or as far as the programme goes."""
    if pair.planned_end_on is None or pair.started_on is None:
        return None
    suggested = Duration(months=3).after(pair.planned_end_on)
    most = pair.cohort.rules.length.most
    return min(suggested, most.after(pair.started_on)) if most else suggested


def _agreed(wish: Extension, role: Role) -> bool:
    agreed_at = wish.mentor_agreed_at if role is Role.MENTOR else wish.mentee_agreed_at
    return agreed_at is not None
