"""What an installation must have before people sign conventions on it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Warning
from django.utils import timezone

from charters import authority
from charters.keys import has_keys

TOLD_BEFORE = timedelta(days=60)


def keys_are_there(**_options: Any) -> list[CheckMessage]:
    """Found by `check --deploy`: nobody could sign without the key that proves."""
    if has_keys():
        return [] if settings.MAKES_ITS_OWN_KEYS else list(_ending_soon())
    return [
        Warning(
            f"There is no key to prove and seal conventions in {settings.KEYS_DIR}.",
            hint="manage.py seal create makes them; docs/operations.md tells where they belong.",
            id="charters.W001",
        )
    ]


def _ending_soon() -> Iterator[CheckMessage]:
    """Seals that will be refused before long: nothing is sealed by an expired certificate."""
    for path in sorted(Path(settings.KEYS_DIR).rglob(authority.SEAL)):
        end = authority.valid_until(path.parent)
        is_in_use = authority.FORMER not in path.parts
        if is_in_use and end < timezone.now() + TOLD_BEFORE:
            yield Warning(
                f"The seal {path} expires on {end:%Y-%m-%d}.",
                hint="manage.py seal create makes another; what is sealed stays valid.",
                id="charters.W002",
            )
