"""The pairs of a cohort: the list, and one of them in facts."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from people import clock
from programmes.alerts import alerts_of
from programmes.chronicle import tell_journal
from programmes.course_steps import course_steps
from programmes.enums import LIVE_PAIR_STATES, RUNNING_PAIR_STATES, PairState
from programmes.forms.coordinator import PairActForm, PairFilter
from programmes.lifecycle import PAIR
from programmes.models import Cohort, Pair
from programmes.queries import desk, pool
from programmes.queries.journal import journal_of_pair
from programmes.queries.visibility import concerns_coordinated_by, own_pairs, pairs_coordinated_by
from programmes.sentences import tell_all
from programmes.services import pairs as services
from programmes.state_words import pair_state
from programmes.views.coordinator.frame import (
    carry_out,
    find_cohort,
    find_pair,
    other_parameters,
    page_of,
    person_of,
    show,
)
from programmes.words import fill

ACTS = {
    "propose": (services.propose_pair, _("{Le binôme} est {proposé|binôme} aux deux personnes.")),
    "expire": (
        services.expire_proposal,
        _("La proposition est close ; les deux places sont libres."),
    ),
    "pause": (services.pause_pair, _("{Le binôme} est en pause.")),
    "freeze": (services.freeze_pair, _("{Le binôme} est {gelé|binôme} le temps d'y voir clair.")),
    "resume": (services.resume_pair, _("{Le binôme} reprend.")),
}


@login_required
@require_safe
def cohort_pairs(request: HttpRequest, pk: int) -> HttpResponse:
    """The pairs of a cohort, filtered by state and name."""
    cohort = find_cohort(request, pk)
    form = PairFilter(request.GET)
    wanted = form.cleaned_data if form.is_valid() else {}
    state = wanted.get("state", "")
    states = RUNNING_PAIR_STATES if state == "running" else [state] if state else []
    pairs = desk.pairs_matching(
        pairs_coordinated_by(person_of(request)).filter(cohort=cohort),
        states=states,
        name=wanted.get("q", ""),
    )
    return show(
        request,
        "programmes/coordinator/pairs.html",
        of=cohort,
        place="pairs",
        form=form,
        page=page_of(request, pairs.order_by("-created_at", "-pk")),
        query=other_parameters(request),
        tabs=_tabs(cohort, state),
        today=clock.today(),
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def team_pair(request: HttpRequest, pk: int) -> HttpResponse:
    """One pair in facts and dates, never contents; POST moves it on. One's own is for the others."""
    if request.method != "POST" and (own := _own_pair(request, pk)):
        return own
    pair = find_pair(request, pk)
    refusals: list[str] = []
    if request.method == "POST":
        form = PairActForm(request.POST, acts=tuple(ACTS))
        if form.is_valid():
            act, done = ACTS[form.cleaned_data["act"]]
            vocabulary = pair.cohort.vocabulary
            refusals = carry_out(
                request,
                partial(act, pair, by=person_of(request), at=clock.now()),
                done=fill(done, vocabulary),
                vocabulary=vocabulary,
            )
        if not refusals:
            return redirect("programmes:team_pair", pk)
    return _pair_page(request, pair, refusals)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Undo a pair that has not started, once confirmed."""
    pair = find_pair(request, pk)
    if request.method == "POST":
        vocabulary = pair.cohort.vocabulary
        carry_out(
            request,
            partial(services.cancel_pair, pair, by=person_of(request), at=clock.now()),
            done=fill(
                _("{Le binôme} est {annulé|binôme} ; les deux places sont libres."), vocabulary
            ),
            vocabulary=vocabulary,
        )
        return redirect("programmes:team_pair", pk)
    return show(
        request,
        "programmes/coordinator/cancel_pair.html",
        of=pair.cohort,
        place="pairs",
        pair=pair,
        breadcrumb=[*_trail(pair), {"label": str(pair), "url": _address(pair)}],
    )


def _own_pair(request: HttpRequest, pk: int) -> HttpResponse | None:
    """Where someone is led who opens the team's page of their own pair: they are no judge of it."""
    person = person_of(request)
    own = pairs_coordinated_by(person).filter(
        Q(mentor__person=person) | Q(mentee__person=person), pk=pk
    )
    if not (pair := own.first()):
        return None
    if own_pairs(person).filter(pk=pk).exists():
        return redirect("portal:pair", pk)
    verdict = pool.judge_by_another(pair.mentor, pair.mentee, person)
    messages.info(request, " ".join(tell_all(verdict.breaches, pair.cohort.vocabulary)))
    return redirect("programmes:cohort_pairs", pair.cohort_id)


def _pair_page(request: HttpRequest, pair: Pair, refusals: list[str]) -> HttpResponse:
    vocabulary = pair.cohort.vocabulary
    return show(
        request,
        "programmes/coordinator/pair.html",
        of=pair.cohort,
        place="pairs",
        status=422 if refusals else 200,
        pair=pair,
        refusals=refusals,
        acts={act for act in ACTS if pair.state in PAIR[act].sources},
        may_cancel=pair.state in PAIR["cancel"].sources,
        alerts=alerts_of(pair, today=clock.today()),
        is_over=pair.state not in LIVE_PAIR_STATES,
        steps=course_steps(pair, vocabulary),
        events=tell_journal(journal_of_pair(pair), pair.cohort),
        derogations=pool.derogations_of_pair(pair.mentor, pair.mentee),
        concerns=concerns_coordinated_by(person_of(request)).filter(pair=pair),
        links=_links_above(pair),
        breadcrumb=_trail(pair),
    )


def _links_above(pair: Pair) -> list[dict[str, Any]]:
    """What the apps above offer for this pair, where they are installed."""
    offers = []
    if pair.state in PAIR["complete"].sources:
        offers.append(("meetings:complete", _("Clore {le binôme}, {mené|binôme} à terme"), "flag"))
    if pair.state in PAIR["stop"].sources:
        offers.append(("meetings:stop", _("Arrêter {le binôme}"), "hand-stop"))
    if pair.introduced_at:
        offers.append(
            ("portal:team_commitments", _("Voir où en sont les engagements"), "heart-handshake")
        )
    if pair.started_on:
        label = _("Lire les réponses données {à l'équipe}")
        offers.append(("meetings:answers", label, "clipboard-list"))
    if pair.cohort.rules.agreement.kind == "convention" and pair.introduced_at:
        offers.insert(0, ("charters:convention", _("Voir {la convention}"), "signature"))
    links = []
    for name, label, icon in offers:
        try:
            url = reverse(name, args=[pair.pk])
        except NoReverseMatch:
            continue
        links.append({"url": url, "label": fill(label, pair.cohort.vocabulary), "icon": icon})
    return links


def _tabs(cohort: Cohort, chosen: str) -> list[dict[str, Any]]:
    counts = desk.pairs_by_state(cohort)
    address = reverse("programmes:cohort_pairs", args=[cohort.pk])
    running = sum(counts.get(state, 0) for state in RUNNING_PAIR_STATES)
    tabs: list[tuple[str, str, int]] = [
        ("", str(_("Tous")), sum(counts.values())),
        ("running", str(_("Tous ceux en route")), running),
    ]
    for state in PairState:
        if state in counts or state == chosen:
            label = pair_state(state, cohort.vocabulary)
            tabs.append((state.value, label[:1].upper() + label[1:], counts.get(state, 0)))
    return [
        {
            "label": label,
            "url": f"{address}?state={state}" if state else address,
            "active": state == chosen,
            "badge": number,
        }
        for state, label, number in tabs
    ]


def _trail(pair: Pair) -> list[dict[str, Any]]:
    label = f"{pair.cohort.name} – " + fill(_("{binômes}"), pair.cohort.vocabulary)
    return [{"label": label, "url": reverse("programmes:cohort_pairs", args=[pair.cohort_id])}]


def _address(pair: Pair) -> str:
    return reverse("programmes:team_pair", args=[pair.pk])
