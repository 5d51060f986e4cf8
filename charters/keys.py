"""Where the keys stand: in KEYS_DIR or the environment, never in the database or its backups."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from threading import Lock

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.utils import timezone

from charters import authority
from charters.proof import Ring

_one_at_a_time = Lock()
MISSING = "%s is missing; `manage.py seal create` makes it (docs/operations.md)."


def proof_keys() -> Ring:
    """The key that authenticates every proof, and the former ones; raise ImproperlyConfigured where there is none."""
    if settings.PROOF_KEY:
        former = (str(key).encode() for key in settings.PROOF_KEY_FALLBACKS)
        return Ring(str(settings.PROOF_KEY).encode(), tuple(former))
    path = Path(settings.KEYS_DIR) / authority.PROOF_KEY
    with _one_at_a_time:
        if not path.exists():
            if not settings.MAKES_ITS_OWN_KEYS:
                raise ImproperlyConfigured(MISSING % path)
            authority.make_proof_key(path.parent)
    former_ones = sorted(
        path.parent.glob(f"{authority.FORMER_PROOF_KEYS}/*.key"),
        key=lambda one: one.stat().st_mtime_ns,
        reverse=True,
    )
    return Ring(_read(path), tuple(map(_read, former_ones)))


def folder_of(organisation: str) -> Path:
    """Where the seal of the association of that slug stands, if it has one; without a slug, ours."""
    folder = Path(settings.KEYS_DIR)
    return folder / authority.ORGANISATIONS / organisation if organisation else folder


def seal_folder(organisation: str = "") -> Path:
    """Where the seal's key and certificates stand; raise ImproperlyConfigured where they do not.

    An association without a seal of its own uses that of the installation.
    """
    own = folder_of(organisation)
    if organisation and (own / authority.SEAL).exists():
        return own
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


def _read(path: Path) -> bytes:
    return _content(path, path.stat().st_mtime_ns)


@cache
def _content(path: Path, _written_ns: int) -> bytes:
    """Kept as long as the file is the same: a key that is replaced counts at once, in every process."""
    return path.read_bytes().strip()
