"""The best pairs for a pool."""

from __future__ import annotations

import numpy as np
from scipy.optimize import linear_sum_assignment

from matching.engine.pool import SCALE, Pool
from matching.engine.result import FAIR, Aim, Match, Result
from matching.engine.table import Table


def solve(pool: Pool, aim: Aim = FAIR) -> Result:
    """As many mentees as possible, then what `aim` says; whatever the order of the pool."""
    table = Table(pool)
    held = [Match(i, j, table.score(i, j), True) for i, j in sorted(pool.locked)]
    left = pool.places - np.bincount([m.mentor for m in held], minlength=len(pool.places))
    taken = {match.mentee for match in held}
    rows = [i for i in np.argsort(pool.mentees) if pool.ready[i] and i not in taken]
    by_key = np.argsort(pool.mentors)
    columns = np.repeat(by_key, left[by_key])
    if not rows or not len(columns):
        return Result(tuple(held), aim)
    allowed = np.array([table.allowed(i)[columns] for i in rows])
    points = np.array([table.scores(i)[columns] for i in rows], dtype=np.float64)
    worth = np.where(allowed, points + 2 * SCALE * (len(rows) + 1), 0.0)
    found = [
        Match(int(rows[a]), int(columns[b]), int(points[a, b]))
        for a, b in zip(*linear_sum_assignment(worth, maximize=True), strict=True)
        if allowed[a, b]
    ]
    return Result(tuple(sorted(held + found)), aim)
