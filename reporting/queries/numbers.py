"""A cohort in numbers and dates: how many are in which state, and what comes next (C4)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from programmes.enums import RUNNING_PAIR_STATES, EnrolmentState, PairState
from programmes.models import Cohort, Pair
from programmes.policy.terms import Role
from programmes.queries import desk
from programmes.state_words import pair_state
from programmes.words import fill
from reporting.queries.voices import Voice, voices_of
from sessions.enums import MeetingState
from sessions.models import Meeting

AHEAD = timedelta(days=60)


@dataclass(frozen=True)
class CohortNumbers:
    """Enrolments as rows (state, mentors, mentees) and pairs as (state, label, number)."""

    cohort: Cohort
    enrolments: tuple[tuple[str, str, int, int], ...]
    pairs: tuple[tuple[str, str, int], ...]
    running: int
    meetings_held: int
    meetings_ahead: int
    voices: tuple[Voice, ...]


@dataclass(frozen=True)
class NextDate:
    on: date
    label: str
    cohort: Cohort


def numbers_of(cohort: Cohort, *, now: datetime) -> CohortNumbers:
    enrolments = desk.enrolments_by_state(cohort)
    pairs = desk.pairs_by_state(cohort)
    meetings = Meeting.objects.filter(pair__cohort=cohort)
    return CohortNumbers(
        cohort=cohort,
        enrolments=tuple(
            (
                state.value,
                str(state.label),
                enrolments.get((Role.MENTOR, state), 0),
                enrolments.get((Role.MENTEE, state), 0),
            )
            for state in EnrolmentState
            if any((role, state) in enrolments for role in Role)
        ),
        pairs=tuple(
            (state.value, pair_state(state, cohort.vocabulary), pairs[state])
            for state in PairState
            if state in pairs
        ),
        running=sum(pairs.get(state, 0) for state in RUNNING_PAIR_STATES),
        meetings_held=meetings.filter(state=MeetingState.HELD).count(),
        meetings_ahead=meetings.filter(state=MeetingState.PLANNED, starts_at__gt=now).count(),
        voices=tuple(voices_of(cohort)),
    )


def next_dates(cohorts: list[Cohort], *, today: date) -> list[NextDate]:
    """The dates of the coming weeks, soonest first."""
    soon = today + AHEAD
    dates = [
        one
        for cohort in cohorts
        for one in [*_of_the_calendar(cohort), *_of_the_pairs(cohort, today, soon)]
        if today <= one.on <= soon
    ]
    return sorted(dates, key=lambda one: one.on)


def _of_the_calendar(cohort: Cohort) -> Iterator[NextDate]:
    labels = (
        (cohort.opens_on, _("Ouverture des candidatures")),
        (cohort.enrolment_ends_on, _("Clôture des candidatures")),
        (cohort.starts_on, _("Début {de la campagne}")),
        (cohort.ends_on, _("Fin {de la campagne}")),
    )
    for on, label in labels:
        if on is not None:
            yield NextDate(on, fill(label, cohort.vocabulary), cohort)


def _of_the_pairs(cohort: Cohort, today: date, soon: date) -> Iterator[NextDate]:
    pairs = Pair.objects.filter(cohort=cohort)
    ends = pairs.filter(state__in=RUNNING_PAIR_STATES, planned_end_on__range=(today, soon))
    for on, number in ends.order_by().values_list("planned_end_on").annotate(n=Count("pk")):
        text = ngettext("Fin prévue de %(n)s {binôme}", "Fin prévue de %(n)s {binômes}", number) % {
            "n": number
        }
        yield NextDate(on, fill(text, cohort.vocabulary), cohort)
    answers = pairs.filter(state=PairState.PROPOSED, answer_by__range=(today, soon))
    for on, number in answers.order_by().values_list("answer_by").annotate(n=Count("pk")):
        text = ngettext(
            "Réponse attendue à %(n)s proposition",
            "Réponses attendues à %(n)s propositions",
            number,
        ) % {"n": number}
        yield NextDate(on, fill(text, cohort.vocabulary), cohort)
