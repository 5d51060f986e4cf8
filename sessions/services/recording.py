"""What became of a meeting: held, missed, logged afterwards; its details, never its contents."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_noop

from people.clock import PARIS
from people.models import Person
from programmes.enums import PairState
from programmes.lifecycle import next_state
from programmes.models import Pair
from programmes.policy.arranging import judge_minutes, places_for
from programmes.policy.verdict import Breach, Sentence, Verdict, verdict_of
from programmes.sentences import Refused
from programmes.services.journal import lock
from sessions.appointments import Appointment
from sessions.enums import MeetingState
from sessions.lifecycle import MEETING
from sessions.models import Meeting
from sessions.services.answering import expire_unanswered
from sessions.services.judging import number_of
from sessions.services.steps import lock_both, record_of
from sessions.topics import topics

# Meetings are reported while a pair runs; a pause does not undo what took place.
REPORTING_STATES = (PairState.ACTIVE, PairState.PAUSED)


@transaction.atomic
def mark_held(meeting: Meeting, *, minutes: int, by: Person, at: datetime) -> Meeting:
    """One of the two says that it took place, and how long; after a miss it is a correction."""
    pair, meeting = lock_both(meeting)
    state = next_state(MEETING, "hold", meeting.state)
    verdict = _reporting(pair) + _after_its_beginning(meeting, at)
    verdict += judge_minutes(pair.cohort.rules, minutes)
    if not verdict.is_clear:
        raise Refused(verdict)
    corrects = meeting.state == MeetingState.MISSED
    meeting.state = state
    meeting.minutes = minutes
    meeting.held_at = meeting.changed_at = at
    meeting.save()
    record_of("meeting_held", meeting, by=by, at=at, minutes=minutes, corrects=corrects)
    return meeting


@transaction.atomic
def mark_missed(meeting: Meeting, *, by: Person, at: datetime) -> Meeting:
    """One of the two says that it did not take place, without anybody's fault being named."""
    pair, meeting = lock_both(meeting)
    state = next_state(MEETING, "miss", meeting.state)
    verdict = _reporting(pair) + _after_its_beginning(meeting, at)
    if not verdict.is_clear:
        raise Refused(verdict)
    corrects = meeting.state == MeetingState.HELD
    meeting.state = state
    meeting.held_at = None
    meeting.changed_at = at
    meeting.save()
    record_of("meeting_missed", meeting, by=by, at=at, corrects=corrects)
    return meeting


@transaction.atomic
def log_meeting(pair: Pair, *, appointment: Appointment, by: Person, at: datetime) -> Meeting:
    """Write down a meeting that took place without having been arranged here."""
    pair = lock(pair)
    expire_unanswered(pair, by=by, at=at)
    verdict = _reporting(pair) + _took_place(pair, appointment, at)
    verdict += judge_minutes(pair.cohort.rules, appointment.minutes)
    if not verdict.is_clear:
        raise Refused(verdict)
    meeting = Meeting.objects.create(
        pair=pair,
        state=MeetingState.HELD,
        starts_at=appointment.starts_at,
        minutes=appointment.minutes,
        place=appointment.place,
        topic=appointment.topic,
        proposed_by=by,
        proposed_at=at,
        held_at=at,
        changed_at=at,
    )
    record_of("meeting_logged", meeting, by=by, at=at, minutes=meeting.minutes)
    return meeting


@transaction.atomic
def change_details(
    meeting: Meeting,
    *,
    topic: str,
    place_name: str,
    address: str,
    video_link: str,
    by: Person,
    at: datetime,
) -> Meeting:
    """Say more of a meeting to come: its topic, where exactly, the link. No date changes (S5, W5)."""
    pair, meeting = lock_both(meeting)
    if not meeting.is_open:
        next_state(MEETING, "cancel", meeting.state)  # raises: only what is to come is changed
    if topic and topic not in topics(pair.cohort.rules, pair.mentee.objectives.all()):
        text = gettext_noop("{Choisis/Choisissez} un sujet de la liste.")
        raise Refused(verdict_of([Breach("meeting:unknown_topic", Sentence(text))]))
    meeting.topic, meeting.video_link = topic, video_link
    meeting.place_name, meeting.address = place_name, address
    meeting.sequence += 1
    meeting.changed_at = at
    meeting.save()
    record_of("meeting_detailed", meeting, by=by, at=at)
    return meeting


def _reporting(pair: Pair) -> Verdict:
    if pair.state in REPORTING_STATES:
        return verdict_of([])
    text = gettext_noop("{le binôme} n'est pas en cours : plus rien ne s'y note.")
    return verdict_of([Breach("pair:not_running", Sentence(text))])


def _after_its_beginning(meeting: Meeting, at: datetime) -> Verdict:
    if at >= meeting.starts_at:
        return verdict_of([])
    text = gettext_noop("{la rencontre} n'a pas encore commencé.")
    return verdict_of([Breach("meeting:not_begun", Sentence(text))])


def _took_place(pair: Pair, appointment: Appointment, at: datetime) -> Verdict:
    breaches = []
    if appointment.starts_at > at:
        text = gettext_noop("Cette date est à venir : {propose/proposez}-la plutôt.")
        breaches.append(Breach("meeting:to_come", Sentence(text)))
    introduced_at = pair.introduced_at
    if introduced_at is not None and appointment.starts_at < introduced_at:
        text = gettext_noop("Cette date précède la mise en relation, le %(day)s.")
        facts = {"day": introduced_at.astimezone(PARIS).date()}
        breaches.append(Breach("meeting:too_early", Sentence(text, facts)))
    number = number_of(pair, appointment.starts_at)
    if appointment.place not in places_for(pair.cohort.rules, number):
        text = gettext_noop("Ce genre de lieu n'est pas prévu par le programme.")
        if number == 1:
            text = gettext_noop(
                "{La première rencontre} se tient dans un lieu que le programme fixe."
            )
        breaches.append(Breach("meeting:place", Sentence(text)))
    same = Meeting.objects.filter(
        pair=pair, starts_at=appointment.starts_at, state__in=(*MEETING["hold"].sources, "held")
    )
    if same.exists():
        text = gettext_noop("Un rendez-vous est déjà noté à cette heure ; ouvrez-le plutôt.")
        breaches.append(Breach("meeting:twice", Sentence(text)))
    return verdict_of(breaches)
