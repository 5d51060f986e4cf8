"""Parts of a programme file that apps above keep (the charter's text, say).

An app registers, under the key of its part, how to check it, store it and give it back.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, Protocol

from programmes.policy.coherence import Problem

if TYPE_CHECKING:
    from programmes.models import Programme
    from programmes.policy.rules import Rules


class PresetSection(Protocol):
    """One part of a programme file."""

    def check(self, part: Mapping[str, Any], rules: Rules | None) -> list[Problem]:
        """Everything wrong with the part, with whole keys (`charter.sections[2].text`).

        Without rules, where those cannot be read: what is wrong with the part alone.
        """

    def store(self, programme: Programme, part: Mapping[str, Any] | None, at: datetime) -> None:
        """Keep the part for the programme; nothing changes if it is what is kept already.

        None where the file has no such part.
        """

    def remark(self, programme: Programme, part: Mapping[str, Any]) -> str:
        """Why the part of a file just loaded is not what is kept, in a sentence; empty if it is."""

    def export(self, programme: Programme) -> Mapping[str, Any] | None:
        """The part as it would be written in a file; None where nothing is kept."""


_sections: dict[str, PresetSection] = {}


def register(key: str, section: PresetSection) -> None:
    _sections[key] = section


def registered() -> Mapping[str, PresetSection]:
    return dict(_sections)


@dataclass(frozen=True)
class Parts:
    """A programme file taken apart: what the heart keeps, and the parts of the others."""

    own: Mapping[str, Any]
    others: Mapping[str, Any]


def take_apart(document: Mapping[str, Any]) -> Parts:
    return Parts(
        own={key: value for key, value in document.items() if key not in _sections},
        others={key: value for key, value in document.items() if key in _sections},
    )
