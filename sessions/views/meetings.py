"""One meeting: its page, and each step in its life."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from notifications.planner import paris_date
from people import clock
from people.dates import date_format
from people.models import Person
from programmes.enums import PairState
from programmes.policy.arranging import is_late_notice, new_date_awaited_on
from programmes.policy.terms import Role
from programmes.sentences import in_words
from programmes.views.context import person_of
from programmes.words import fill
from sessions import permissions
from sessions.calendar_file import calendar_of, place_of, title_of
from sessions.enums import MeetingState, PlaceChoice
from sessions.forms.appointments import DetailsForm, HeldForm, length_in_words
from sessions.models import Meeting
from sessions.queries import meetings_of, pair_record
from sessions.services import answering, recording
from sessions.services.judging import number_of
from sessions.topics import topics
from sessions.views.appointments import guide_moments
from sessions.views.frame import (
    carry_out,
    find_meeting,
    guides_at,
    meeting_url,
    other_of,
    pair_url,
    role_of,
    say,
    show,
)


@login_required
@require_safe
def meeting(request: HttpRequest, pk: int) -> HttpResponse:
    """When, where, about what, where it stands, and what one may do."""
    found, now, person = find_meeting(request, pk), clock.now(), person_of(request)
    pair, role = found.pair, role_of(request, found.pair)
    series = meetings_of(pair).filter(series=found.series).exclude(series=None)
    return show(
        request,
        "meeting",
        pair=pair,
        meeting=found,
        rows=_rows(found, role),
        link=found.video_link if found.place == PlaceChoice.VIDEO and found.is_open else "",
        may=_may(person, found, now),
        series=list(series),
        open_in_series=series.filter(state=MeetingState.PROPOSED).count(),
        is_past=found.starts_at <= now,
        held_form=HeldForm(meeting=found),
        new_date_by=_new_date_by(found, now),
        guides=guides_at(pair, role, *guide_moments(number_of(pair, found.starts_at)))
        if found.is_open
        else [],
    )


@login_required
@require_POST
def accept(request: HttpRequest, pk: int) -> HttpResponse:
    """Accept the date, or with `series` the whole calendar."""
    found = find_meeting(request, pk)
    service: Callable[..., Any] = answering.accept_meeting
    done = _("C'est convenu. {Ajoute/Ajoutez} la date à {ton/votre} agenda.")
    if "series" in request.POST:
        service = answering.accept_series
        done = _("C'est convenu pour tout le calendrier.")
    return _step(request, found, service, done=done)


@login_required
@require_POST
def decline(request: HttpRequest, pk: int) -> HttpResponse:
    found = find_meeting(request, pk)
    return _step(request, found, answering.decline_meeting, done=_("La date est déclinée."))


@login_required
@require_http_methods(["GET", "POST"])
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask first: a date agreed on is cancelled by a major constraint only (D13)."""
    found, now = find_meeting(request, pk), clock.now()
    rules = found.pair.cohort.rules
    if request.method == "POST":
        return _step(
            request,
            found,
            answering.cancel_meeting,
            done=_("C'est annulé ; l'autre est au courant."),
        )
    is_planned = found.state == MeetingState.PLANNED
    return show(
        request,
        "cancel",
        pair=found.pair,
        meeting=found,
        is_planned=is_planned,
        is_late=is_planned and is_late_notice(rules, starts_at=found.starts_at, told_at=now),
        notice_hours=rules.meetings.notice_hours,
        within=in_words(rules.meetings.new_date_within) if rules.meetings.new_date_within else "",
        cancel_url=meeting_url(found),
    )


@login_required
@require_POST
def held(request: HttpRequest, pk: int) -> HttpResponse:
    found = find_meeting(request, pk)
    form = HeldForm(request.POST, meeting=found)
    minutes = form.cleaned_data["minutes"] if form.is_valid() else found.minutes
    done = _("C'est noté.")
    return _step(request, found, recording.mark_held, done=done, leads_on=True, minutes=minutes)


@login_required
@require_POST
def missed(request: HttpRequest, pk: int) -> HttpResponse:
    found = find_meeting(request, pk)
    done = _("C'est noté.")
    return _step(request, found, recording.mark_missed, done=done, leads_on=True)


@login_required
@require_POST
def expire(request: HttpRequest, pk: int) -> HttpResponse:
    """Put away a proposal that nobody answered in time."""
    found = find_meeting(request, pk)
    return _step(request, found, answering.expire_meeting, done=_("La proposition est classée."))


@login_required
@require_http_methods(["GET", "POST"])
def details(request: HttpRequest, pk: int) -> HttpResponse:
    """The topic, where exactly, the link; the date stays."""
    found, now = find_meeting(request, pk), clock.now()
    form = DetailsForm(request.POST or None, meeting=found)
    breaches: list[str] = []
    if form.is_valid():
        kept = {
            name: form.cleaned_data.get(name, getattr(found, name))
            for name in ("topic", "place_name", "address", "video_link")
        }
        breaches = carry_out(
            request,
            lambda: recording.change_details(found, **kept, by=person_of(request), at=now),
            done=_("C'est enregistré."),
            pair=found.pair,
        )
        if not breaches:
            return redirect(meeting_url(found))
    return show(
        request,
        "appointment",
        pair=found.pair,
        form=form,
        breaches=breaches,
        title=_("Préciser le rendez-vous"),
        submit_label=_("Enregistrer"),
        cancel_url=meeting_url(found),
    )


@login_required
@require_safe
def ics(request: HttpRequest, pk: int) -> HttpResponse:
    """The file for one's own calendar."""
    found = find_meeting(request, pk)
    other = other_of(found.pair, role_of(request, found.pair))
    content = calendar_of(
        found,
        title=title_of(found, other=other.get_full_name()),
        path=reverse("meetings:meeting", args=[found.pk]),
    )
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="rencontre-{found.pk}.ics"'
    return response


def _step(
    request: HttpRequest,
    found: Meeting,
    service: Callable[..., Any],
    *,
    done: str,
    leads_on: bool = False,
    **more: Any,
) -> HttpResponse:
    """One step without a form of its own; what stands against it is said on the meeting's page.

    A step that `leads_on` ends on the pair's page, which tells what is next.
    """
    breaches = carry_out(
        request,
        lambda: service(found, by=person_of(request), at=clock.now(), **more),
        done=done,
        pair=found.pair,
    )
    say(request, breaches)
    return redirect(pair_url(found.pair) if leads_on and not breaches else meeting_url(found))


def _may(person: Person, found: Meeting, now: datetime) -> dict[str, bool]:
    reports = permissions.may_report(person, found, at=now)
    return {
        "answer": permissions.may_answer(person, found, at=now),
        "take_back": permissions.may_take_back(person, found, at=now),
        "cancel": permissions.may_cancel(person, found, at=now),
        "move": permissions.may_move(person, found, at=now),
        "detail": found.is_open and found.starts_at > now,
        "say_held": reports and found.state != MeetingState.HELD,
        "say_missed": reports and found.state in (MeetingState.PLANNED, MeetingState.HELD),
        "expire": found.state == MeetingState.PROPOSED and found.starts_at <= now,
        "propose": permissions.may_propose(person, found.pair),
        "export": found.starts_at > now
        and found.accepted_at is not None
        and found.state in (MeetingState.PLANNED, MeetingState.CANCELLED),
    }


def _rows(found: Meeting, role: Role) -> list[tuple[str, str]]:
    known = topics(found.pair.cohort.rules, found.pair.mentee.objectives.all())
    when = date_format(found.local_start, "l j F Y")
    at = date_format(found.local_start, "H:i")
    rows = [
        (_("Jour"), when),
        (_("Heure de Paris"), at),
        (_("Durée"), length_in_words(found.minutes)),
        (_("Lieu"), found.get_place_display()),
    ]
    if found.place not in (PlaceChoice.VIDEO, PlaceChoice.PHONE):
        is_known = found.booking or found.place_name or found.address
        rows.append((_("Où exactement"), place_of(found) if is_known else ""))
    topic = known.get(found.topic, _("Le sujet choisi auparavant") if found.topic else "")
    rows.append((_("Sujet"), str(topic)))
    if found.state == MeetingState.PROPOSED:
        proposed = fill(_("{Proposé|rencontre} par"), found.pair.cohort.vocabulary)
        rows.append((proposed, _one_of_two(found, role, found.proposed_by_id)))
    elif found.cancelled_at and (who := _one_of_two(found, role, found.cancelled_by_id)):
        told = {"who": who, "day": date_format(localtime(found.cancelled_at), "j F")}
        rows.append((_("Annulé par"), _("%(who)s, le %(day)s") % told))
    return rows


def _one_of_two(found: Meeting, role: Role, person: int | None) -> str:
    """This person as the reader says them; nothing of somebody who is not one of the two."""
    pair = found.pair
    if person == pair.side(role).person_id:
        return fill(_("{toi/vous}"), pair.cohort.vocabulary, to=role)
    return str(other_of(pair, role)) if person == pair.side(role.other).person_id else ""


def _new_date_by(found: Meeting, now: datetime) -> str:
    """By when a new date is sought in place of this one, as long as that is to come (D13)."""
    if found.state != MeetingState.CANCELLED or found.pair.state != PairState.ACTIVE:
        return ""
    day = new_date_awaited_on(found.pair.cohort.rules, pair_record(found.pair))
    return date_format(day, "l j F") if day and day >= paris_date(now) else ""
