"""From people to arrays: who may be matched with whom, and how well.

Each criterion is tried once for each pair of *different* answers and spread over all pairs, so
that a pool of 500 x 500 costs a few thousand trials, not 250,000.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from programmes.policy.criteria import Criterion, blocks, try_criterion
from programmes.policy.entering import judge_standing_in_cohort
from programmes.policy.evidence import Candidate
from programmes.policy.matching import answers_for, capacity_of
from programmes.policy.questionnaire import Answer
from programmes.policy.rules import Rules

Bools = NDArray[np.bool_]
Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Table:
    """One criterion for all mentees (rows) and mentors (columns)."""

    rule: Criterion
    holds: Bools
    closeness: Floats


@dataclass(frozen=True)
class Scores:
    """`allowed[i, j]`: mentee i and mentor j may be matched; `score[i, j]`: 0 to 100.

    `places[j]` is how many more pairs mentor j may take, `ready[i]` whether mentee i may be
    matched at all. `tables` keeps each criterion for explanations.
    """

    allowed: Bools
    score: Floats
    places: NDArray[np.int64]
    ready: Bools
    tables: tuple[Table, ...]


def score_pool(
    rules: Rules,
    mentees: Sequence[Candidate],
    mentors: Sequence[Candidate],
    *,
    forbidden: Collection[tuple[int, int]] = (),
    granted: Collection[tuple[int, int]] = (),
) -> Scores:
    """Score every mentee against every mentor.

    `forbidden` and `granted` hold (mentee key, mentor key): pairs that must not be made (again),
    and pairs whose breaches a derogation lets pass.
    """
    shape = (len(mentees), len(mentors))
    tables = tuple(_table(rules, rule, mentees, mentors) for rule in rules.criteria)
    allowed = np.ones(shape, dtype=np.bool_)
    for table in tables:
        if blocks(table.rule.strength):
            allowed &= table.holds
    rows = {candidate.key: i for i, candidate in enumerate(mentees)}
    columns = {candidate.key: j for j, candidate in enumerate(mentors)}
    _set(allowed, granted, rows, columns, True)
    _set(allowed, forbidden, rows, columns, False)
    for key in rows.keys() & columns.keys():  # nobody is their own mentor
        allowed[rows[key], columns[key]] = False
    places = np.array(
        [_free_places(rules, mentor, most=len(mentees)) for mentor in mentors], dtype=np.int64
    )
    ready = np.array(
        [_free_places(rules, mentee, most=1) > 0 for mentee in mentees], dtype=np.bool_
    )
    return Scores(allowed, _weigh(tables, shape), places, ready, tables)


def _table(
    rules: Rules, rule: Criterion, mentees: Sequence[Candidate], mentors: Sequence[Candidate]
) -> Table:
    ranks = rules.ranks()
    wanted = [answers_for(rule, mentee) for mentee in mentees]
    offered = [answers_for(rule, mentor) for mentor in mentors]
    wanted_kinds, wanted_index = _index(wanted)
    offered_kinds, offered_index = _index(offered)
    small = [
        [try_criterion(rule, offer, want, ranks=ranks) for offer in offered_kinds]
        for want in wanted_kinds
    ]
    holds = np.array([[o.holds for o in row] for row in small], dtype=np.bool_)
    closeness = np.array([[o.closeness for o in row] for row in small], dtype=np.float64)
    if not wanted or not offered:
        empty = (len(wanted), len(offered))
        return Table(rule, np.ones(empty, dtype=np.bool_), np.ones(empty))
    grid = np.ix_(wanted_index, offered_index)
    return Table(rule, holds[grid], closeness[grid])


def _index(answers: Sequence[Answer]) -> tuple[list[Answer], list[int]]:
    """The different answers, and for each person the position of theirs; True is not 1."""
    kinds: dict[tuple[type, Answer], int] = {}
    index = [kinds.setdefault((type(answer), answer), len(kinds)) for answer in answers]
    return [answer for _, answer in kinds], index


def _weigh(tables: Sequence[Table], shape: tuple[int, int]) -> Floats:
    total = sum(table.rule.weight for table in tables)
    if not total:
        return np.full(shape, 100.0)
    summed = np.zeros(shape)
    for table in tables:
        if table.rule.weight:
            summed += table.rule.weight * table.closeness
    return summed * (100.0 / total)


def _free_places(rules: Rules, candidate: Candidate, *, most: int) -> int:
    """How many more pairs this person may have now; `most` where there is no limit."""
    if not judge_standing_in_cohort(rules, candidate).is_clear:
        return 0
    capacity = capacity_of(rules, candidate)
    return most if capacity is None else max(0, min(most, capacity - candidate.live_pairs))


def _set(
    allowed: Bools,
    pairs: Collection[tuple[int, int]],
    rows: dict[int, int],
    columns: dict[int, int],
    value: bool,
) -> None:
    for mentee, mentor in pairs:
        if mentee in rows and mentor in columns:
            allowed[rows[mentee], columns[mentor]] = value
