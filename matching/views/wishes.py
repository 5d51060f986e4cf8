"""A mentor or a mentee says whom they would like, from cards without names."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.contrib.auth.decorators import login_required
from django.contrib.messages import WARNING
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from matching.cards import Card, cards_for
from matching.models import Wish
from matching.services import wishes as services
from matching.services.wishes import TAKEN
from people import clock
from programmes.enums import EnrolmentState
from programmes.models import Enrolment
from programmes.policy.terms import Role
from programmes.queries.visibility import own_enrolments
from programmes.views.context import of_cohort, person_of, say
from programmes.views.coordinator.frame import carry_out
from programmes.words import fill


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def wishes(request: HttpRequest, pk: int) -> HttpResponse:
    """The cards; POST keeps the ranks given to them (`rank_12=1`)."""
    mine = _own(request, pk)
    cards = cards_for(mine, today=clock.today())
    most = mine.cohort.rules.matching.choices_of(mine.as_role)
    given = {card.number: request.POST.get(f"rank_{card.number}", "") for card in cards}
    refused = ""
    if request.method == "POST":
        chosen = _in_order(given, most)
        if chosen is not None:
            people = Enrolment.objects.filter(cohort=mine.cohort).in_bulk(chosen)
            services.rank(
                mine, [people[one] for one in chosen], by=person_of(request), at=clock.now()
            )
            say(request, _("{Tes/Vos} choix sont enregistrés."), mine.cohort, mine.role)
            return redirect("matching:wishes", pk)
        refused = _("Deux choix portent le même rang : {donne/donnez} à chacun le sien.")
    context = {
        **of_cohort(mine.cohort, role=mine.role),
        "enrolment": mine,
        "cards": [(card, _shown_rank(card, given, request)) for card in cards],
        "ranks": range(1, most + 1),
        "refused": fill(refused, mine.cohort.vocabulary, to=mine.role),
        **_asking(mine, cards),
    }
    return render(request, "matching/wishes.html", context, status=422 if refused else 200)


@never_cache
@login_required
@require_POST
def ask(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask the mentor of a card that was ranked, who answers."""
    mine = _own(request, pk)
    if mine.as_role is not Role.MENTEE:
        raise Http404
    asked = [
        card
        for card in cards_for(mine, today=clock.today())
        if str(card.number) == request.POST.get("card") and card.rank
    ]
    if not asked or not asked[0].is_free:
        text = (
            _(TAKEN)
            if asked
            else _("Cette carte n'est plus là : {choisis/choisissez}-en une autre.")
        )
        say(request, text, mine.cohort, mine.role, level=WARNING)
        return redirect("matching:wishes", pk)
    wish = Wish.objects.get(chooser=mine, chosen=asked[0].number)
    act = partial(services.ask, wish, by=person_of(request), at=clock.now())
    vocabulary = mine.cohort.vocabulary
    done = str(_("La demande est partie ; la réponse arrivera par e-mail."))
    refused = carry_out(request, act, done=done, vocabulary=vocabulary, to=mine.as_role)
    if refused:
        say(request, " ".join(refused), mine.cohort, mine.role, level=WARNING)
        return redirect("matching:wishes", pk)
    return redirect("portal:space")


def _own(request: HttpRequest, pk: int) -> Enrolment:
    """One's own enrolment in a programme that takes wishes of its role."""
    mine = get_object_or_404(
        own_enrolments(person_of(request)), pk=pk, state=EnrolmentState.ADMITTED
    )
    if not mine.cohort.rules.matching.choices_of(mine.as_role):
        raise Http404
    return mine


def _asking(mine: Enrolment, cards: list[Card]) -> dict[str, Any]:
    """Where a mentee may ask: the request that is open, else who would be asked, card by place."""
    if not mine.cohort.rules.matching.self_service or mine.as_role is not Role.MENTEE:
        return {}
    ranked = [(place, card) for place, card in enumerate(cards, 1) if card.rank]
    first = next(((place, card) for place, card in ranked if card.is_free), None)
    return {
        "request_open": services.request_of(mine),
        "first": first,
        "taken": ranked[:1] != [first],
    }


def _in_order(given: dict[int, str], most: int) -> list[int] | None:
    """The cards that were given a rank, first choice first; None where two share one."""
    ranks = {
        number: int(rank)
        for number, rank in given.items()
        if rank.isascii() and rank.isdecimal() and 1 <= int(rank[:4]) <= most
    }
    if len(set(ranks.values())) < len(ranks):
        return None
    return sorted(ranks, key=lambda number: ranks[number])


def _shown_rank(card: Card, given: dict[int, str], request: HttpRequest) -> str:
    if request.method == "POST":
        return given[card.number]
    return str(card.rank or "")
