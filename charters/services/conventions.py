"""The convention of a pair: opened, replaced, without effect; who represents a minor (I5)."""

from __future__ import annotations

from datetime import date, datetime
from functools import partial

from django.db import transaction

from charters.drafting import compose
from charters.enums import AWAITED_STATES, LIVE_STATES, ConventionState, ProofKind
from charters.judging import judge_guardian
from charters.models import Convention, ConventionParty
from charters.queries import awaited_parties, current_charter, signature_of
from charters.services.asking import ask, ask_next
from charters.services.proving import Circumstances, parties_fingerprint, record_proof
from charters.text import digest_of
from notifications import bell
from people.clock import PARIS
from people.models import Person
from programmes.enums import PairState
from programmes.lifecycle import ImpossibleTransition
from programmes.models import Pair
from programmes.policy.entering import is_minor
from programmes.policy.rules import Party, PartyKind
from programmes.sentences import Refused
from programmes.services.journal import lock, record

MAKE_FILES = "charters.make_files"


@transaction.atomic
def open_convention(pair: Pair, *, by: Person | None, at: datetime) -> Convention:
    """Freeze the text of a pair's convention and ask the first parties to sign."""
    pair = lock(pair)
    existing = Convention.objects.filter(pair=pair, state__in=LIVE_STATES).first()
    if existing is not None:
        return existing
    today = _day(at)
    parties = _parties_of(pair, today=today)
    charter = current_charter(pair.cohort.programme, today)
    document = compose(pair, charter, parties, on=today)
    convention = Convention.objects.create(
        pair=pair, charter=charter, document=document, digest=digest_of(document), opened_at=at
    )
    ConventionParty.objects.bulk_create(_row(party, convention) for party in parties)
    parties_told = parties_fingerprint(convention)
    record_proof(convention, ProofKind.OPENED, by=by, text=convention.digest, parties=parties_told)
    transaction.on_commit(partial(bell.ask_for, MAKE_FILES, convention.pk), robust=True)
    entry = record("convention_opened", by=by, at=at, pair=pair)
    ask_next(convention, entry, at=at)
    return convention


@transaction.atomic
def name_guardian(
    convention: Convention,
    *,
    name: str,
    email: str,
    by: Person,
    at: datetime,
    circumstances: Circumstances | None = None,
) -> ConventionParty:
    """The mentee under age says who represents them; a link to sign goes to that address."""
    convention = locked_convention(convention)
    party = convention.parties.get(kind=PartyKind.GUARDIAN)
    verdict = judge_guardian(convention, by=by, email=email)
    if not verdict.is_clear:
        raise Refused(verdict)
    if signature_of(party) is not None:
        raise ImpossibleTransition("name_guardian", convention.state)
    party.name, party.email = name.strip(), email.strip().lower()
    party.save()
    record_proof(
        convention,
        ProofKind.NAMED,
        by=by,
        circumstances=circumstances,
        guardian=party.name,
        email=party.email,
        parties=parties_fingerprint(convention),
    )
    entry = record("guardian_named", by=by, at=at, pair=convention.pair)
    if party in awaited_parties(convention):
        ask(party, convention, entry, at=at)
    return party


@transaction.atomic
def renew_convention(pair: Pair, *, by: Person, at: datetime) -> Convention:
    """The team draws up a new convention from what is known now; one still to sign is replaced."""
    pair = lock(pair)
    if pair.state != PairState.ACCEPTED:
        raise ImpossibleTransition("renew", pair.state)
    live = Convention.objects.filter(pair=pair, state__in=LIVE_STATES).first()
    if live is not None:
        live = lock(live)
        if live.state not in AWAITED_STATES:
            raise ImpossibleTransition("renew", live.state)
        close(live, ConventionState.SUPERSEDED, at=at)
        record_proof(live, ProofKind.WITHDRAWN, by=by, reason="superseded")
        record("convention_superseded", by=by, at=at, pair=pair)
    return open_convention(pair, by=by, at=at)


@transaction.atomic
def void_convention(pair: Pair, *, by: Person | None, at: datetime) -> None:
    """A pair that is over leaves no convention in force."""
    for convention in Convention.objects.filter(pair=pair, state__in=LIVE_STATES):
        close(lock(convention), ConventionState.VOID, at=at)
        record_proof(convention, ProofKind.WITHDRAWN, by=by, reason=str(pair.state))
        record("convention_void", by=by, at=at, pair=pair)


def locked(convention: Convention, party: ConventionParty) -> tuple[Convention, ConventionParty]:
    """Both as they are now, locked."""
    convention = locked_convention(convention)
    return convention, convention.parties.select_related("signature").get(pk=party.pk)


def locked_convention(convention: Convention) -> Convention:
    """The pair first, as everywhere, then its convention: no two acts wait for each other."""
    lock(convention.pair)
    return lock(convention)


def close(convention: Convention, state: ConventionState, *, at: datetime) -> None:
    """Nobody signs it any more."""
    convention.state = state
    convention.closed_at = at
    convention.save(update_fields=["state", "closed_at", "refused_by", "refusal_reason"])


def _parties_of(pair: Pair, *, today: date) -> tuple[Party, ...]:
    """The parties of the rules; a guardian only beside a mentee under age."""
    rules = pair.cohort.rules
    minor = is_minor(rules, pair.mentee.answers.get("birth_date"), today=today)
    return tuple(
        party
        for party in sorted(rules.agreement.parties, key=lambda party: party.order)
        if minor or party.kind is not PartyKind.GUARDIAN
    )


def _row(party: Party, convention: Convention) -> ConventionParty:
    pair = convention.pair
    side = {PartyKind.MENTOR: pair.mentor, PartyKind.MENTEE: pair.mentee}.get(party.kind)
    person = side.person if side else None
    name = str(side.known_as) if side else ""
    if party.kind is PartyKind.ORGANISATION:
        name = pair.cohort.programme.organisation.name
    return ConventionParty(
        convention=convention, kind=party.kind, order=party.order, name=name, person=person
    )


def _day(at: datetime) -> date:
    return at.astimezone(PARIS).date()
