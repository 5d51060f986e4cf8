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
from charters.keys import proof_keys
from charters.models import Convention, ConventionParty, ProofEvent, ProofHead, Signature
from charters.text import digest_of
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
    """Add a link to the chain, and move its authenticated end.

    An end that somebody moved is never authenticated again: the chain goes on, and stays broken.
    """
    head, is_new = ProofHead.objects.get_or_create(
        convention=convention, defaults={"length": 0, "last": proof.START, "mark": ""}
    )
    head = lock(head)
    ring = proof_keys()
    is_ours = is_new or head.head.is_marked(head.mark, ring.key)
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
        key_id=ring.key_id,
    )
    event.mac = event.entry.mac(ring.key)
    event.save()
    head.length, head.last = event.number, event.mac
    head.mark = head.head.mac(ring.key) if is_ours else ""
    head.save()
    if not is_ours:
        logger.error("The proof of convention %s has been altered", convention.pk)
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
        proof_keys(),
    )
    if not events or events[0].kind != ProofKind.OPENED:
        faults.append("entry 1: does not open the convention")
    elif not convention.is_intact or events[0].facts.get("text") != convention.digest:
        faults.append("convention: not the text that the chain opens with")
    return [*faults, *_untold(convention, events)]


def parties_fingerprint(convention: Convention) -> str:
    """SHA-256 of who signs and where they are written to: the chain tells it, at each change."""
    rows = convention.parties.order_by("kind").values_list(
        "kind", "order", "person_id", "name", "email"
    )
    return digest_of([list(row) for row in rows])


def mark_ends_again() -> list[int]:
    """Mark every end that the key before gave under the present one; the conventions where another did.

    From then on the former keys authenticate what was, and nothing new.
    """
    ring, strange = proof_keys(), []
    for pk in ProofHead.objects.order_by("pk").values_list("pk", flat=True):
        with transaction.atomic():
            head = ProofHead.objects.select_for_update().get(pk=pk)
            if any(head.head.is_marked(head.mark, key) for key in (ring.key, *ring.former[:1])):
                head.mark = head.head.mac(ring.key)
                head.save(update_fields=["mark"])
            else:
                strange.append(head.convention_id)
    return strange


def _untold(convention: Convention, events: list[ProofEvent]) -> list[str]:
    """Parties, files and signatures that stand in the database otherwise than the chain tells."""
    told = [event for event in events if event.kind in _SIGNING]
    signatures = Signature.objects.filter(party__convention=convention).select_related("party")
    faults = [
        f"signature of {one.party.kind}: not as the chain tells it"
        for one in signatures
        if not any(_tells(event, one) for event in told)
    ]
    if len(told) != len(signatures):
        faults.append(f"signatures: {len(told)} in the chain, {len(signatures)} beside it")
    parties = [event.facts["parties"] for event in events if "parties" in event.facts]
    # Early chains do not tell of the parties.
    if parties and parties[-1] != parties_fingerprint(convention):
        faults.append("parties: not those that the chain tells of")
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


def _tells(event: ProofEvent, signature: Signature) -> bool:
    """Whether this is the signature that the event is about; early links bear no fingerprint of it."""
    fingerprint = signature.fingerprint
    is_same = event.facts.get("signature", fingerprint) == fingerprint
    return is_same and (event.party, event.document) == (signature.party.kind, signature.digest)


def _name(party: ConventionParty | None, by: Person | None) -> str:
    if by is not None:
        return str(by)
    return party.name if party else ""
