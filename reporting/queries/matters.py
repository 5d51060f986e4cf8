"""What waits for the team today, first things first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Model, Q
from django.urls import reverse

from charters.queries import awaiting_the_association
from people.models import Person
from programmes.enums import ConcernState, EnrolmentState, FeeState, PairState
from programmes.models import Cohort, Enrolment, Pair, Programme
from programmes.navigation import vocabulary_of
from programmes.queries import desk
from programmes.queries.visibility import concerns_coordinated_by
from programmes.words import fill
from reporting.matter_kinds import KINDS
from sessions.queries import standing

NAMES_SHOWN = 3


@dataclass(frozen=True)
class Waiting:
    """One thing that waits: its kind, its cohort (None: the programme's), whose it is and where."""

    kind: str
    cohort_id: int | None
    name: str
    url: str


@dataclass(frozen=True)
class Matter:
    """Things of one kind that wait in one cohort (or in the programme), with a few of them."""

    sentence: str
    url: str
    tone: str
    icon: str
    cohort: Cohort | None
    some: tuple[Waiting, ...]
    more: int


def matters_of(
    programme: Programme, cohorts: list[Cohort], *, person: Person, today: date
) -> list[Matter]:
    """Everything that waits for the team of a programme, in the order in which to see to it."""
    groups: dict[tuple[str, int | None], list[Waiting]] = {}
    for waiting in _all(programme, cohorts, person, today):
        groups.setdefault((waiting.kind, waiting.cohort_id), []).append(waiting)
    known = {cohort.pk: cohort for cohort in cohorts}
    order = list(KINDS)
    return [
        _matter(programme, kind, known[cohort_id] if cohort_id else None, group, cohorts)
        for (kind, cohort_id), group in sorted(
            groups.items(), key=lambda item: (order.index(item[0][0]), -(item[0][1] or 0))
        )
    ]


def _all(
    programme: Programme, cohorts: list[Cohort], person: Person, today: date
) -> Iterator[Waiting]:
    yield from _concerns(programme, person)
    yield from _enrolments(programme)
    yield from _pairs(programme, today)
    for convention in awaiting_the_association(programme):
        pair = convention.pair
        yield Waiting("to_sign", pair.cohort_id, str(pair), _url("charters:convention", pair))
    for cohort in cohorts:
        yield from _of_pairs("declared", cohort, standing.declared_ended(cohort))
        yield from _of_pairs("late", cohort, standing.pairs_late_for_first_date(cohort, today))
        yield from _of_pairs("silent", cohort, standing.silent_pairs(cohort, today))
        for enrolment in desk.people_lapsed(cohort, today=today):
            yield Waiting(
                "lapsed",
                cohort.pk,
                str(enrolment.person),
                _url("programmes:membership", enrolment),
            )


def _concerns(programme: Programme, person: Person) -> Iterator[Waiting]:
    open_ones = concerns_coordinated_by(person).filter(programme=programme)
    for concern in open_ones.exclude(state=ConcernState.CLOSED):
        yield Waiting(
            "concerns", None, str(concern.enrolment.person), _url("programmes:concern", concern)
        )


def _enrolments(programme: Programme) -> Iterator[Waiting]:
    unpaid = Q(state=EnrolmentState.ADMITTED, fee_account__state=FeeState.DUE)
    enrolments = Enrolment.objects.filter(
        Q(state=EnrolmentState.SUBMITTED) | unpaid, cohort__programme=programme
    )
    for enrolment in enrolments.select_related("person").order_by("submitted_at"):
        kind = "submitted" if enrolment.state == EnrolmentState.SUBMITTED else "fees"
        url = _url("programmes:decide", enrolment)
        yield Waiting(kind, enrolment.cohort_id, str(enrolment.person), url)


def _pairs(programme: Programme, today: date) -> Iterator[Waiting]:
    pairs = Pair.objects.filter(cohort__programme=programme)
    waiting = pairs.filter(
        Q(state__in=[PairState.DRAFTED, PairState.ACCEPTED, PairState.FROZEN])
        | Q(pk__in=desk.unanswered_proposals(pairs, today=today))
        | Q(pk__in=desk.pairs_past_their_end(pairs, today=today))
    )
    for pair in waiting.select_related("mentor__person", "mentee__person").order_by("pk"):
        kind = {
            PairState.PROPOSED.value: "unanswered",
            PairState.ACTIVE.value: "over",
            PairState.PAUSED.value: "over",
        }.get(pair.state, pair.state)
        yield Waiting(kind, pair.cohort_id, str(pair), _url("programmes:team_pair", pair))


def _of_pairs(kind: str, cohort: Cohort, pairs: Iterable[Pair]) -> Iterator[Waiting]:
    for pair in pairs:
        yield Waiting(kind, cohort.pk, str(pair), _url("programmes:team_pair", pair))


def _url(name: str, thing: Model) -> str:
    return reverse(name, args=[thing.pk])


def _matter(
    programme: Programme,
    kind: str,
    cohort: Cohort | None,
    group: list[Waiting],
    cohorts: list[Cohort],
) -> Matter:
    about = KINDS[kind]
    arguments: list[Any] = [programme.organisation.slug, programme.slug]
    if cohort is not None and about.page != "programmes:members":
        arguments = [cohort.pk]
    sentence = str(about.sentence % {"n": len(group)})
    return Matter(
        sentence=fill(sentence, vocabulary_of(programme, cohort)),
        url=reverse(about.page, args=arguments) + (f"?{about.filters}" if about.filters else ""),
        tone=about.tone,
        icon=about.icon,
        cohort=cohort if len(cohorts) > 1 else None,
        some=tuple(group[:NAMES_SHOWN]),
        more=max(0, len(group) - NAMES_SHOWN),
    )
