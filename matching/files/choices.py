"""Ranked lists with capacities: who chose whom, in which order, and how many each can take."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from django.utils.translation import gettext as _

from matching.engine.pool import Pool
from matching.engine.reading import read_choices
from matching.files.lists import open_table
from matching.files.refusing import Unusable, told_of, told_of_lines
from people.spreadsheets import Problem, Row, Table, guess_mapping, parse_integer, read_cell

MENTEE = ("mentoré", "mentorée", "mentee", "étudiant", "student", "candidat")
MENTOR = ("mentor", "mentore", "encadrant", "supervisor")
RANK = ("rang", "rank", "choix", "préférence", "ordre", "choice", "preference")
CAPACITY = ("capacité", "capacity", "places", "nombre de places", "seats")


@dataclass(frozen=True)
class Choices:
    """Names in alphabetical order, their positions being the engine's, and the pool they make."""

    mentees: tuple[str, ...]
    mentors: tuple[str, ...]
    ranks: Mapping[tuple[int, int], int]
    pool: Pool
    headings: tuple[str, str, str]  # of the mentee, the mentor and the rank, as the file has them
    separator: str


def read_ranked_lists(choices: Path, mentors: Path) -> Choices:
    """Both files; raise Unusable with every line that is wrong."""
    chosen, columns = _open(choices, {"mentee": MENTEE, "rank": RANK, "mentor": MENTOR})
    offered, places_in = _open(mentors, {"mentor": MENTOR, "capacity": CAPACITY})
    places, wrong = _read_places(offered, places_in)
    ranks, unclear = _read_ranks(chosen, columns, known=places)
    sentences = told_of_lines(mentors, wrong) + told_of_lines(choices, unclear)
    if sentences:
        raise Unusable(sentences)
    mentee_names = tuple(sorted({mentee for mentee, _mentor in ranks}))
    mentor_names = tuple(sorted(places))
    rows = {name: position for position, name in enumerate(mentee_names)}
    seats = {name: position for position, name in enumerate(mentor_names)}
    by_position = {(rows[mentee], seats[mentor]): rank for (mentee, mentor), rank in ranks.items()}
    return Choices(
        mentee_names,
        mentor_names,
        by_position,
        read_choices(by_position, {seats[name]: count for name, count in places.items()}),
        (
            chosen.headings[columns["mentee"]],
            chosen.headings[columns["mentor"]],
            chosen.headings[columns["rank"]],
        ),
        chosen.separator,
    )


def _open(path: Path, synonyms: Mapping[str, tuple[str, ...]]) -> tuple[Table, dict[str, int]]:
    table = open_table(path)
    columns = guess_mapping(table.headings, synonyms)
    missing = [names[0] for target, names in synonyms.items() if target not in columns]
    if missing:
        sentence = _("Il manque la colonne « %(names)s ». Colonnes : %(known)s.") % {
            "names": _(" », « ").join(missing),
            "known": ", ".join(table.headings),
        }
        raise Unusable([told_of(path, sentence)])
    return table, columns


def _read_places(table: Table, columns: Mapping[str, int]) -> tuple[dict[str, int], list[Problem]]:
    problems = list(table.problems)
    places: dict[str, int] = {}
    for row in table.rows:
        name = _name(row, columns["mentor"], problems)
        count = _number(row, columns["capacity"], partial(parse_integer, minimum=0), problems)
        if name in places:
            problems.append(
                Problem(
                    row.line,
                    columns["mentor"] + 1,
                    _("« %(name)s » est déjà dans la liste.") % {"name": name},
                )
            )
        elif name:
            places[name] = count or 0  # known all the same where the number is wrong
    return places, problems


def _read_ranks(
    table: Table, columns: Mapping[str, int], *, known: Mapping[str, int]
) -> tuple[dict[tuple[str, str], int], list[Problem]]:
    problems = list(table.problems)
    ranks: dict[tuple[str, str], int] = {}
    for row in table.rows:
        mentee = _name(row, columns["mentee"], problems)
        mentor = _name(row, columns["mentor"], problems)
        rank = _number(row, columns["rank"], partial(parse_integer, minimum=1), problems)
        sentence = ""
        if mentor and mentor not in known:
            sentence = _("« %(name)s » n'est pas dans la liste des places.") % {"name": mentor}
        elif (mentee, mentor) in ranks:
            sentence = _("« %(mentee)s » a déjà choisi « %(mentor)s ».") % {
                "mentee": mentee,
                "mentor": mentor,
            }
        if sentence:
            problems.append(Problem(row.line, columns["mentor"] + 1, sentence))
        elif mentee and mentor and rank is not None:
            ranks[mentee, mentor] = rank
    return ranks, problems


def _name(row: Row, column: int, problems: list[Problem]) -> str:
    name = " ".join(row[column].split())
    if not name:
        problems.append(Problem(row.line, column + 1, _("Il manque un nom.")))
    return name


def _number(
    row: Row, column: int, parse: Callable[[str], int | None], problems: list[Problem]
) -> int | None:
    before = len(problems)
    number = read_cell(row, column, parse, problems)
    if number is None and len(problems) == before:
        problems.append(Problem(row.line, column + 1, _("Il manque un nombre.")))
    return number
