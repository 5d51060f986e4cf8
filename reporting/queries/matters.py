"""What waits for the team today, first things first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import ngettext_lazy

from people.models import Person
from programmes.enums import ConcernState, EnrolmentState, FeeState, PairState
from programmes.models import Cohort, Enrolment, Pair, Programme
from programmes.navigation import vocabulary_of
from programmes.queries import desk
from programmes.queries.visibility import concerns_coordinated_by
from programmes.words import fill

NAMES_SHOWN = 3


@dataclass(frozen=True)
class Kind:
    """One kind of thing that waits; `sentence` counts with `%(n)s`, `filters` ends the address."""

    sentence: Any
    page: str
    filters: str
    tone: str
    icon: str


@dataclass(frozen=True)
class Matter:
    """Things of one kind that wait in one cohort (or in the programme), with a few names."""

    sentence: str
    url: str
    tone: str
    icon: str
    cohort: Cohort | None
    names: tuple[str, ...]
    more: int


KINDS = {
    "concerns": Kind(
        ngettext_lazy("%(n)s demande d'aide à traiter", "%(n)s demandes d'aide à traiter", "n"),
        "programmes:concerns",
        "",
        "danger",
        "lifebuoy",
    ),
    "submitted": Kind(
        ngettext_lazy("%(n)s candidature à examiner", "%(n)s candidatures à examiner", "n"),
        "programmes:cohort_enrolments",
        "state=submitted",
        "warning",
        "inbox",
    ),
    "drafted": Kind(
        ngettext_lazy(
            "%(n)s {binôme} à l'étude, à proposer", "%(n)s {binômes} à l'étude, à proposer", "n"
        ),
        "programmes:cohort_pairs",
        "state=drafted",
        "warning",
        "arrows-left-right",
    ),
    "unanswered": Kind(
        ngettext_lazy(
            "%(n)s proposition sans réponse après le délai",
            "%(n)s propositions sans réponse après le délai",
            "n",
        ),
        "programmes:cohort_pairs",
        "state=proposed",
        "warning",
        "clock",
    ),
    "lapsed": Kind(
        ngettext_lazy(
            "%(n)s adhésion échue en cours de route",
            "%(n)s adhésions échues en cours de route",
            "n",
        ),
        "programmes:members",
        "",
        "warning",
        "id-badge",
    ),
    "over": Kind(
        ngettext_lazy(
            "%(n)s {binôme} {arrivé|binôme} au terme prévu, à clore",
            "%(n)s {binômes} {arrivé|binômes} au terme prévu, à clore",
            "n",
        ),
        "programmes:cohort_pairs",
        "state=running",
        "warning",
        "flag",
    ),
    "frozen": Kind(
        ngettext_lazy("%(n)s {binôme} {gelé|binôme}", "%(n)s {binômes} {gelé|binômes}", "n"),
        "programmes:cohort_pairs",
        "state=frozen",
        "warning",
        "player-pause",
    ),
    "fees": Kind(
        ngettext_lazy(
            "%(n)s personne admise dont les frais restent à régler",
            "%(n)s personnes admises dont les frais restent à régler",
            "n",
        ),
        "programmes:cohort_enrolments",
        "state=admitted",
        "info",
        "coin-euro",
    ),
    "accepted": Kind(
        ngettext_lazy(
            "%(n)s {binôme} dont l'accord est attendu",
            "%(n)s {binômes} dont l'accord est attendu",
            "n",
        ),
        "programmes:cohort_pairs",
        "state=accepted",
        "info",
        "signature",
    ),
}


def matters_of(
    programme: Programme, cohorts: list[Cohort], *, person: Person, today: date
) -> list[Matter]:
    """Everything that waits for the team of a programme, in the order in which to see to it."""
    waiting: dict[tuple[str, int | None], list[str]] = {}
    for kind, cohort_id, name in _all(programme, cohorts, person, today):
        waiting.setdefault((kind, cohort_id), []).append(name)
    known = {cohort.pk: cohort for cohort in cohorts}
    order = list(KINDS)
    return [
        _matter(programme, kind, known[cohort_id] if cohort_id else None, names, cohorts)
        for (kind, cohort_id), names in sorted(
            waiting.items(), key=lambda item: (order.index(item[0][0]), -(item[0][1] or 0))
        )
    ]


def _all(
    programme: Programme, cohorts: list[Cohort], person: Person, today: date
) -> Iterator[tuple[str, int | None, str]]:
    """Each thing that waits: its kind, its cohort, a name."""
    yield from _concerns(programme, person)
    yield from _enrolments(programme)
    yield from _pairs(programme, today)
    for cohort in cohorts:
        for enrolment in desk.people_lapsed(cohort, today=today):
            yield "lapsed", cohort.pk, str(enrolment.person)


def _concerns(programme: Programme, person: Person) -> Iterator[tuple[str, int | None, str]]:
    open_ones = concerns_coordinated_by(person).filter(programme=programme)
    for concern in open_ones.exclude(state=ConcernState.CLOSED):
        yield "concerns", None, str(concern.enrolment.person)


def _enrolments(programme: Programme) -> Iterator[tuple[str, int | None, str]]:
    unpaid = Q(state=EnrolmentState.ADMITTED, fee_account__state=FeeState.DUE)
    enrolments = Enrolment.objects.filter(
        Q(state=EnrolmentState.SUBMITTED) | unpaid, cohort__programme=programme
    )
    for enrolment in enrolments.select_related("person").order_by("submitted_at"):
        kind = "submitted" if enrolment.state == EnrolmentState.SUBMITTED else "fees"
        yield kind, enrolment.cohort_id, str(enrolment.person)


def _pairs(programme: Programme, today: date) -> Iterator[tuple[str, int | None, str]]:
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
        yield kind, pair.cohort_id, str(pair)


def _matter(
    programme: Programme, kind: str, cohort: Cohort | None, names: list[str], cohorts: list[Cohort]
) -> Matter:
    about = KINDS[kind]
    arguments: list[Any] = [programme.organisation.slug, programme.slug]
    if cohort is not None and about.page != "programmes:members":
        arguments = [cohort.pk]
    sentence = str(about.sentence % {"n": len(names)})
    return Matter(
        sentence=fill(sentence, vocabulary_of(programme, cohort)),
        url=reverse(about.page, args=arguments) + (f"?{about.filters}" if about.filters else ""),
        tone=about.tone,
        icon=about.icon,
        cohort=cohort if len(cohorts) > 1 else None,
        names=tuple(names[:NAMES_SHOWN]),
        more=max(0, len(names) - NAMES_SHOWN),
    )
