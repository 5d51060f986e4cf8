"""What choosing another mentor for one mentee would make of the whole: the run that would follow."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from matching.engine.certificate import free_people
from matching.engine.result import Result
from matching.engine.solving import solve
from matching.engine.table import Table


@dataclass(frozen=True)
class Choice:
    """A mentor who might be chosen instead, the score of that pair, and what the run would then find."""

    mentor: int
    score: int
    result: Result


def next_best(table: Table, result: Result, mentee: int, *, most: int = 3) -> tuple[Choice, ...]:
    """The mentors who suit this mentee best, apart from theirs, and the whole if that pair were locked.

    As a run seeks anew what it can once a pair is locked, nothing less than running again tells it.
    Nothing for a mentee who is locked or not ready.
    """
    pool = table.pool
    rows, columns, _ = free_people(pool)
    if mentee not in rows:
        return ()
    scores = table.scores(mentee)
    held = [match.mentor for match in result.pairs if match.mentee == mentee]
    suited = columns[table.allowed(mentee)[columns] & ~np.isin(columns, held)]
    wanted = suited[np.lexsort((pool.mentors[suited], -scores[suited]))][:most]
    return tuple(
        Choice(
            mentor,
            int(scores[mentor]),
            solve(replace(pool, locked=pool.locked | {(mentee, mentor)}), result.aim),
        )
        for mentor in wanted.tolist()
    )
