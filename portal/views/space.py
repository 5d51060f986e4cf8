"""Mon espace, and the home of a pair."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from charters.editions import newer_edition
from people import clock
from portal.enrolment_cards import card_of, shown_enrolments
from portal.facts import PairFacts, facts_of, facts_of_one, shown_pairs
from portal.next_step import next_step, other_asks
from portal.timeline import guides_now, timeline
from programmes.enums import LIVE_PAIR_STATES, PairState
from programmes.models import Extension
from programmes.permissions import may_take_back, may_withdraw, may_write_to
from programmes.policy.terms import Role
from programmes.profile import objectives_in_words, profile_of
from programmes.queries.visibility import programmes_coordinated_by
from programmes.views.context import of_cohort, person_of
from sessions import permissions


@never_cache
@login_required
@require_safe
def space(request: HttpRequest) -> HttpResponse:
    """Everything of mine: pairs and enrolments, and what is to be done next."""
    person = person_of(request)
    enrolments = list(shown_enrolments(person))
    if not enrolments and programmes_coordinated_by(person).exists():
        return redirect("programmes:workspace")
    today = clock.today()
    all_facts = facts_of(shown_pairs(person), person, now=clock.now(), today=today)
    shown = [(facts, next_step(facts)) for facts in all_facts if _is_current(facts)]
    shown.sort(key=lambda one: not one[1].is_mine)
    paired = {facts.mine.pk for facts, _step in shown}
    context = {
        "pairs": shown,
        "former": [facts for facts in all_facts if not _is_current(facts)],
        "cards": [card_of(one, person, today=today) for one in enrolments if one.pk not in paired],
    }
    return render(request, "portal/space.html", context)


@never_cache
@login_required
@require_safe
def pair(request: HttpRequest, pk: int) -> HttpResponse:
    """The home of a pair: what is next, who the other is, the year, the meetings."""
    person = person_of(request)
    mine = get_object_or_404(shown_pairs(person), pk=pk)
    facts = facts_of_one(mine, person, now=clock.now(), today=clock.today())
    context = {
        **of_cohort(mine.cohort, role=facts.role),
        "facts": facts,
        "pair": mine,
        "step": next_step(facts),
        "timeline": timeline(facts),
        "guides": guides_now(facts),
        "asks": other_asks(facts),
        "profile": profile_of(facts.other),
        "objectives": objectives_in_words(facts.mine) if facts.role is Role.MENTEE else (),
        "may_set_objectives": facts.may_set_objectives,
        "may_write": may_write_to(person, mine),
        "may_take_back": may_take_back(person, mine),
        "may_withdraw": may_withdraw(person, facts.mine),
        "may_propose": permissions.may_propose(person, mine) and not facts.lacks_objectives,
        "may_log": permissions.may_log(person, mine),
        "may_extend": permissions.may_extend(person, mine),
        "may_declare_end": permissions.may_declare_end(person, mine)
        and facts.role not in facts.ended_by,
        "may_stop_after_first": permissions.may_stop_after_first(person, mine, facts.record),
        "extension": Extension.objects.filter(pair=mine, granted_at=None).first(),
        "newer": newer_edition(facts.mine, facts.today),
        "enrolment": facts.mine,
        "has_convention": mine.cohort.rules.agreement.kind == "convention"
        and mine.introduced_at is not None,
        "breadcrumb": [{"label": _("Mon espace"), "url": reverse("portal:space")}],
    }
    return render(request, "portal/pair.html", context)


def _is_current(facts: PairFacts) -> bool:
    """Under way, or finished with something still asked (B8)."""
    state = facts.pair.state
    return state in LIVE_PAIR_STATES or (state == PairState.COMPLETED and bool(facts.asks))
