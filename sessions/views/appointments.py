"""Proposing: one date, another date, a whole calendar; noting one that took place."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from people import clock
from programmes.models import Pair
from programmes.policy.arranging import calendar_step
from programmes.policy.terms import Role
from programmes.sentences import every_in_words, tell_all
from programmes.views.context import person_of
from sessions.appointments import in_series
from sessions.enums import COUNTED_STATES, MeetingState
from sessions.forms.appointments import (
    AppointmentForm,
    LogForm,
    PlaceForm,
    SeriesForm,
    ends_at,
    initial_of,
)
from sessions.models import Meeting
from sessions.queries import free_rooms, meetings_of
from sessions.services import arranging, recording
from sessions.services.judging import judge_preparation, judge_rooms, judge_running
from sessions.views.frame import (
    carry_out,
    find_meeting,
    find_pair,
    guides_at,
    meeting_url,
    other_of,
    pair_url,
    role_of,
    show,
)

SHOW_ROOMS = "show_rooms"


@login_required
@require_http_methods(["GET", "POST"])
def propose(request: HttpRequest, pair: int) -> HttpResponse:
    """Propose a date; before the first, the objectives where the programme wants them (I6)."""
    found, now = find_pair(request, pair), clock.now()
    role = role_of(request, found)
    obstacles = _obstacles(found, role, now)
    if obstacles:
        return show(
            request, "not_yet", pair=found, breaches=obstacles, **_what_to_do(found, role, now)
        )
    form = _form(request, AppointmentForm, found, role, now)
    made: list[Meeting] = []

    def act() -> None:
        made.append(
            arranging.propose_meeting(
                found, appointment=form.appointment(), by=person_of(request), at=now
            )
        )

    title = _("Proposer une date")
    done = _("La date est proposée ; un e-mail prévient l'autre.")
    return _handle(request, found, form, act, made, title=title, done=done, submit=_("Proposer"))


@login_required
@require_http_methods(["GET", "POST"])
def series(request: HttpRequest, pair: int) -> HttpResponse:
    """Propose the whole calendar (D10)."""
    found, now = find_pair(request, pair), clock.now()
    role = role_of(request, found)
    obstacles = _obstacles(found, role, now)
    if obstacles:
        return show(
            request, "not_yet", pair=found, breaches=obstacles, **_what_to_do(found, role, now)
        )
    form = _form(request, SeriesForm, found, role, now)
    made: list[Meeting] = []

    def act() -> None:
        dates = in_series(
            form.appointment(), form.cleaned_data["count"], every=calendar_step(found.cohort.rules)
        )
        made.extend(arranging.plan_series(found, appointments=dates, by=person_of(request), at=now))

    title, done = _("Fixer tout le calendrier"), _("Le calendrier est proposé.")
    return _handle(
        request, found, form, act, made, title=title, done=done, submit=_("Proposer ces dates")
    )


@login_required
@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Another date instead of the one proposed, or of the one agreed on."""
    meeting, now = find_meeting(request, pk), clock.now()
    pair, role = meeting.pair, role_of(request, meeting.pair)
    form = _form(request, AppointmentForm, pair, role, now, instead_of=meeting)
    is_agreed = meeting.state == MeetingState.PLANNED
    service = arranging.move_meeting if is_agreed else arranging.counter_propose
    made: list[Meeting] = []

    def act() -> None:
        made.append(service(meeting, appointment=form.appointment(), by=person_of(request), at=now))

    title = _("Changer la date") if is_agreed else _("Proposer une autre date")
    done = _("La nouvelle date est proposée ; un e-mail prévient l'autre.")
    return _handle(
        request, pair, form, act, made or [meeting], title=title, done=done,
        submit=_("Proposer cette date"), meeting=meeting,
    )  # fmt: skip


@login_required
@require_http_methods(["GET", "POST"])
def log(request: HttpRequest, pair: int) -> HttpResponse:
    """Note a meeting that took place without having been arranged here."""
    found, now = find_pair(request, pair), clock.now()
    held = meetings_of(found).filter(state=MeetingState.HELD).count()
    form = LogForm(request.POST or None, pair=found, number=held + 1)
    made: list[Meeting] = []

    def act() -> None:
        made.append(
            recording.log_meeting(
                found, appointment=form.appointment(), by=person_of(request), at=now
            )
        )

    return _handle(
        request, found, form, act, made, title=_("Noter {une rencontre} qui a eu lieu"),
        done=_("C'est noté."), submit=_("Noter"),
    )  # fmt: skip


def _handle(
    request: HttpRequest,
    pair: Pair,
    form: PlaceForm,
    act: Callable[[], None],
    made: list[Meeting],
    *,
    title: str,
    done: str,
    submit: str,
    meeting: Meeting | None = None,
) -> HttpResponse:
    """Bind, act, redirect; or show the form again with everything that stands against it."""
    breaches: list[str] = []
    asks_for_rooms = SHOW_ROOMS in request.POST
    if request.method == "POST" and not asks_for_rooms and form.is_valid():
        breaches = carry_out(request, act, done=done, pair=pair)
        if not breaches:
            return redirect(meeting_url(made[0]) if made else pair_url(pair))
    role = role_of(request, pair)
    moments = ["place"] if isinstance(form, AppointmentForm) else []
    return show(
        request,
        "appointment",
        pair=pair,
        form=form,
        breaches=breaches,
        title=title,
        submit_label=submit,
        guides=guides_at(pair, role, *moments),
        prefers_in_person=bool(moments) and pair.cohort.rules.meetings.in_person_preferred,
        place_advice=pair.cohort.rules.meetings.place_advice if moments else "",
        offers_rooms=isinstance(form, AppointmentForm) and form.has_rooms,
        offers_calendar=type(form) is AppointmentForm
        and meeting is None
        and _has_a_step_ahead(pair),
        calendar_every=every_in_words(calendar_step(pair.cohort.rules)),
        can_log=meeting is None and not isinstance(form, LogForm),
        cancel_url=meeting_url(meeting) if meeting else pair_url(pair),
        meeting=meeting,
        notice_hours=pair.cohort.rules.meetings.notice_hours,
    )


def _has_a_step_ahead(pair: Pair) -> bool:
    """Whether a second date of a calendar could still come before the end."""
    end = pair.planned_end_on
    return end is None or calendar_step(pair.cohort.rules).after(clock.today()) <= end


def _form(
    request: HttpRequest,
    kind: type[AppointmentForm],
    pair: Pair,
    role: Role,
    now: datetime,
    *,
    instead_of: Meeting | None = None,
) -> Any:
    """The form as sent; or, when the free rooms are asked for, the same content with only these."""
    known = meetings_of(pair).filter(state__in=COUNTED_STATES)
    if instead_of is not None:
        known = known.filter(starts_at__lt=instead_of.starts_at).exclude(pk=instead_of.pk)
    options: dict[str, Any] = {"pair": pair, "role": role, "number": known.count() + 1}
    initial = initial_of(instead_of) if instead_of else {}
    if request.method != "POST":
        return kind(initial=initial, **options)
    form = kind(request.POST, **options)
    if SHOW_ROOMS not in request.POST:
        return form
    form.is_valid()
    if {"day", "time", "minutes"} <= form.cleaned_data.keys():
        options["free_rooms"] = free_rooms(
            pair.cohort.programme.organisation,
            starts_at=form.starts_at,
            ends_at=ends_at(form),
            except_for=instead_of,
        )
    given = {name: request.POST.get(name, "") for name in form.fields}
    shown = kind(initial=given, **options)
    if "free_rooms" not in options:
        shown.field("room").help_text = _("Donnez d'abord le jour et l'heure.")
    return shown


def _obstacles(pair: Pair, role: Role, now: datetime) -> list[str]:
    """What stands against any date at all, before a form is worth showing."""
    verdict = judge_running(pair)
    if not meetings_of(pair).filter(state__in=COUNTED_STATES).exists():
        verdict += judge_preparation(pair, by=role, at=now) + judge_rooms(pair)
    return tell_all(verdict.breaches, pair.cohort.vocabulary, to=role)


def _what_to_do(pair: Pair, role: Role, now: datetime) -> dict[str, Any]:
    lacks_objectives = (
        judge_running(pair).is_clear and not judge_preparation(pair, by=role, at=now).is_clear
    )
    return {
        "sets_objectives": lacks_objectives and role is Role.MENTEE,
        "waits_for": other_of(pair, role) if lacks_objectives and role is Role.MENTOR else None,
        "guides": guides_at(pair, role, "before_first"),
        "cancel_url": pair_url(pair),
    }


def guide_moments(number: int) -> Iterable[str]:
    """Which guides suit the pair's meeting of this rank."""
    return {1: ("before_first", "first_meeting"), 2: ("before_second", "second_meeting")}.get(
        number, ("meetings",)
    )
