"""Where the keys stand: in KEYS_DIR or the environment, never in the database or its backups."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from threading import Lock

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.utils import timezone

from charters import authority

_one_at_a_time = Lock()
MISSING = "%s is missing; `manage.py seal create` makes it (docs/operations.md)."


def proof_key() -> bytes:
    """The key that authenticates every proof; raise ImproperlyConfigured where there is none."""
    if settings.PROOF_KEY:
        return str(settings.PROOF_KEY).encode()
    return _read_proof_key(Path(settings.KEYS_DIR), may_make=settings.MAKES_ITS_OWN_KEYS)


def seal_folder() -> Path:
    """Where the seal's key and certificates stand; raise ImproperlyConfigured where they do not."""
    folder = Path(settings.KEYS_DIR)
    with _one_at_a_time:
        if not (folder / authority.SEAL).exists():
            if not settings.MAKES_ITS_OWN_KEYS:
                raise ImproperlyConfigured(MISSING % (folder / authority.SEAL))
            authority.make_seal(folder, name="Binôme (essai)", at=timezone.now())
    return folder


def has_keys() -> bool:
    """Whether conventions can be proved and sealed here."""
    folder = Path(settings.KEYS_DIR)
    has_proof_key = bool(settings.PROOF_KEY) or (folder / authority.PROOF_KEY).exists()
    has_seal = all((folder / name).exists() for name in (authority.SEAL, authority.SEAL_KEY))
    return settings.MAKES_ITS_OWN_KEYS or (has_proof_key and has_seal)


@cache
def _read_proof_key(folder: Path, *, may_make: bool) -> bytes:
    path = folder / authority.PROOF_KEY
    with _one_at_a_time:
        return _read_or_make(path, may_make=may_make)


def _read_or_make(path: Path, *, may_make: bool) -> bytes:
    if not path.exists():
        if not may_make:
            raise ImproperlyConfigured(MISSING % path)
        authority.make_proof_key(path.parent)
    return path.read_bytes().strip()
