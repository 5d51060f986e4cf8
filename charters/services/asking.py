"""Asks those whose turn it is to sign, each by a mail with one link, and tells of a refusal."""

from __future__ import annotations

from datetime import datetime

from charters.messages import AgreementToGive
from charters.models import Convention, ConventionParty
from charters.outcomes import ConventionRefused, ConventionSigned
from charters.queries import asked_for, awaited_parties
from notifications import outbox
from people.models import Person
from programmes.models import JournalEntry
from programmes.queries.visibility import team_of


def ask_next(convention: Convention, entry: JournalEntry, *, at: datetime, after: int = 0) -> None:
    """Ask those whose turn has come with the last signature at the order `after`."""
    convention = Convention.objects.get(pk=convention.pk)
    for party in awaited_parties(convention):
        if party.order > after:
            ask(party, convention, entry, at=at)


def ask(
    party: ConventionParty, convention: Convention, entry: JournalEntry, *, at: datetime
) -> None:
    """Write to whoever signs as this party."""
    for person_id in asked_for(party, convention):
        message = AgreementToGive(convention.pair_id, entry.pk, person_id, party.pk)
        outbox.queue(message, due_at=at)


def tell_of_completion(convention: Convention, *, by: Person | None, at: datetime) -> None:
    """Write to the two and to a guardian, but not to who has just signed and sees it."""
    for party in convention.parties.all():
        just_signed = by is not None and party.person_id == by.pk
        if (party.person_id or party.email) and not just_signed:
            outbox.queue(ConventionSigned(party.pk), due_at=at)


def tell_of_refusal(
    convention: Convention, entry: JournalEntry, *, by: Person | None, at: datetime
) -> None:
    """Write to the team, but to none of those who know already."""
    pair = convention.pair
    informed = [pair.mentor.person_id, pair.mentee.person_id, *([by.pk] if by else [])]
    for person in team_of(pair.cohort.programme).exclude(pk__in=informed):
        outbox.queue(ConventionRefused(convention.pk, person.pk, entry.pk), due_at=at)
