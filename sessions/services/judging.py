"""Everything that stands against an appointment of a pair, all at once."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.utils.translation import gettext_noop

from people.clock import PARIS
from people.models import Person
from programmes.enums import PairState
from programmes.models import Pair
from programmes.permissions import role_in
from programmes.policy.arranging import MeetingPlan, judge_meeting, places_for
from programmes.policy.entering import judge_first_meeting_preparation
from programmes.policy.rules import PlaceKind
from programmes.policy.terms import Role
from programmes.policy.verdict import CLEAR, Breach, Sentence, Verdict, verdict_of
from programmes.queries.candidates import candidate_of
from sessions.appointments import Appointment
from sessions.enums import COUNTED_STATES, MeetingState
from sessions.models import Meeting
from sessions.queries.rooms import free_rooms, rooms_of
from sessions.services.rooms import room_taken
from sessions.topics import topics


def judge_appointment(
    pair: Pair,
    appointment: Appointment,
    *,
    by: Role,
    at: datetime,
    instead_of: Meeting | None = None,
    with_topic: bool = True,
) -> Verdict:
    """May this side propose this appointment now? `instead_of` is the meeting it would change."""
    rules = pair.cohort.rules
    number = number_of(pair, appointment.starts_at, except_for=instead_of)
    room = appointment.room if appointment.place is PlaceKind.ROOM else None
    plan = MeetingPlan(
        number=number,
        starts_at=appointment.starts_at,
        minutes=appointment.minutes,
        place=appointment.place,
        topic=appointment.topic,
        room_booked=room is not None,
        proposed_by=by if with_topic else None,
    )
    verdict = verdict_of(_circumstances(pair, appointment, instead_of))
    verdict += judge_meeting(rules, plan, now=at)
    if number == 1:
        verdict += judge_preparation(pair, by=by, at=at)
    return verdict


def judge_preparation(pair: Pair, *, by: Role, at: datetime) -> Verdict:
    """Are the mentee's objectives set, where they must be before the first meeting (I6)?"""
    candidate = candidate_of(pair.mentee, today=at.astimezone(PARIS).date())
    verdict = judge_first_meeting_preparation(pair.cohort.rules, candidate)
    if verdict.is_clear or by is Role.MENTEE:
        return verdict
    text = gettext_noop("{le mentoré} fixe d'abord ses objectifs.")
    return verdict_of([Breach("objectives:not_set", Sentence(text), about=Role.MENTEE)])


def judge_running(pair: Pair) -> Verdict:
    """Appointments are made while a pair is active."""
    if pair.state == PairState.ACTIVE:
        return CLEAR
    text = gettext_noop("{le binôme} n'est pas en cours : aucune date ne peut être fixée.")
    return verdict_of([Breach("pair:not_active", Sentence(text))])


def judge_rooms(pair: Pair) -> Verdict:
    """Is there a room at all, where the first meeting takes place nowhere else (W2)?"""
    is_needed = places_for(pair.cohort.rules, 1) == (PlaceKind.ROOM,)
    if not is_needed or rooms_of(pair.cohort.programme.organisation).exists():
        return CLEAR
    text = gettext_noop(
        "{La première rencontre} se tient dans une salle {de l'association} et aucune n'est encore enregistrée ; {l'équipe} peut en ajouter une."
    )
    return verdict_of([Breach("room:none", Sentence(text))])


def number_of(pair: Pair, starts_at: datetime, *, except_for: Meeting | None = None) -> int:
    """The rank that a meeting at that time has among the pair's, the first being 1."""
    earlier = Meeting.objects.filter(pair=pair, state__in=COUNTED_STATES, starts_at__lt=starts_at)
    if except_for is not None:
        earlier = earlier.exclude(pk=except_for.pk)
    return earlier.count() + 1


def appointment_of(meeting: Meeting) -> Appointment:
    """A meeting as the appointment that it is."""
    return Appointment(
        starts_at=meeting.starts_at,
        minutes=meeting.minutes,
        place=meeting.place_kind,
        place_name=meeting.place_name,
        address=meeting.address,
        video_link=meeting.video_link,
        topic=meeting.topic,
        room=meeting.booking.room if meeting.booking else None,
    )


def role_of(person: Person, pair: Pair) -> Role:
    """Which of the two it is; raise ValueError for anyone else."""
    role = role_in(person, pair)
    if role is None:
        raise ValueError(f"person {person.pk} is not in pair {pair.pk}")
    return role


def _circumstances(
    pair: Pair, appointment: Appointment, instead_of: Meeting | None
) -> Iterator[Breach]:
    yield from judge_running(pair).breaches
    same = Meeting.objects.filter(
        pair=pair, state__in=COUNTED_STATES, starts_at=appointment.starts_at
    )
    if instead_of is not None:
        same = same.exclude(pk=instead_of.pk)
    if same.exists():
        text = gettext_noop("Vous avez déjà un rendez-vous le %(day)s à cette heure.")
        yield Breach("meeting:twice", Sentence(text, {"day": appointment.starts_at}))
    if appointment.topic and appointment.topic not in topics(
        pair.cohort.rules, pair.mentee.objectives.all()
    ):
        text = gettext_noop("{Choisis/Choisissez} un sujet de la liste.")
        yield Breach("meeting:unknown_topic", Sentence(text))
    room = appointment.room
    if appointment.place is PlaceKind.ROOM and room is not None:
        is_free = (
            free_rooms(
                pair.cohort.programme.organisation,
                starts_at=appointment.starts_at,
                ends_at=appointment.ends_at,
                except_for=instead_of,
            )
            .filter(pk=room.pk)
            .exists()
        )
        if not is_free:
            yield room_taken(room, appointment.starts_at)


def is_overdue(meeting: Meeting, at: datetime) -> bool:
    """A date proposed that nobody answered in time."""
    return meeting.state == MeetingState.PROPOSED and meeting.starts_at <= at
