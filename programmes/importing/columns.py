"""Which column of the list becomes what: guessed, decided by the coordinator, and judged."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from people.spreadsheets import (
    Repetition,
    SensitiveColumn,
    Table,
    find_repetitions,
    guess_mapping,
    sensitive_columns,
)
from programmes.importing.targets import Target
from programmes.policy.terms import Role

EXAMPLES = 3


@dataclass(frozen=True)
class Decisions:
    """What the coordinator decided; columns are counted from 0.

    `mapping` gives each target its column. `sensitive` gives the reason for each sensitive column
    that was asked for, `repeated` holds the columns kept although they repeat a refused one.
    `incomplete`: what a line does not say is left for the person to add. `all_alumni`: the whole
    list is of former students.
    """

    role: Role
    mapping: Mapping[str, int] = field(default_factory=dict)
    sensitive: Mapping[int, str] = field(default_factory=dict)
    repeated: frozenset[int] = frozenset()
    incomplete: bool = False
    all_alumni: bool = False

    def to_json(self) -> dict[str, Any]:
        return asdict(self) | {
            "sensitive": [[column, reason] for column, reason in self.sensitive.items()],
            "repeated": sorted(self.repeated),
        }

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> Decisions:
        return cls(
            role=Role(stored["role"]),
            mapping=dict(stored["mapping"]),
            sensitive=dict(stored["sensitive"]),
            repeated=frozenset(stored["repeated"]),
            incomplete=stored["incomplete"],
            all_alumni=stored["all_alumni"],
        )


@dataclass(frozen=True)
class Column:
    """A column of the file as the coordinator sees it; no example of what is refused at first."""

    number: int
    heading: str
    examples: tuple[str, ...]
    guess: str
    sensitive: SensitiveColumn | None = None
    repetitions: tuple[Repetition, ...] = ()

    def warnings(self, decisions: Decisions) -> list[str]:
        """Why this column is better left out: it is sensitive, or repeats one that is refused."""
        told = [self.sensitive.sentence] if self.sensitive else []
        return told + [
            one.sentence for one in self.repetitions if one.refused not in decisions.sensitive
        ]


def look_at(table: Table, targets: Sequence[Target]) -> tuple[Column, ...]:
    """Every column with its examples, its guess, and what speaks against taking it in."""
    sensitive = {one.column: one for one in sensitive_columns(table.headings)}
    repetitions = find_repetitions(table, sensitive)
    guesses = {column: key for key, column in guess(table, targets, sensitive).items()}
    return tuple(
        Column(
            number,
            heading,
            () if number in sensitive or theirs else _examples(table.column(number)),
            "" if theirs else guesses.get(number, ""),
            sensitive.get(number),
            theirs,
        )
        for number, heading in enumerate(table.headings)
        for theirs in [tuple(one for one in repetitions if one.column == number)]
    )


def guess(
    table: Table, targets: Sequence[Target], sensitive: Mapping[int, SensitiveColumn]
) -> dict[str, int]:
    """For each target that a heading names, its column; a sensitive one is never guessed."""
    headings = [
        "" if number in sensitive else heading for number, heading in enumerate(table.headings)
    ]
    return guess_mapping(headings, {target.key: target.synonyms for target in targets})


def propose(columns: Sequence[Column], role: Role) -> Decisions:
    """The guesses, as decisions."""
    return Decisions(role, {column.guess: column.number for column in columns if column.guess})


def objections(
    table: Table, columns: Sequence[Column], targets: Sequence[Target], decisions: Decisions
) -> list[str]:
    """What stands against these decisions, each a sentence; none means that the plan can be made."""
    return [
        *_missing(targets, decisions),
        *_taken_twice(columns, decisions),
        *_sensitive(columns, decisions),
        *(one.sentence for one in repetitions_left(table, decisions)),
    ]


def repetitions_left(table: Table, decisions: Decisions) -> list[Repetition]:
    """Where a column to be imported repeats a refused one, and nobody has said to take it still."""
    refused = {one.column for one in sensitive_columns(table.headings)} - set(decisions.sensitive)
    wanted = set(decisions.mapping.values()) - decisions.repeated
    return [one for one in find_repetitions(table, refused) if one.column in wanted]


def _missing(targets: Sequence[Target], decisions: Decisions) -> Iterator[str]:
    for target in targets:
        if target.is_required and target.key not in decisions.mapping:
            yield _("Aucune colonne ne donne « %(label)s ».") % {"label": target.label}


def _taken_twice(columns: Sequence[Column], decisions: Decisions) -> Iterator[str]:
    for number, count in Counter(decisions.mapping.values()).items():
        if count > 1:
            yield _("La colonne « %(heading)s » est prise deux fois.") % {
                "heading": columns[number].heading
            }


def _sensitive(columns: Sequence[Column], decisions: Decisions) -> Iterator[str]:
    for column in columns:
        if column.sensitive is None or column.number not in decisions.mapping.values():
            continue
        if not decisions.sensitive.get(column.number, "").strip():
            yield _("%(sentence)s Pour l'importer, demandez-le expressément et dites pourquoi.") % {
                "sentence": column.sensitive.sentence
            }


def _examples(cells: Sequence[str]) -> tuple[str, ...]:
    different = dict.fromkeys(" ".join(cell.split())[:60] for cell in cells[:200] if cell)
    return tuple(different)[:EXAMPLES]
