"""A copy signed by hand."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Scan:
    """The file that a scanner or a telephone made, and the day of the last signature."""

    content: bytes
    suffix: str
    signed_on: date
