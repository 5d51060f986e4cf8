"""What waits for the team today, first things first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Model, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from charters.queries import awaiting_the_association, signatories_for
from notifications.planner import paris_date
from people.models import Person
from programmes.enums import ConcernState, EnrolmentState, FeeState, PairState
from programmes.models import Cohort, Enrolment, Pair, Programme
from programmes.navigation import vocabulary_of
from programmes.policy.arranging import needs_a_room
from programmes.policy.rules import PartyKind
from programmes.queries import desk
from programmes.queries.visibility import concerns_coordinated_by
from programmes.vocabulary import Vocabulary
from programmes.words import fill
from reporting.matter_kinds import KINDS
from sessions.queries import rooms_of, standing

NAMES_SHOWN = 3


@dataclass(frozen=True)
class Waiting:
    """One thing that waits: its kind, its cohort (None: the programme's), whose it is, where, its date."""

    kind: str
    cohort_id: int | None
    name: str
    url: str
    on: date | None = None


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
    for waiting in waiting_in(programme, cohorts, person=person, today=today):
        groups.setdefault((waiting.kind, waiting.cohort_id), []).append(waiting)
    known = {cohort.pk: cohort for cohort in cohorts}
    order = list(KINDS)
    return [
        _matter(programme, kind, known[cohort_id] if cohort_id else None, group, cohorts)
        for (kind, cohort_id), group in sorted(
            groups.items(), key=lambda item: (order.index(item[0][0]), -(item[0][1] or 0))
        )
    ]


def waiting_in(
    programme: Programme, cohorts: list[Cohort], *, person: Person, today: date
) -> Iterator[Waiting]:
    """Each single thing that waits for the team of a programme."""
    running = [one for one in cohorts if one.ends_on is None or one.ends_on >= today]
    yield from _rooms(programme, running)
    yield from _signatory(programme, running)
    yield from _concerns(programme, person)
    yield from _enrolments(programme)
    yield from _pairs(programme, today)
    for alone in desk.mentees_alone(programme, today=today):
        yield _enrolment("alone", alone)
    for convention in awaiting_the_association(programme):
        pair, url = convention.pair, _url("charters:convention", convention.pair)
        yield Waiting("to_sign", pair.cohort_id, str(pair), url, paris_date(convention.opened_at))
    for cohort in cohorts:
        rules, active = cohort.rules, list(standing.active_pairs(cohort))
        for ended in standing.declared_ended(cohort):
            first = min(one.declared_at for one in ended.end_declarations.all())
            yield _pair("declared", ended, paris_date(first))
        for pair, due_on in standing.late_first_dates(rules, active, today):
            yield _pair("late", pair, due_on)
        for pair, since in standing.silences(rules, active, today):
            yield _pair("silent", pair, since)
        for enrolment in desk.people_lapsed(cohort, today=today):
            url = _url("programmes:membership", enrolment)
            yield Waiting("lapsed", cohort.pk, str(enrolment.known_as), url)


def _rooms(programme: Programme, running: list[Cohort]) -> Iterator[Waiting]:
    """A meeting that can only be held in a room (W2) asks for one to be registered."""
    needed = any(needs_a_room(cohort.rules) for cohort in running)
    if needed and not rooms_of(programme.organisation).exists():
        address = reverse("meetings:rooms", args=[programme.organisation.slug, programme.slug])
        yield Waiting("rooms", None, _("Ajouter une salle"), address)


def _signatory(programme: Programme, running: list[Cohort]) -> Iterator[Waiting]:
    """A convention that the association signs (I5) asks for somebody entitled to."""
    needed = any(
        party.kind is PartyKind.ORGANISATION
        for cohort in running
        for party in cohort.rules.agreement.parties
    )
    if needed and not signatories_for(programme).exists():
        address = reverse(
            "programmes:team_settings", args=[programme.organisation.slug, programme.slug]
        )
        yield Waiting("signatory", None, _("Désigner quelqu'un"), f"{address}#equipe")


def _concerns(programme: Programme, person: Person) -> Iterator[Waiting]:
    open_ones = concerns_coordinated_by(person).filter(programme=programme)
    for concern in open_ones.exclude(state=ConcernState.CLOSED):
        yield Waiting(
            "concerns", None, str(concern.enrolment.known_as), _url("programmes:concern", concern)
        )


def _enrolments(programme: Programme) -> Iterator[Waiting]:
    unpaid = Q(state=EnrolmentState.ADMITTED, fee_account__state=FeeState.DUE)
    enrolments = Enrolment.objects.filter(
        Q(state=EnrolmentState.SUBMITTED) | unpaid, cohort__programme=programme
    )
    for enrolment in enrolments.select_related("person").order_by("submitted_at"):
        kind = "submitted" if enrolment.state == EnrolmentState.SUBMITTED else "fees"
        yield _enrolment(kind, enrolment)


def _enrolment(kind: str, enrolment: Enrolment) -> Waiting:
    sent_on = paris_date(enrolment.submitted_at) if enrolment.submitted_at else None
    url = _url("programmes:decide", enrolment)
    return Waiting(kind, enrolment.cohort_id, str(enrolment.known_as), url, sent_on)


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
        yield _pair(kind, pair, pair.answer_by if kind == "unanswered" else pair.planned_end_on)


def _pair(kind: str, pair: Pair, on: date | None) -> Waiting:
    return Waiting(kind, pair.cohort_id, str(pair), _url("programmes:team_pair", pair), on)


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
    return Matter(
        sentence=tell_matter(kind, len(group), vocabulary_of(programme, cohort)),
        url=_address(programme, kind, cohort),
        tone=about.tone,
        icon=about.icon,
        cohort=cohort if len(cohorts) > 1 else None,
        some=tuple(group[:NAMES_SHOWN]),
        more=max(0, len(group) - NAMES_SHOWN),
    )


def tell_matter(kind: str, number: int, vocabulary: Vocabulary) -> str:
    return fill(str(KINDS[kind].sentence % {"n": number}), vocabulary)


def _address(programme: Programme, kind: str, cohort: Cohort | None) -> str:
    """The page that lists exactly these."""
    about = KINDS[kind]
    of_programme: list[Any] = [programme.organisation.slug, programme.slug]
    if not about.page:
        address = reverse("reporting:matter", args=[*of_programme, kind])
        return f"{address}?campagne={cohort.pk}" if cohort else address
    address = reverse(about.page, args=[cohort.pk] if cohort else of_programme)
    return f"{address}?{about.filters}" if about.filters else address
