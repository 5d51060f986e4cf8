"""What is known of charters and agreements; who sees which convention."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import NamedTuple

from django.db.models import Count, Max, Prefetch, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from charters.enums import AWAITED_STATES, LIVE_STATES, ConventionState
from charters.models import (
    Acceptance,
    CharterVersion,
    Convention,
    ConventionParty,
    Signature,
)
from people.models import OrganisationRole, Person
from programmes.enums import PairState
from programmes.models import Cohort, Coordinator, Enrolment, JournalEntry, Pair, Programme
from programmes.policy.evidence import Agreement, PartySignature
from programmes.policy.rules import PartyKind
from programmes.queries.candidates import acceptance_of
from programmes.queries.visibility import (
    SHOWN_TO_PEOPLE,
    programmes_coordinated_by,
    public_programmes,
)
from programmes.words import fill


class AgreementStep(NamedTuple):
    """One thing still to give, or given, before a pair starts; `url` where this person does it now."""

    who: str
    done_at: datetime | None
    url: str
    is_mine: bool


def current_charter(programme: Programme, on: date) -> CharterVersion | None:
    """The edition in force that day; before the first one, the first."""
    versions = CharterVersion.objects.filter(programme=programme)
    return (
        versions.filter(edition__lte=on).order_by("-number").first()
        or versions.order_by("number").first()
    )


def readable_programmes(person: Person | None) -> QuerySet[Programme]:
    """Whose charter may be read: open programmes by anyone, others by their own people."""
    if person is None:
        return public_programmes()
    return (
        Programme.objects.filter(
            Q(is_open=True)
            | Q(pk__in=programmes_coordinated_by(person).values("pk"))
            | Q(cohorts__enrolments__person=person)
        )
        .select_related("organisation")
        .distinct()
    )


def agreement_of(pair: Pair) -> Agreement:
    """The proof that exists by now, of the kind this pair's programme asks for."""
    if pair.cohort.rules.agreement.kind == "charter":
        kept = (acceptance_of(enrolment) for enrolment in (pair.mentor, pair.mentee))
        return Agreement("charter", acceptances=tuple(one for one in kept if one is not None))
    signatures = Signature.objects.filter(
        party__convention__pair=pair, party__convention__state__in=LIVE_STATES
    ).select_related("party")
    return Agreement(
        "convention",
        signatures=tuple(
            PartySignature(kind=one.party.as_kind, signed_at=one.signed_at) for one in signatures
        ),
    )


def agreement_steps(pair: Pair, person: Person) -> list[AgreementStep]:
    """Who gives what before this pair starts, in order, as this person sees it; nothing once refused."""
    if pair.cohort.rules.agreement.kind == "charter":
        return [_acceptance_step(pair, one, person) for one in (pair.mentor, pair.mentee)]
    convention = latest_convention(visible_conventions(person), pair.pk)
    if convention is None or convention.state == ConventionState.REFUSED:
        return []
    page = reverse("charters:convention", args=[pair.pk])
    awaited = awaited_parties(convention)
    return [
        AgreementStep(
            who=party_name(party, convention),
            done_at=signature.signed_at if signature else None,
            url=page if party in awaited and is_mine else "",
            is_mine=is_mine,
        )
        for party in convention.parties.all()
        for signature in [signature_of(party)]
        for is_mine in [may_sign_as(person, party, pair)]
    ]


def visible_conventions(person: Person) -> QuerySet[Convention]:
    """The conventions of one's own pairs, of programmes one coordinates or signs for."""
    return (
        Convention.objects.filter(
            Q(pair__mentor__person=person, pair__state__in=SHOWN_TO_PEOPLE)
            | Q(pair__mentee__person=person, pair__state__in=SHOWN_TO_PEOPLE)
            | Q(pair__cohort__programme__in=programmes_coordinated_by(person).values("pk"))
            | Q(
                pair__cohort__programme__organisation__in=OrganisationRole.objects.filter(
                    person=person, kind=OrganisationRole.Kind.SIGNATORY
                ).values("organisation")
            )
        )
        .select_related(*_RELATIONS)
        .prefetch_related(_PARTIES)
    )


def conventions_of_cohort(cohort: Cohort) -> QuerySet[Convention]:
    """The newest convention of each pair of a cohort, with all that a list shows of it."""
    newest = (
        Convention.objects.filter(pair__cohort=cohort)
        .order_by()
        .values("pair")
        .annotate(newest=Max("pk"))
        .values("newest")
    )
    return (
        Convention.objects.filter(pk__in=newest)
        .select_related(*_RELATIONS)
        .prefetch_related(_PARTIES)
        .order_by("-opened_at", "-pk")
    )


def awaited_conventions() -> QuerySet[Convention]:
    """The conventions still to be signed, with their parties."""
    return (
        Convention.objects.filter(state__in=AWAITED_STATES)
        .select_related(*_RELATIONS)
        .prefetch_related(_PARTIES)
        .order_by("pk")
    )


def awaiting_the_association(programme: Programme) -> list[Convention]:
    """The conventions of a programme whose next signature is the association's own."""
    return [
        convention
        for convention in awaited_conventions().filter(pair__cohort__programme=programme)
        if any(party.as_kind is PartyKind.ORGANISATION for party in awaited_parties(convention))
    ]


def charter_versions(programme: Programme) -> QuerySet[CharterVersion]:
    """Every edition, the newest first: how many people accepted it, how many conventions hold it."""
    versions = CharterVersion.objects.filter(programme=programme).annotate(
        accepted=Count("acceptances", distinct=True),
        signed=Count("conventions", filter=Q(conventions__signed_at__isnull=False), distinct=True),
    )
    # Django drops a model's own order where it groups.
    return versions.order_by("-number")


def latest_convention(conventions: QuerySet[Convention], pair_id: int) -> Convention | None:
    """The newest convention of a pair: the live one, if there is one."""
    return conventions.filter(pair_id=pair_id).order_by("-pk").first()


def acceptance_kept(enrolment: Enrolment) -> Acceptance | None:
    """The acceptance that counts for an enrolment."""
    if enrolment.charter_version is None:
        return None
    return (
        Acceptance.objects.filter(enrolment=enrolment, version__number=enrolment.charter_version)
        .select_related("version")
        .first()
    )


def charter_of(pair: Pair, enrolment: Enrolment, on: date) -> CharterVersion | None:
    """The edition this person stands under: accepted, signed with the convention, or in force."""
    kept = acceptance_kept(enrolment)
    if kept is not None:
        return kept.version
    convention = Convention.objects.filter(
        pair=pair, state__in=LIVE_STATES, charter__isnull=False
    ).select_related("charter")
    signed = convention.first()
    return signed.charter if signed else current_charter(pair.cohort.programme, on)


def party_of_person(convention: Convention, person: Person) -> ConventionParty | None:
    """The party this person signs as."""
    for party in convention.parties.all():
        if may_sign_as(person, party, convention.pair):
            return party
    return None


def guardian_of(convention: Convention) -> ConventionParty | None:
    return next((p for p in convention.parties.all() if p.as_kind is PartyKind.GUARDIAN), None)


def signature_of(party: ConventionParty) -> Signature | None:
    return getattr(party, "signature", None)


def awaited_parties(convention: Convention) -> list[ConventionParty]:
    """Those whose turn it is: unsigned, at the lowest order left."""
    if not convention.is_awaited:
        return []
    unsigned = [party for party in convention.parties.all() if signature_of(party) is None]
    turn = min((party.order for party in unsigned), default=0)
    return [party for party in unsigned if party.order == turn]


def asked_for(party: ConventionParty, convention: Convention) -> list[int | None]:
    """Whom to write to so that this party signs: ids of people; None is the guardian, who has none.

    A guardian without an address is for the mentee to name, who is told on signing.
    """
    pair = convention.pair
    if party.as_kind is PartyKind.ORGANISATION:
        return list(signatories_of(pair).values_list("pk", flat=True))
    if party.as_kind is not PartyKind.GUARDIAN:
        return [party.person_id]
    if party.email:
        return [None]
    signs_now = any(one.as_kind is PartyKind.MENTEE for one in awaited_parties(convention))
    return [] if signs_now else [pair.mentee.person_id]


def turn_came_at(party: ConventionParty, convention: Convention) -> datetime:
    """Since when this party, whose turn it is, can sign."""
    earlier = [signature_of(one) for one in convention.parties.all() if one.order < party.order]
    moments = [convention.opened_at, *(one.signed_at for one in earlier if one is not None)]
    if party.as_kind is PartyKind.GUARDIAN:
        named = JournalEntry.objects.filter(pair=convention.pair_id, event="guardian_named")
        moments += named.values_list("at", flat=True)
    return max(moments)


def may_sign_as(person: Person, party: ConventionParty, pair: Pair) -> bool:
    """Whether this party is this person; the association signs by those entitled to (I5)."""
    if party.as_kind is PartyKind.ORGANISATION:
        return signatories_of(pair).filter(pk=person.pk).exists()
    return party.person_id == person.pk


def signatories_of(pair: Pair) -> QuerySet[Person]:
    """Who may sign for the association; never one of the two."""
    return signatories_for(pair.cohort.programme).exclude(
        pk__in=[pair.mentor.person_id, pair.mentee.person_id]
    )


def signatories_for(programme: Programme) -> QuerySet[Person]:
    """Who may sign a programme's conventions in the association's name (I5)."""
    entitled = Coordinator.objects.filter(programme=programme, may_sign=True).values("person")
    signing = OrganisationRole.objects.filter(
        organisation=programme.organisation_id, kind=OrganisationRole.Kind.SIGNATORY
    ).values("person")
    return Person.objects.filter(Q(pk__in=entitled) | Q(pk__in=signing), is_active=True)


def party_name(party: ConventionParty, convention: Convention) -> str:
    """The party's name; a guardian not named yet is told by its function."""
    if party.name or party.as_kind is not PartyKind.GUARDIAN:
        return str(party)
    return fill(_("Représentant légal {de} %(name)s") % {"name": convention.pair.mentee.known_as})


def pairs_awaiting(enrolments: Iterable[Enrolment]) -> QuerySet[Pair]:
    """The pairs of these enrolments that wait for their agreement."""
    keys = [enrolment.pk for enrolment in enrolments]
    return Pair.objects.filter(
        Q(mentor__in=keys) | Q(mentee__in=keys), state=PairState.ACCEPTED
    ).select_related("mentor__person", "mentee__person", "cohort__rule_set", "cohort__programme")


def _acceptance_step(pair: Pair, enrolment: Enrolment, person: Person) -> AgreementStep:
    accepted_at = enrolment.charter_accepted_at
    is_mine = enrolment.person_id == person.pk
    is_asked = accepted_at is None and is_mine and pair.state == PairState.ACCEPTED
    return AgreementStep(
        who=str(enrolment.known_as),
        done_at=accepted_at,
        url=reverse("charters:accept", args=[enrolment.pk]) if is_asked else "",
        is_mine=is_mine,
    )


_RELATIONS = (
    "charter",
    "pair__mentor__person",
    "pair__mentee__person",
    "pair__cohort__programme__organisation",
    "pair__cohort__rule_set",
)
_PARTIES = Prefetch("parties", ConventionParty.objects.select_related("signature"))
