"""The convention of a pair: opened, signed by each party in turn, refused, replaced (I5)."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from charters.drafting import compose, statement_for
from charters.enums import AWAITED_STATES, LIVE_STATES, ConventionState, IdentifiedBy, RefusalReason
from charters.judging import judge_guardian, judge_refusal, judge_signature
from charters.messages import AgreementToGive, ConventionRefused
from charters.models import Convention, ConventionParty, Signature
from charters.queries import (
    agreement_of,
    asked_for,
    awaited_parties,
    current_charter,
    signature_of,
)
from charters.text import digest_of
from notifications import outbox
from people.clock import PARIS
from people.models import Person
from programmes.enums import PairState
from programmes.lifecycle import ImpossibleTransition
from programmes.models import JournalEntry, Pair
from programmes.policy.entering import is_minor
from programmes.policy.rules import Party, PartyKind
from programmes.queries.visibility import team_of
from programmes.sentences import Refused
from programmes.services.journal import lock, record
from programmes.services.pairs import start_pair


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
    entry = record("convention_opened", by=by, at=at, pair=pair)
    _ask_next(convention, entry, at=at)
    return convention


@transaction.atomic
def sign_convention(
    convention: Convention,
    *,
    party: ConventionParty,
    by: Person | None,
    has_ticked: bool,
    at: datetime,
    identified_by: IdentifiedBy = IdentifiedBy.SESSION,
) -> Convention:
    """Sign as one party, for oneself; the last signature starts the pair.

    `by` is None for a guardian, known by the link sent to the address given. Signing twice is
    signing once.
    """
    convention, party = _locked(convention, party)
    signature = signature_of(party)
    if signature is not None and signature.person_id == (by.pk if by else None):
        return convention
    verdict = judge_signature(convention, party, by=by, has_ticked=has_ticked)
    if not verdict.is_clear:
        raise Refused(verdict)
    Signature.objects.create(
        party=party,
        person=by,
        name=str(by) if by else party.name,
        email=by.email if by else party.email,
        statement=statement_for(party.as_kind, convention.pair),
        digest=convention.digest,
        signed_at=at,
        identified_by=identified_by,
    )
    is_last = not convention.parties.filter(signature=None).exists()
    convention.state = ConventionState.SIGNED if is_last else ConventionState.PARTLY_SIGNED
    convention.signed_at = at if is_last else None
    convention.save()
    entry = record("convention_signed", by=by, at=at, pair=convention.pair, party=party.kind)
    if is_last:
        agreement = agreement_of(convention.pair)
        start_pair(convention.pair, agreement=agreement, by=by, at=at)
    else:
        _ask_next(convention, entry, at=at, after=party.order)
    return convention


@transaction.atomic
def refuse_convention(
    convention: Convention,
    *,
    party: ConventionParty,
    by: Person | None,
    reason: RefusalReason,
    at: datetime,
) -> Convention:
    """One party does not wish to sign; the team is told and can draw up another."""
    convention, party = _locked(convention, party)
    verdict = judge_refusal(convention, party, by=by)
    if not verdict.is_clear:
        raise Refused(verdict)
    convention.refused_by = party.kind
    convention.refusal_reason = reason
    _close(convention, ConventionState.REFUSED, at=at)
    pair = convention.pair
    entry = record("convention_refused", by=by, at=at, pair=pair, party=party.kind, reason=reason)
    informed = [pair.mentor.person_id, pair.mentee.person_id, *([by.pk] if by else [])]
    for person in team_of(pair.cohort.programme).exclude(pk__in=informed):
        outbox.queue(ConventionRefused(convention.pk, person.pk, entry.pk), due_at=at)
    return convention


@transaction.atomic
def name_guardian(
    convention: Convention, *, name: str, email: str, by: Person, at: datetime
) -> ConventionParty:
    """The mentee under age says who represents them; a link to sign goes to that address."""
    convention = _locked_convention(convention)
    party = convention.parties.get(kind=PartyKind.GUARDIAN)
    verdict = judge_guardian(convention, by=by, email=email)
    if not verdict.is_clear:
        raise Refused(verdict)
    if signature_of(party) is not None:
        raise ImpossibleTransition("name_guardian", convention.state)
    party.name, party.email = name.strip(), email.strip().lower()
    party.save()
    entry = record("guardian_named", by=by, at=at, pair=convention.pair)
    if party in awaited_parties(convention):
        _ask(party, convention, entry, at=at)
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
        _close(live, ConventionState.SUPERSEDED, at=at)
        record("convention_superseded", by=by, at=at, pair=pair)
    return open_convention(pair, by=by, at=at)


@transaction.atomic
def void_convention(pair: Pair, *, by: Person | None, at: datetime) -> None:
    """A pair that is over leaves no convention in force."""
    for convention in Convention.objects.filter(pair=pair, state__in=LIVE_STATES):
        _close(lock(convention), ConventionState.VOID, at=at)
        record("convention_void", by=by, at=at, pair=pair)


def _locked(convention: Convention, party: ConventionParty) -> tuple[Convention, ConventionParty]:
    convention = _locked_convention(convention)
    return convention, convention.parties.select_related("signature").get(pk=party.pk)


def _locked_convention(convention: Convention) -> Convention:
    """The pair first, as everywhere, then its convention: no two acts wait for each other."""
    lock(convention.pair)
    return lock(convention)


def _close(convention: Convention, state: ConventionState, *, at: datetime) -> None:
    convention.state = state
    convention.closed_at = at
    convention.save()


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
    people = {PartyKind.MENTOR: pair.mentor.person, PartyKind.MENTEE: pair.mentee.person}
    person = people.get(party.kind)
    name = str(person) if person else ""
    if party.kind is PartyKind.ORGANISATION:
        name = pair.cohort.programme.organisation.name
    return ConventionParty(
        convention=convention, kind=party.kind, order=party.order, name=name, person=person
    )


def _ask_next(convention: Convention, entry: JournalEntry, *, at: datetime, after: int = 0) -> None:
    """Ask those whose turn has come with the last signature at the order `after`."""
    convention = Convention.objects.get(pk=convention.pk)
    for party in awaited_parties(convention):
        if party.order > after:
            _ask(party, convention, entry, at=at)


def _ask(
    party: ConventionParty, convention: Convention, entry: JournalEntry, *, at: datetime
) -> None:
    for person_id in asked_for(party, convention):
        message = AgreementToGive(convention.pair_id, entry.pk, person_id, party.pk)
        outbox.queue(message, due_at=at)


def _day(at: datetime) -> date:
    return at.astimezone(PARIS).date()
