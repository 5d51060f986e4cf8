"""What no value of a programme file may be, whatever its key. Pure."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping

from programmes.policy.coherence import Problem

_LARGEST = 1_000_000
_LINES = {"\n", "\r", "\t"}


def problems_of_values(value: object, key: str = "") -> Iterator[Problem]:
    """Numbers that nothing can count to, and characters that no database keeps."""
    if isinstance(value, Mapping):
        for name, inner in value.items():
            yield from problems_of_values(inner, f"{key}.{name}" if key else str(name))
    elif isinstance(value, list):
        for position, inner in enumerate(value, 1):
            yield from problems_of_values(inner, f"{key}[{position}]")
    elif isinstance(value, str):
        hidden = {one for one in value if unicodedata.category(one) == "Cc"} - _LINES
        for one in sorted(hidden):
            yield Problem(key, f"le texte contient un caractère invisible (U+{ord(one):04X})")
    elif isinstance(value, int) and abs(value) > _LARGEST:
        yield Problem(key, f"ce nombre est trop grand ({_LARGEST} au plus)")
