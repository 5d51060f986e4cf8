"""Which cohort a programme shows to visitors: the one open to enrolment, or the next to open."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from programmes.models import Cohort, Programme, RuleSet


@dataclass(frozen=True)
class Opening:
    """Where a programme stands for someone who would like to take part; no cohort: nothing planned."""

    cohort: Cohort | None
    is_open: bool


def opening_of(programme: Programme, *, today: date) -> Opening:
    return openings_of([programme], today=today)[programme.pk]


def openings_of(programmes: Iterable[Programme], *, today: date) -> dict[int, Opening]:
    """An `Opening` for each programme, by id, in one query."""
    programmes = list(programmes)
    not_over = (Q(enrolment_ends_on=None) | Q(enrolment_ends_on__gte=today)) & (
        Q(ends_on=None) | Q(ends_on__gte=today)
    )
    cohorts = (
        Cohort.objects.filter(not_over, programme__in=programmes)
        .select_related("programme__organisation", "rule_set")
        .order_by("opens_on", "pk")
    )
    shown: dict[int, Cohort] = {}
    for cohort in cohorts:
        known = shown.get(cohort.programme_id)
        # The latest that is open; where none is, the first to open.
        if known is None or cohort.opens_on <= today:
            shown[cohort.programme_id] = cohort
    return {
        programme.pk: Opening(cohort, cohort is not None and cohort.opens_on <= today)
        for programme in programmes
        for cohort in [shown.get(programme.pk)]
    }


def terms_shown(programme: Programme, opening: Opening) -> RuleSet | None:
    """The rules that a visitor reads: those of the cohort shown, else the newest."""
    return opening.cohort.rule_set if opening.cohort else programme.rule_sets.first()
