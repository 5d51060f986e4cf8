"""Tables written for spreadsheets."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

# A spreadsheet would run what begins like this.
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def write_csv(rows: Iterable[Sequence[object]], *, separator: str = ";") -> bytes:
    """A CSV file that Excel and LibreOffice open as it is, and in which nothing is a formula.

    Texts that could be formulas begin with an apostrophe; numbers stay numbers. The mark of UTF-8
    is there where a letter needs it.
    """
    text = io.StringIO()
    writer = csv.writer(text, delimiter=separator, lineterminator="\r\n")
    writer.writerows([_harmless(cell) for cell in row] for row in rows)
    written = text.getvalue()
    return written.encode("ascii" if written.isascii() else "utf-8-sig")


def _harmless(cell: object) -> object:
    if isinstance(cell, str) and cell.startswith(_FORMULA_STARTS):
        return f"'{cell}"
    return cell
