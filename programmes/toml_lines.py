"""On which line of a TOML text each key stands; the reader of TOML keeps no places. Pure."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

# What may end a statement that goes on over several lines; one that never seems to is given up.
_END = re.compile(r"[\]}]|\"\"\"|'''")
_MOST_LINES = 1000


class Lines:
    """The lines of a valid TOML text, numbered from 1."""

    def __init__(self, text: str) -> None:
        self._lines: dict[str, int] = {}
        table, repeated = "", Counter[str]()
        for line, statement, document in _statements(text):
            if statement.startswith("["):
                table = _table(document, repeated, is_repeated=statement.startswith("[["))
                self._lines.setdefault(table.removesuffix("[1]"), line)
                self._lines.setdefault(table, line)
            else:
                self._keep(document, table, line)
        self._lines.pop("", None)  # the text itself

    def of(self, key: str) -> int | None:
        """The line of a key written like `questions[2].label`, or of what it would stand in."""
        while key and key not in self._lines:
            key = key[: max(key.rfind("."), key.rfind("["), 0)]
        return self._lines.get(key)

    def _keep(self, value: object, key: str, line: int) -> None:
        self._lines.setdefault(key, line)
        if isinstance(value, Mapping):
            for name, inner in value.items():
                self._keep(inner, f"{key}.{name}" if key else name, line)
        elif isinstance(value, list):
            for position, inner in enumerate(value, 1):
                self._keep(inner, f"{key}[{position}]", line)


def _statements(text: str) -> Iterator[tuple[int, str, Mapping[str, Any]]]:
    """Each statement: the line it begins on, its text, and what that says alone."""
    begun, since = "", 1
    for number, line in enumerate(text.split("\n"), 1):
        if not begun:
            since = number
        elif number - since > _MOST_LINES:
            return
        may_end = not begun or _END.search(line)
        begun += f"{line}\n"
        if not may_end:
            continue
        try:
            document = tomllib.loads(begun)
        except tomllib.TOMLDecodeError:
            continue
        if document:
            yield since, begun.lstrip(), document
        begun = ""


def _table(document: Mapping[str, Any], repeated: Counter[str], *, is_repeated: bool) -> str:
    """The whole key of a header: `[[charter.sections]]` met again is `charter.sections[2]`."""
    key, inner = "", document
    while inner:
        name, value = next(iter(inner.items()))
        key = f"{key}.{name}" if key else name
        inner = value[0] if isinstance(value, list) else value
        repeated[key] += is_repeated and not inner
        if repeated[key]:
            key += f"[{repeated[key]}]"
    return key
