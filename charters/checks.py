"""What an installation must have before people sign conventions on it."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Warning

from charters.keys import has_keys


def keys_are_there(**_options: Any) -> list[CheckMessage]:
    """Found by `check --deploy`: nobody could sign without the key that proves."""
    if has_keys():
        return []
    return [
        Warning(
            f"There is no key to prove and seal conventions in {settings.KEYS_DIR}.",
            hint="manage.py seal create makes them; docs/operations.md tells where they belong.",
            id="charters.W001",
        )
    ]
