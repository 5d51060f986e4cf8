"""What the pages of a pair have in common: how they fetch, how they are framed, how they act."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from people.names import Named
from programmes.lifecycle import ImpossibleTransition
from programmes.models import Pair
from programmes.permissions import role_in
from programmes.policy.rules import Guide
from programmes.policy.terms import Role
from programmes.queries.visibility import own_pairs
from programmes.sentences import Refused, tell_all
from programmes.views.context import of_cohort, person_of
from programmes.words import fill
from sessions.models import Meeting
from sessions.queries import visible_meetings


def find_pair(request: HttpRequest, pk: int) -> Pair:
    return get_object_or_404(own_pairs(person_of(request)), pk=pk)


def find_meeting(request: HttpRequest, pk: int) -> Meeting:
    return get_object_or_404(visible_meetings(person_of(request)), pk=pk)


def role_of(request: HttpRequest, pair: Pair) -> Role:
    """Which of the two is looking; the pair was fetched as theirs."""
    role = role_in(person_of(request), pair)
    if role is None:
        raise LookupError("a pair is shown to its two people")
    return role


def other_of(pair: Pair, role: Role) -> Named:
    return pair.side(role.other).known_as


def pair_url(pair: Pair) -> str:
    return reverse("portal:pair", args=[pair.pk])


def meeting_url(meeting: Meeting) -> str:
    return reverse("meetings:meeting", args=[meeting.pk])


def show(
    request: HttpRequest, template: str, *, pair: Pair, status: int = 200, **context: Any
) -> HttpResponse:
    """A page about a pair, as one of its two reads it."""
    role = role_of(request, pair)
    other = other_of(pair, role)
    crumbs = [
        {"label": _("Mon espace"), "url": reverse("portal:space")},
        {"label": _("Avec %(name)s") % {"name": other.get_full_name()}, "url": pair_url(pair)},
    ]
    frame = {
        **of_cohort(pair.cohort, role=role),
        "pair": pair,
        "role": role.value,
        "other": other,
        "breadcrumb": [*crumbs, *context.pop("crumbs", [])],
    }
    return render(request, f"meetings/participant/{template}.html", frame | context, status=status)


def carry_out(
    request: HttpRequest, act: Callable[[], object], *, done: str, pair: Pair
) -> list[str]:
    """Do it and say so; what comes back stands against it, one sentence for each breach."""
    vocabulary, role = pair.cohort.vocabulary, role_in(person_of(request), pair)
    try:
        act()
    except Refused as refusal:
        return tell_all(refusal.verdict.breaches, vocabulary, to=role)
    except ImpossibleTransition:
        text = _("Cette étape a déjà été faite, ou n'est plus possible ; voici où l'on en est.")
        messages.warning(request, text)
        return []
    messages.success(request, fill(done, vocabulary, to=role))
    return []


def say(request: HttpRequest, breaches: list[str]) -> None:
    """Show on the next page what stood against an act that has no form."""
    for sentence in breaches:
        messages.error(request, sentence)


def guides_at(pair: Pair, role: Role, *moments: str) -> list[Guide]:
    rules = pair.cohort.rules
    return [guide for moment in moments for guide in rules.guides_at(moment, role)]
