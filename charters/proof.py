"""The chain of proof of a convention: each entry bears the one before, under a key. Pure.

Whoever changes, adds, moves or deletes an entry without the key breaks the chain; the mark on its
length and head finds entries deleted at the end.
"""

from __future__ import annotations

import hmac
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

START = "0" * 64


@dataclass(frozen=True)
class Ring:
    """The key that proves now, and those that proved before it, the latest first."""

    key: bytes = field(repr=False)
    former: tuple[bytes, ...] = field(default=(), repr=False)

    @property
    def key_id(self) -> str:
        """The name under which links tell of the present key."""
        return id_of(self.key)

    def named(self, key_id: str) -> list[bytes]:
        """The key of that name, if it is here; links without a name are older than names."""
        return [key for key in (self.key, *self.former) if key_id in ("", id_of(key))]


def id_of(key: bytes) -> str:
    """Sixteen signs that name a key and say nothing of it."""
    return sha256(b"binome proof key " + key).hexdigest()[:16]


@dataclass(frozen=True)
class Entry:
    """One event as it is authenticated: everything that its row holds."""

    convention: int
    number: int
    kind: str
    at: datetime
    party: str
    person: int | None
    name: str
    email: str
    identified_by: str
    document: str
    address: str
    agent: str
    facts: Mapping[str, Any]
    previous: str
    key_id: str

    def mac(self, key: bytes) -> str:
        """HMAC-SHA256 of all fields, in hexadecimal."""
        written = vars(self) | {"at": self.at.astimezone(UTC).isoformat()}
        if not self.key_id:
            del written["key_id"]
        return _mac(key, "entry", written)


@dataclass(frozen=True)
class Head:
    """How long a chain is and where it ends."""

    convention: int
    length: int
    last: str

    def mac(self, key: bytes) -> str:
        return _mac(key, "head", vars(self))

    def is_marked(self, mark: str, key: bytes) -> bool:
        """Whether this is the mark that the key gives it."""
        return hmac.compare_digest(self.mac(key), mark)


def code_mac(key: bytes, *, convention: int, document: str, party: int, to: str, code: str) -> str:
    """What is kept of a one-time code: it opens this document, for this party and person only."""
    fields = {
        "convention": convention,
        "document": document,
        "party": party,
        "to": to,
        "code": code,
    }
    return _mac(key, "code", fields)


def faults_of(
    entries: Sequence[tuple[Entry, str]], head: tuple[Head, str] | None, ring: Ring
) -> list[str]:
    """What is wrong with a chain of entries and their macs, in order; nothing if it is whole.

    A former key still authenticates links, but no end: whoever stole it cannot give a chain another.
    """
    faults = []
    previous = START
    for position, (entry, mac) in enumerate(entries, 1):
        if entry.number != position:
            faults.append(f"entry {position}: numbered {entry.number}")
        if entry.previous != previous:
            faults.append(f"entry {position}: does not follow the one before")
        keys = ring.named(entry.key_id)
        if not keys:
            faults.append(f"entry {position}: the key {entry.key_id} is not here")
        elif not any(hmac.compare_digest(entry.mac(key), mac) for key in keys):
            faults.append(f"entry {position}: altered")
        previous = mac
    if head is None:
        return [*faults, "head: missing"]
    found, mark = head
    if not found.is_marked(mark, ring.key):
        is_of_before = any(found.is_marked(mark, key) for key in ring.former)
        faults.append("head: marked by a former key" if is_of_before else "head: altered")
    if (found.length, found.last) != (len(entries), previous):
        faults.append(f"head: tells of {found.length} entries, {len(entries)} are there")
    return faults


def sha256_of(text: str) -> str:
    return sha256(text.encode()).hexdigest()


def _mac(key: bytes, purpose: str, fields: Mapping[str, Any]) -> str:
    written = json.dumps([purpose, fields], sort_keys=True, ensure_ascii=False)
    return hmac.new(key, written.encode(), sha256).hexdigest()
