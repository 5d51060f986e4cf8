"""What a list would become, line by line, and everything that is wrong with it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from typing import Any

from django.utils.translation import gettext as _

from people.mailboxes import mailbox_of
from people.spreadsheets import (
    Misread,
    Problem,
    Row,
    Table,
    parse_date,
    parse_email,
    parse_integer,
    parse_yes_no,
    read_cell,
)
from programmes.importing.cells import read_answer, read_objectives
from programmes.importing.columns import Decisions
from programmes.importing.judging import what_is_wrong
from programmes.importing.targets import Target
from programmes.policy.entering import judge_submission
from programmes.policy.evidence import Candidate, ChosenObjective
from programmes.policy.questionnaire import Answer
from programmes.policy.rules import Rules
from programmes.policy.verdict import Breach
from programmes.vocabulary import Vocabulary
from programmes.words import fill

LONGEST = {"first_name": 100, "last_name": 100, "number": 50}
MOST_PLACES = 50


@dataclass(frozen=True)
class Known:
    """What the association already knows of these addresses; nothing of accounts elsewhere."""

    enrolled: frozenset[str] = frozenset()  # in this cohort and this role
    excluded: frozenset[str] = frozenset()  # mailboxes, for good, from its programmes

    def excludes(self, email: str) -> bool:
        return mailbox_of(email) in self.excluded


@dataclass(frozen=True)
class PlannedPerson:
    """One line as it would be stored; `left` is what only the person can still give."""

    line: int
    values: Mapping[str, Any]
    answers: Mapping[str, Answer]
    objectives: tuple[ChosenObjective, ...]
    left: tuple[Breach, ...] = ()

    @property
    def email(self) -> str:
        return str(self.values["email"])


@dataclass(frozen=True)
class Plan:
    """`people` may be entered; `problems` say why the other lines may not; `notes` reject nothing."""

    people: tuple[PlannedPerson, ...]
    problems: tuple[Problem, ...]
    notes: tuple[Problem, ...] = ()

    @property
    def rejected_lines(self) -> frozenset[int]:
        return frozenset(problem.line for problem in self.problems)


@dataclass
class _Line:
    """One line while it is read."""

    row: Row
    problems: list[Problem] = field(default_factory=list)
    values: dict[str, Any] = field(default_factory=dict)
    answers: dict[str, Answer] = field(default_factory=dict)
    objectives: tuple[ChosenObjective, ...] = ()

    def object(self, column: int, sentence: str) -> None:
        """`column` counted from 0; -1 when it is about the whole line."""
        self.problems.append(Problem(self.row.line, column + 1, sentence))


def plan_import(
    table: Table,
    targets: Sequence[Target],
    decisions: Decisions,
    *,
    rules: Rules,
    vocabulary: Vocabulary,
    known: Known,
    today: date,
) -> Plan:
    """Read every line under `decisions` (to which there must be no objection left)."""
    by_line, notes = _sort_out(table, decisions)
    first_line_of: dict[str, int] = {}
    people: list[PlannedPerson] = []
    problems: list[Problem] = []
    for row in table.rows:
        line = _Line(row, by_line.get(row.line, []))
        _read(line, targets, decisions, rules)
        _place(line, decisions, known, first_line_of, vocabulary)
        candidate = _candidate(line, decisions)
        breaches = judge_submission(rules, candidate, today=today).breaches
        misread = {
            key
            for key, column in decisions.mapping.items()
            if any(problem.column == column + 1 for problem in line.problems)
        }
        for column, sentence in what_is_wrong(
            rules, candidate, breaches, decisions, misread=misread, vocabulary=vocabulary
        ):
            line.object(column, sentence)
        if line.problems:
            problems += line.problems
        else:
            people.append(
                PlannedPerson(row.line, line.values, line.answers, line.objectives, breaches)
            )
    return Plan(tuple(people), tuple(problems), notes)


def _sort_out(
    table: Table, decisions: Decisions
) -> tuple[dict[int, list[Problem]], tuple[Problem, ...]]:
    """The reader's own problems: those of a line to be rejected, and those that only inform."""
    lines = {row.line for row in table.rows}
    taken = {column + 1 for column in decisions.mapping.values()}
    by_line: dict[int, list[Problem]] = {}
    notes = []
    for problem in table.problems:
        of_a_cell_left_out = 0 < problem.column <= len(table.headings) and (
            problem.column not in taken
        )
        if problem.line in lines and not of_a_cell_left_out:
            by_line.setdefault(problem.line, []).append(problem)
        elif problem.line not in lines:
            notes.append(problem)
    return by_line, tuple(notes)


def _read(line: _Line, targets: Sequence[Target], decisions: Decisions, rules: Rules) -> None:
    for target in targets:
        column = decisions.mapping.get(target.key)
        if column is None:
            continue
        if target.question is not None:
            choices = rules.choices_of(target.question)
            read = partial(read_answer, target.question, choices)
            answer = read_cell(line.row, column, read, line.problems)
            if answer is not None:
                line.answers[target.question.code] = answer
        elif target.key == "objectives":
            themes = partial(read_objectives, rules.objectives)
            line.objectives = read_cell(line.row, column, themes, line.problems) or ()
        else:
            line.values[target.key] = read_cell(
                line.row, column, _READERS.get(target.key, partial(_text, target)), line.problems
            )
        if target.is_required and not line.row[column]:
            line.object(column, _("Il manque : %(label)s.") % {"label": target.label})


def _place(
    line: _Line,
    decisions: Decisions,
    known: Known,
    first_line_of: dict[str, int],
    vocabulary: Vocabulary,
) -> None:
    """Once in the file, once in the cohort, and welcome in the association."""
    email, column = line.values.get("email"), decisions.mapping["email"]
    if not email:
        return
    first = first_line_of.setdefault(email, line.row.line)
    if first != line.row.line:
        line.object(column, _("Cette adresse est déjà à la ligne %(line)d.") % {"line": first})
    if email in known.enrolled:
        line.object(column, _("Cette personne est déjà candidate dans ce rôle."))
    if known.excludes(email):
        line.object(
            column,
            fill(
                _("Cette personne a été exclue définitivement des programmes {de l'association}."),
                vocabulary,
            ),
        )
    paid_from, paid_until = line.values.get("paid_from"), line.values.get("paid_until")
    if paid_from and paid_until and paid_from > paid_until:
        line.object(
            decisions.mapping["paid_until"], _("La cotisation finit avant d'avoir commencé.")
        )


def _candidate(line: _Line, decisions: Decisions) -> Candidate:
    return Candidate(
        key=0,
        role=decisions.role,
        answers=line.answers,
        objectives=line.objectives,
        capacity=line.values.get("capacity"),
    )


def _text(target: Target, text: str) -> str:
    words = " ".join(text.split())
    limit = LONGEST[target.key]
    if len(words) > limit:
        raise Misread(
            _("%(label)s : %(limit)d signes au plus.") % {"label": target.label, "limit": limit}
        )
    return words


_READERS: Mapping[str, Callable[[str], Any]] = {
    "email": parse_email,
    "joined_on": parse_date,
    "paid_from": parse_date,
    "paid_until": parse_date,
    "is_alumnus": parse_yes_no,
    "capacity": partial(parse_integer, minimum=1, maximum=MOST_PLACES),
}
