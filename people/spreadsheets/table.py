"""A table read from a file, each cell traceable to its line and column."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufeff\ufffe\uffff\ud800-\udfff]")


@dataclass(frozen=True)
class Limits:
    """What is too large to be a list of people."""

    bytes: int = 10_000_000
    unzipped_bytes: int = 80_000_000
    rows: int = 20_000
    columns: int = 200


@dataclass(frozen=True)
class Problem:
    """A sentence about a line and a column, both counted from 1; 0 means all of them."""

    line: int
    column: int
    sentence: str

    @property
    def place(self) -> str:
        """« ligne 12, colonne C », or nothing when it is about the whole file."""
        parts = []
        if self.line:
            parts.append(_("ligne %(line)d") % {"line": self.line})
        if self.column:
            parts.append(_("colonne %(letters)s") % {"letters": column_letters(self.column)})
        return ", ".join(parts)

    def __str__(self) -> str:
        return f"{self.place} : {self.sentence}" if self.place else self.sentence


class UnreadableFile(ValueError):
    """A file that is refused as a whole; its message is a sentence for people."""

    def __init__(self, sentence: str, line: int = 0) -> None:
        self.problem = Problem(line, 0, sentence)
        super().__init__(str(self.problem))


@dataclass(frozen=True)
class Row:
    """One line of the file: as many cells as there are headings, without outer spaces."""

    line: int
    cells: tuple[str, ...]

    def __getitem__(self, column: int) -> str:
        """The cell of a column counted from 0, as `guess_mapping` counts them."""
        return self.cells[column]


@dataclass(frozen=True)
class Table:
    """Headings (all different, none empty), rows, and what is wrong with them.

    `source` tells how the file was understood, `separator` what to write one like it with; rows
    named in `problems` are kept.
    """

    headings: tuple[str, ...]
    rows: tuple[Row, ...]
    problems: tuple[Problem, ...] = ()
    source: str = ""
    separator: str = ";"

    def column(self, column: int) -> tuple[str, ...]:
        return tuple(row[column] for row in self.rows)


def column_letters(column: int) -> str:
    """The name spreadsheets give to a column counted from 1: A, B, ... Z, AA."""
    letters = ""
    while column:
        column, letter = divmod(column - 1, 26)
        letters = chr(ord("A") + letter) + letters
    return letters


def clean(cell: str) -> str:
    """A cell without outer spaces nor the characters that no person types."""
    return _CONTROL.sub("", cell).replace("\r\n", "\n").strip()


def tabulate(
    lines: Iterable[tuple[int, list[str]]],
    *,
    source: str,
    limits: Limits,
    problems: Iterable[Problem] = (),
    separator: str = ";",
) -> Table:
    """Make a table of numbered lines: headings first, empty lines left out."""
    headings: list[str] | None = None
    heading_line = 0
    found = list(problems)
    rows: list[Row] = []
    for line, raw in lines:
        cells = [clean(cell) for cell in raw]
        while cells and not cells[-1]:
            cells.pop()
        if not cells:
            continue
        if len(cells) > limits.columns:
            raise UnreadableFile(
                _("Il y a %(found)d colonnes ; la limite est de %(limit)d.")
                % {"found": len(cells), "limit": limits.columns},
                line,
            )
        if headings is None:
            headings, heading_line = cells, line
            continue
        if len(rows) == limits.rows:
            raise UnreadableFile(
                _("Le fichier a plus de %(limit)d lignes, qui est la limite.")
                % {"limit": limits.rows},
                line,
            )
        if len(cells) > len(headings):
            found.append(Problem(line, len(headings) + 1, _too_many(len(cells), len(headings))))
        elif len(raw) < len(headings):
            found.append(Problem(line, 0, _too_few(len(raw), len(headings))))
        padded = cells[: len(headings)] + [""] * (len(headings) - len(cells))
        rows.append(Row(line, tuple(padded)))
    if headings is None:
        raise UnreadableFile(_("Le fichier est vide."))
    if not rows:
        found.append(Problem(heading_line, 0, _("Il n'y a aucune ligne sous les en-têtes.")))
    named = _name(headings, heading_line, found)
    return Table(named, tuple(rows), tuple(sorted(found, key=_by_place)), source, separator)


def _name(headings: list[str], line: int, problems: list[Problem]) -> tuple[str, ...]:
    """Headings made different from one another, with a problem for each change."""
    named: list[str] = []
    seen: Counter[str] = Counter()
    for column, heading in enumerate(headings, start=1):
        name = " ".join(heading.split())
        if not name:
            problems.append(Problem(line, column, _("Cette colonne n'a pas d'en-tête.")))
            name = _("colonne %(letters)s") % {"letters": column_letters(column)}
        seen[name.casefold()] += 1
        if seen[name.casefold()] > 1:
            problems.append(
                Problem(line, column, _("L'en-tête « %(name)s » est déjà pris.") % {"name": name})
            )
        unique, number = name, seen[name.casefold()]
        while unique.casefold() in {other.casefold() for other in named}:
            unique, number = f"{name} ({max(number, 2)})", number + 1
        named.append(unique)
    return tuple(named)


def _too_many(found: int, expected: int) -> str:
    return ngettext(
        "Cette ligne a %(found)d cellules pour %(expected)d en-tête.",
        "Cette ligne a %(found)d cellules pour %(expected)d en-têtes.",
        expected,
    ) % {"found": found, "expected": expected}


def _too_few(found: int, expected: int) -> str:
    return ngettext(
        "Cette ligne n'a que %(found)d cellule pour %(expected)d en-têtes.",
        "Cette ligne n'a que %(found)d cellules pour %(expected)d en-têtes.",
        found,
    ) % {"found": found, "expected": expected}


def _by_place(problem: Problem) -> tuple[int, int]:
    return problem.line, problem.column
