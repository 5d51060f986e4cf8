"""Arranging meetings and keeping appointments (D9 to D13, W1 to W5, S5, M6)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from programmes.policy.durations import Duration
from programmes.policy.evidence import PairRecord
from programmes.policy.rules import Milestone, PlaceKind, Rules
from programmes.policy.terms import Role
from programmes.policy.verdict import Breach, Sentence, Verdict, gettext_noop, verdict_of


@dataclass(frozen=True)
class MeetingPlan:
    """A meeting as proposed: `number` is its rank among the pair's meetings, the first being 1."""

    number: int
    starts_at: datetime
    minutes: int
    place: PlaceKind
    topic: str = ""
    room_booked: bool = False
    proposed_by: Role | None = None


def judge_meeting(rules: Rules, plan: MeetingPlan, *, now: datetime) -> Verdict:
    """May this meeting be proposed as it stands?"""
    return verdict_of(_meeting(rules, plan, now), _advice(rules, plan))


def judge_minutes(rules: Rules, minutes: int) -> Verdict:
    """Does a length in minutes fit the programme (D9)?"""
    return verdict_of(_minutes(rules, minutes))


def places_for(rules: Rules, number: int) -> tuple[PlaceKind, ...]:
    """The kinds of place that the programme allows for the pair's meeting of this number."""
    terms = rules.meetings
    return terms.first_places if number == 1 and terms.first_places else terms.places


def needs_a_room(rules: Rules) -> bool:
    """Whether some meeting can be held in one of the association's rooms only (W2)."""
    return any(places_for(rules, number) == (PlaceKind.ROOM,) for number in (1, 2))


def calendar_step(rules: Rules) -> Duration:
    """How far apart the dates of a calendar fixed at once are: a month, or less where the rhythm is quicker (D10)."""
    month = Duration(months=1)
    steps = [quota.per for quota in rules.quotas if quota.per is not None]
    return min([month, *steps], key=lambda step: step.nominal_days)


def is_late_notice(rules: Rules, *, starts_at: datetime, told_at: datetime) -> bool:
    """Whether a cancellation told at `told_at` came too late (D13); real hours, so both clock changes count."""
    hours = rules.meetings.notice_hours
    return hours is not None and starts_at - told_at < timedelta(hours=hours)


def new_date_due_on(rules: Rules, *, cancelled_on: date) -> date | None:
    """By when a new date is sought after a cancellation (D13)."""
    within = rules.meetings.new_date_within
    return within.after(cancelled_on) if within else None


def new_date_awaited_on(rules: Rules, pair: PairRecord) -> date | None:
    """By when this pair seeks a date in place of the one that fell through (D13); None where it has one."""
    if pair.fell_through_on is None:
        return None
    return new_date_due_on(rules, cancelled_on=pair.fell_through_on)


@dataclass(frozen=True)
class FirstDate:
    """Where the delay for a first appointment stands (M6)."""

    due_on: date
    is_overdue: bool
    reminders_on: tuple[date, ...]


def first_date(rules: Rules, pair: PairRecord, *, today: date) -> FirstDate | None:
    """The delay for the first appointment; None where no delay runs or a date was proposed."""
    terms = rules.introduction
    if terms is None or pair.introduced_on is None or pair.first_date_proposed:
        return None
    due_on = terms.first_date_within.after(pair.introduced_on)
    days, day = [], terms.remind_every.after(pair.introduced_on)
    while day < due_on:
        days.append(day)
        day = terms.remind_every.after(day)
    return FirstDate(due_on, today > due_on, tuple(days))


def due_on(milestone: Milestone, pair: PairRecord) -> date | None:
    """The day this milestone is asked for; None as long as its moment has not come or is not known."""
    if milestone.after_meetings is not None:
        held = pair.held
        if len(held) < milestone.after_meetings:
            return None
        return (
            held[milestone.after_meetings - 1].starts_at.date()
            if milestone.after_meetings
            else pair.started_on
        )
    if milestone.after_start is not None and pair.started_on is not None:
        return milestone.after_start.after(pair.started_on)
    if milestone.before_end is not None and pair.planned_end_on is not None:
        return milestone.before_end.before(pair.planned_end_on)
    if milestone.after_end is not None and pair.ended_on is not None:
        return milestone.after_end.after(pair.ended_on)
    return None


@dataclass(frozen=True)
class Ask:
    """A milestone that is asked of one role since `since`."""

    milestone: Milestone
    role: Role
    since: date


def asks_of(rules: Rules, pair: PairRecord, *, today: date) -> tuple[Ask, ...]:
    """What is asked of each side today and not yet done."""
    asks = []
    for milestone in rules.milestones:
        since = due_on(milestone, pair)
        if since is None or since > today:
            continue
        asks += [
            Ask(milestone, role, since)
            for role in milestone.roles
            if (milestone.code, role) not in pair.done
        ]
    return tuple(asks)


def is_silent(rules: Rules, pair: PairRecord, *, last_sign_on: date | None, today: date) -> bool:
    """Whether nothing has been heard of a running pair for longer than the programme's delay."""
    after = rules.meetings.silent_after
    since = last_sign_on or pair.started_on
    return after is not None and since is not None and today > after.after(since)


def _meeting(rules: Rules, plan: MeetingPlan, now: datetime) -> Iterator[Breach]:
    if plan.starts_at <= now:
        yield Breach(
            "meeting:past",
            Sentence(gettext_noop("Cette date est passée ; {choisis/choisissez}-en une à venir.")),
        )
    yield from _minutes(rules, plan.minutes)
    allowed = places_for(rules, plan.number)
    if plan.place not in allowed:
        text = gettext_noop("Ce genre de lieu n'est pas prévu par le programme.")
        if plan.number == 1 and rules.meetings.first_places:
            text = gettext_noop(
                "{La première rencontre} se tient dans un lieu que le programme fixe."
            )
            if allowed == (PlaceKind.ROOM,):
                text = gettext_noop(
                    "{La première rencontre} se tient dans une salle {de l'association}."
                )
        yield Breach("meeting:place", Sentence(text, {"place": plan.place}))
    if plan.place is PlaceKind.ROOM and not plan.room_booked:
        yield Breach(
            "meeting:room",
            Sentence(gettext_noop("{Choisis/Choisissez} une salle libre à cette heure.")),
        )
    terms = rules.meetings
    if (
        terms.topic_by
        and plan.number >= terms.topic_from
        and plan.proposed_by is terms.topic_by
        and not plan.topic
    ):
        yield Breach(
            "meeting:topic",
            Sentence(gettext_noop("{Propose/Proposez} aussi le sujet {de la rencontre}."), {}),
        )


def _minutes(rules: Rules, minutes: int) -> Iterator[Breach]:
    terms = rules.meetings
    facts = {"minutes": minutes, "least": terms.least_minutes, "most": terms.most_minutes}
    if terms.least_minutes is not None and minutes < terms.least_minutes:
        yield Breach(
            "meeting:short",
            Sentence(
                gettext_noop(
                    "%(minutes)s minutes, c'est court ; le programme demande au moins %(least)s."
                ),
                facts,
            ),
        )
    if terms.most_minutes is not None and minutes > terms.most_minutes:
        yield Breach(
            "meeting:long",
            Sentence(
                gettext_noop(
                    "%(minutes)s minutes, c'est long ; le programme demande au plus %(most)s."
                ),
                facts,
            ),
        )


def _advice(rules: Rules, plan: MeetingPlan) -> Iterator[Breach]:
    if rules.meetings.in_person_preferred and not plan.place.in_person:
        text = gettext_noop("Le programme préfère que l'on se voie, surtout la première fois.")
        yield Breach("meeting:in_person", Sentence(text))
