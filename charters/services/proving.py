"""Writes the proof file of a convention, and checks it.

The time of a proof is the machine's and no parameter: nobody can give it another.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from charters import proof
from charters.enums import ConventionState, IdentifiedBy, ProofKind
from charters.keys import proof_key
from charters.models import Convention, ConventionParty, ProofEvent, ProofHead, Signature
from people.models import Person
from programmes.services.journal import lock

logger = logging.getLogger(__name__)

_SIGNING = (ProofKind.SIGNED, ProofKind.SCANNED)
_ENDINGS = {
    ConventionState.REFUSED: ProofKind.REFUSED,
    ConventionState.VOID: ProofKind.WITHDRAWN,
    ConventionState.SUPERSEDED: ProofKind.WITHDRAWN,
}
# Reading the same page again and again within this time is one reading.
SAME_READING = timedelta(hours=1)


@dataclass(frozen=True)
class Circumstances:
    """How the one who acts was identified, and from where they act."""

    identified_by: IdentifiedBy = IdentifiedBy.SESSION
    address: str = ""
    agent: str = ""


@transaction.atomic
def record_proof(
    convention: Convention,
    kind: ProofKind,
    *,
    party: ConventionParty | None = None,
    by: Person | None = None,
    circumstances: Circumstances | None = None,
    document: str = "",
    **facts: Any,
) -> ProofEvent:
    """Add a link to the chain, and move its authenticated end."""
    head, _ = ProofHead.objects.get_or_create(
        convention=convention, defaults={"length": 0, "last": proof.START, "mark": ""}
    )
    head = lock(head)
    event = ProofEvent(
        convention=convention,
        number=head.length + 1,
        kind=kind,
        at=timezone.now(),
        party=party.kind if party else "",
        person=by,
        name=_name(party, by),
        email=by.email if by else party.email if party else "",
        identified_by=circumstances.identified_by if circumstances else "",
        address=circumstances.address if circumstances else "",
        agent=circumstances.agent[:300] if circumstances else "",
        document=document,
        facts=facts,
        previous=head.last,
    )
    key = proof_key()
    event.mac = event.entry.mac(key)
    event.save()
    head.length, head.last = event.number, event.mac
    head.mark = head.head.mac(key)
    head.save()
    # A log kept elsewhere remembers an end that someone restores from an old copy.
    logger.info("Proof of convention %s: %s links, %s", convention.pk, head.length, head.last)
    return event


def record_reading(
    convention: Convention,
    kind: ProofKind,
    *,
    party: ConventionParty,
    by: Person | None,
    circumstances: Circumstances,
    document: str,
) -> None:
    """A party was shown or given a document; told once an hour at most."""
    recently = convention.proof.filter(
        kind=kind,
        party=party.kind,
        person=by,
        document=document,
        at__gt=timezone.now() - SAME_READING,
    )
    if not recently.exists():
        record_proof(
            convention, kind, party=party, by=by, circumstances=circumstances, document=document
        )


def check_chain(convention: Convention) -> list[str]:
    """What is wrong with a convention's proof file; nothing if it is whole and tells its signatures."""
    events = list(convention.proof.order_by("number"))
    end = ProofHead.objects.filter(convention=convention).first()
    faults = proof.faults_of(
        [(event.entry, event.mac) for event in events],
        (end.head, end.mark) if end else None,
        proof_key(),
    )
    if not events or events[0].kind != ProofKind.OPENED:
        faults.append("entry 1: does not open the convention")
    return [*faults, *_untold(convention, events)]


def _untold(convention: Convention, events: list[ProofEvent]) -> list[str]:
    """Files and signatures that stand in the database otherwise than the chain tells."""
    told = {_signature_told_by(event) for event in events if event.kind in _SIGNING}
    signatures = Signature.objects.filter(party__convention=convention).select_related("party")
    faults = [
        f"signature of {one.party.kind}: not as the chain tells it"
        for one in signatures
        if (one.party.kind, one.person_id, one.name, one.digest) not in told
    ]
    if len(told) != len(signatures):
        faults.append(f"signatures: {len(told)} in the chain, {len(signatures)} beside it")
    for kind, digest in (
        (ProofKind.RENDERED, convention.text_sha256),
        (ProofKind.SEALED, convention.file_sha256),
    ):
        if [e.document for e in events if e.kind == kind] != ([digest] if digest else []):
            faults.append(f"{kind}: not the file that the chain tells of")
    ended_by = _ENDINGS.get(ConventionState(convention.state))
    if ended_by is not None and ended_by not in {e.kind for e in events}:
        faults.append(f"{convention.state}: the chain does not tell how it came to that")
    return faults


def _signature_told_by(event: ProofEvent) -> tuple[str, int | None, str, str]:
    """Party, account, name and document; by hand nobody signs through an account."""
    if event.kind == ProofKind.SCANNED:
        return event.party, None, event.facts["signatory"], event.document
    return event.party, event.person_id, event.name, event.document


def _name(party: ConventionParty | None, by: Person | None) -> str:
    if by is not None:
        return str(by)
    return party.name if party else ""
