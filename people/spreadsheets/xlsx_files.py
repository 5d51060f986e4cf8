"""Excel workbooks: the first visible sheet, its values written as a person sees them."""

from __future__ import annotations

import datetime as dt
import io
import re
import warnings
import zipfile
from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _
from openpyxl import load_workbook

from people.spreadsheets.table import Limits, Problem, Table, UnreadableFile, tabulate

_LAST_LINE = 1_048_576
_PADDED = re.compile(r"[0# \-]*0[0# \-]*")
_FORMULA = re.compile(rb"<(\w+:)?f[ />]")

Lines = list[tuple[int, list[str]]]


def read_xlsx(content: bytes, *, limits: Limits) -> Table:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            title, lines, problems = _read_sheet(content, limits)
    except UnreadableFile:
        raise
    except Exception as error:
        raise UnreadableFile(
            _("Le classeur est abîmé. Ouvrez-le dans un tableur et enregistrez-le à nouveau.")
        ) from error
    source = _("classeur Excel, feuille « %(title)s »") % {"title": title}
    return tabulate(lines, source=source, limits=limits, problems=problems)


def _read_sheet(content: bytes, limits: Limits) -> tuple[str, Lines, list[Problem]]:
    lines: Lines = []
    problems: list[Problem] = []
    title, rows = _rows(content, with_values=True)
    width = 0
    for line, row in enumerate(rows, start=1):
        cells = [_as_seen(cell) for cell in row]
        while cells and not cells[-1]:
            cells.pop()
        if not cells:
            continue
        width = width or len(cells)
        if len(lines) > limits.rows or len(cells) > limits.columns:
            # `tabulate` says why: it gets the line that is one too many.
            lines.append((line, cells))
            break
        problems += [
            Problem(
                line, column, _("La cellule contient l'erreur %(error)s.") % {"error": cell.value}
            )
            for column, cell in enumerate(row, start=1)
            if getattr(cell, "data_type", "") == "e"
        ]
        # A sheet has no ragged rows: what is missing at the end is empty.
        lines.append((line, cells + [""] * (width - len(cells))))
    return title, lines, problems + _formulas_without_value(content, lines)


def _rows(content: bytes, *, with_values: bool) -> tuple[str, Iterator[tuple[Any, ...]]]:
    workbook = load_workbook(io.BytesIO(content), read_only=True, data_only=with_values)
    sheets = [sheet for sheet in workbook.worksheets if sheet.sheet_state == "visible"]
    if not sheets:
        raise UnreadableFile(_("Le classeur n'a aucune feuille visible."))
    # Some programs write dimensions that are too small: read what is there.
    sheets[0].reset_dimensions()
    return sheets[0].title, sheets[0].iter_rows(max_row=_LAST_LINE)


def _formulas_without_value(content: bytes, lines: Lines) -> list[Problem]:
    """Formulas that no spreadsheet has computed yet: they would be read as empty cells."""
    if not _has_formulas(content):
        return []
    kept = dict(lines)
    problems = []
    _title, rows = _rows(content, with_values=False)
    for line, row in enumerate(rows, start=1):
        for column, cell in enumerate(row, start=1):
            if getattr(cell, "data_type", "") != "f":
                continue
            cells = kept.get(line, [])
            if column > len(cells) or not cells[column - 1]:
                problems.append(
                    Problem(
                        line,
                        column,
                        _(
                            "Cette formule n'a pas de résultat. Ouvrez le fichier dans un "
                            "tableur et enregistrez-le à nouveau."
                        ),
                    )
                )
    return problems


def _has_formulas(content: bytes) -> bool:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        sheets = [name for name in archive.namelist() if name.startswith("xl/worksheets/")]
        return any(_FORMULA.search(archive.read(name)) for name in sheets)


def _as_seen(cell: Any) -> str:
    """The value of a cell as its format shows it, in French."""
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "VRAI" if value else "FAUX"
    if isinstance(value, dt.datetime):
        return f"{value:%d/%m/%Y}" if value.time() == dt.time() else f"{value:%d/%m/%Y %H:%M}"
    if isinstance(value, dt.date):
        return f"{value:%d/%m/%Y}"
    if isinstance(value, dt.time):
        return f"{value:%H:%M}"
    if isinstance(value, int | float):
        return _number_as_seen(value, str(cell.number_format))
    return str(value)


def _number_as_seen(value: float, number_format: str) -> str:
    if value == int(value) and _PADDED.fullmatch(number_format):
        return _fill_pattern(int(value), number_format)
    percent = number_format.endswith("%")
    digits = f"{value * 100 if percent else value:.15g}"
    if "e" in digits and value == int(value):
        digits = str(int(value))
    return digits.replace(".", ",") + (" %" if percent else "")


def _fill_pattern(value: int, pattern: str) -> str:
    """Postcodes and telephone numbers: « 00000 », « 0# ## ## ## ## »."""
    digits = list(str(abs(value)))
    shown: list[str] = []
    for char in reversed(pattern):
        if char in "0#":
            digit = digits.pop() if digits else ("0" if char == "0" else "")
            shown.append(digit)
        else:
            shown.append(char)
    text = "".join(digits) + "".join(reversed(shown)).strip()
    return f"-{text}" if value < 0 else text
