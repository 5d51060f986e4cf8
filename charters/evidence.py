"""What is on record about a convention: its files, who has seen them, the codes sent."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet

from charters.enums import AWAITED_STATES, ProofKind
from charters.models import Convention, ConventionParty, SigningCode
from people.models import Person

ATTEMPTS = 5  # with one code


def conventions_without_files() -> QuerySet[Convention]:
    """Those whose text cannot be signed yet, or whose complete document is not sealed yet."""
    return Convention.objects.filter(
        Q(state__in=AWAITED_STATES, text_sha256="") | Q(signed_at__isnull=False, file_sha256="")
    ).order_by("pk")


def has_seen(convention: Convention, party: ConventionParty, by: Person | None) -> bool:
    """Whether this party was put before the very document that is signed."""
    return convention.proof.filter(
        kind__in=[ProofKind.SHOWN, ProofKind.DOWNLOADED],
        party=party.kind,
        person=by,
        document=convention.text_sha256,
    ).exists()


def codes_of(party: ConventionParty, person: Person | None) -> QuerySet[SigningCode]:
    """The codes sent to this person, or to a guardian, for this party; the newest first counts."""
    return SigningCode.objects.filter(party=party, person=person).order_by("-pk")


def live_code(party: ConventionParty, person: Person | None, *, at: datetime) -> SigningCode | None:
    """The code that this person can still type, if one was sent."""
    newest = codes_of(party, person).first()
    if newest is None or newest.used_at is not None or newest.expires_at <= at:
        return None
    if newest.attempts >= ATTEMPTS:
        return None
    return newest


def proof_as_data(convention: Convention) -> list[dict[str, Any]]:
    """The whole chain as whoever holds the key needs it to check it elsewhere."""
    return [
        vars(event.entry) | {"at": event.entry.at.isoformat(), "mac": event.mac}
        for event in convention.proof.order_by("number")
    ]
