"""The team's pages: facts of meetings, rooms, closing and stopping pairs."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from notifications.planner import paris_date
from people import clock
from programmes.models import Pair, Room
from programmes.navigation import vocabulary_of
from programmes.policy.course import judge_completion
from programmes.policy.terms import Role
from programmes.queries.visibility import pairs_coordinated_by
from programmes.sentences import tell_all
from programmes.services import pairs
from programmes.views.coordinator.frame import (
    carry_out,
    find_cohort,
    find_pair,
    find_programme,
    other_parameters,
    page_of,
    person_of,
    show,
)
from sessions.enums import MeetingState
from sessions.forms.course import CompleteForm, RoomForm, StopForm
from sessions.models import EndDeclaration, RoomBooking
from sessions.queries import cohort_meetings as meetings_in
from sessions.queries import pair_record, reviews_open_to_team
from sessions.services import endings, rooms
from sessions.sheets import sheet_of

TONES = {
    MeetingState.PROPOSED: "warning",
    MeetingState.PLANNED: "info",
    MeetingState.HELD: "success",
    MeetingState.CANCELLED: "danger",
    MeetingState.MISSED: "danger",
}

AHEAD = "ahead"  # agreed on, and still to come


@login_required
@require_safe
def cohort_meetings(request: HttpRequest, pk: int) -> HttpResponse:
    """When, how long, what became of it: facts of a cohort's meetings, nothing of what they are about."""
    cohort = find_cohort(request, pk)
    state = request.GET.get("state", "")
    rows = meetings_in(cohort).order_by("-starts_at", "-pk")
    if state == AHEAD:
        rows = rows.filter(state=MeetingState.PLANNED, starts_at__gt=clock.now())
    elif state in MeetingState.values:
        rows = rows.filter(state=state)
    page = page_of(request, rows)
    return show(
        request,
        "meetings/coordinator/cohort_meetings.html",
        of=cohort,
        place="meetings",
        page_obj=page,
        rows=[(meeting, TONES.get(MeetingState(meeting.state), "neutral")) for meeting in page],
        query=other_parameters(request),
        states=[*MeetingState.choices, (AHEAD, _("à venir"))],
        state=state,
    )


@login_required
@require_http_methods(["GET", "POST"])
def complete(request: HttpRequest, pk: int) -> HttpResponse:
    """Close a pair: what the programme calls complete, and what is missing, with a reason (D8)."""
    pair, now = find_pair(request, pk), clock.now()
    verdict = judge_completion(pair.cohort.rules, pair_record(pair), today=paris_date(now))
    missing = tell_all(verdict.breaches, pair.cohort.vocabulary)
    form = CompleteForm(request.POST or None) if missing else None
    breaches: list[str] = []
    if request.method == "POST" and (form is None or form.is_valid()):
        despite = form.cleaned_data["despite"] if form else ""
        breaches = carry_out(
            request,
            lambda: endings.complete(pair, by=person_of(request), at=now, despite=despite),
            done=_("C'est clos ; les deux personnes reçoivent un courriel."),
            vocabulary=pair.cohort.vocabulary,
        )
        if not breaches:
            return redirect(team_pair_url(pair))
    return show(
        request,
        "meetings/coordinator/complete.html",
        of=pair.cohort,
        place="pairs",
        pair=pair,
        form=form,
        missing=missing,
        advisories=tell_all(verdict.advisories, pair.cohort.vocabulary),
        declared=[
            (pair.side(Role(one.role)).known_as, one.declared_at)
            for one in EndDeclaration.objects.filter(pair=pair)
        ],
        breaches=breaches,
        cancel_url=team_pair_url(pair),
    )


@login_required
@require_http_methods(["GET", "POST"])
def stop(request: HttpRequest, pk: int) -> HttpResponse:
    """End a pair before its time, with a reason from the list."""
    pair, now = find_pair(request, pk), clock.now()
    form = StopForm(request.POST or None)
    breaches: list[str] = []
    if form.is_valid():
        breaches = carry_out(
            request,
            lambda: pairs.stop_pair(
                pair, reason=form.cleaned_data["reason"], by=person_of(request), at=now
            ),
            done=_("C'est arrêté ; les deux personnes reçoivent un courriel."),
            vocabulary=pair.cohort.vocabulary,
        )
        if not breaches:
            return redirect(team_pair_url(pair))
    return show(
        request,
        "meetings/coordinator/stop.html",
        of=pair.cohort,
        place="pairs",
        pair=pair,
        form=form,
        breaches=breaches,
        cancel_url=team_pair_url(pair),
    )


@login_required
@require_safe
def answers(request: HttpRequest, pk: int) -> HttpResponse:
    """The answers that were given to the team: their page said so; private bilans are not here (C3)."""
    pair = find_pair(request, pk)
    titles = {one.code: one for one in pair.cohort.rules.milestones}
    sheets = [
        {
            "milestone": titles[review.milestone],
            "who": pair.side(review.as_role).known_as,
            "on": review.done_at,
            "rows": sheet_of(titles[review.milestone], review.as_role, review, pair),
        }
        for review in reviews_open_to_team(pair)
        if review.milestone in titles
    ]
    return show(
        request,
        "meetings/coordinator/answers.html",
        of=pair.cohort,
        place="pairs",
        pair=pair,
        sheets=sheets,
        cancel_url=team_pair_url(pair),
    )


@login_required
@require_http_methods(["GET", "POST"])
def programme_rooms(request: HttpRequest, organisation: str, slug: str) -> HttpResponse:
    """The rooms that the organisation lends, and who has them in the coming weeks (W2, W3)."""
    programme, now = find_programme(request, organisation, slug), clock.now()
    form = RoomForm(request.POST or None, instance=Room(organisation=programme.organisation))
    if form.is_valid():
        given = {name: form.cleaned_data[name] for name in ("name", "address", "seats")}
        carry_out(
            request,
            lambda: rooms.add_room(programme.organisation, **given),
            done=_("La salle est proposée."),
            vocabulary=vocabulary_of(programme, None),
        )
        return redirect(request.path)
    return show(
        request,
        "meetings/coordinator/rooms.html",
        of=programme,
        place="rooms",
        form=form,
        rooms=Room.objects.filter(organisation=programme.organisation),
        bookings=RoomBooking.objects.filter(
            room__organisation=programme.organisation,
            ends_at__gt=now,
            starts_at__lt=now + timedelta(weeks=6),
        ).select_related("room", "meeting__pair__mentor__person", "meeting__pair__mentee__person"),
        visible=set(
            pairs_coordinated_by(person_of(request))
            .filter(cohort__programme__organisation=programme.organisation)
            .values_list("pk", flat=True)
        ),
    )


@login_required
@require_http_methods(["GET", "POST"])
def room(request: HttpRequest, organisation: str, slug: str, pk: int) -> HttpResponse:
    """Change a room, or offer it no longer."""
    programme = find_programme(request, organisation, slug)
    found = get_object_or_404(Room, organisation=programme.organisation, pk=pk)
    form = RoomForm(request.POST or None, instance=found)
    url = reverse("meetings:rooms", args=[organisation, slug])
    if form.is_valid():
        given: dict[str, Any] = form.cleaned_data
        carry_out(
            request,
            lambda: rooms.change_room(found, **given),
            done=_("C'est enregistré."),
            vocabulary=vocabulary_of(programme, None),
        )
        return redirect(url)
    return show(
        request,
        "meetings/coordinator/room.html",
        of=programme,
        place="rooms",
        form=form,
        room=found,
        cancel_url=url,
    )


def team_pair_url(pair: Pair) -> str:
    return reverse("programmes:team_pair", args=[pair.pk])
