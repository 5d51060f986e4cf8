"""Random pools, and the same questions answered by other means: SciPy, and trying everything."""

from dataclasses import replace
from itertools import permutations

import numpy as np
from scipy.optimize import linear_sum_assignment

from matching.engine.pool import Factor, Links, Pool
from matching.engine.table import Table


def random_pool(seed, *, rows, columns, density=0.5, most=20, kinds=None):
    """A pool of one binding criterion with random points; `kinds` answers, or one for each person."""
    random = np.random.default_rng(seed)
    wanted, offered = kinds or rows, kinds or columns
    factor = Factor(
        "any",
        "",
        most,
        True,
        random.integers(0, wanted, rows).astype(np.int32),
        random.integers(0, offered, columns).astype(np.int32),
        random.integers(0, most + 1, (wanted, offered)).astype(np.int16),
        random.random((wanted, offered)) < density,
    )
    return Pool(
        random.permutation(rows),
        random.permutation(columns) + rows,
        random.random(rows) < 0.9,
        random.integers(0, 3, columns).astype(np.int32),
        (factor,),
    )


def with_exceptions(pool, seed):
    """The same pool with wishes, and pairs that are forbidden or granted against the criterion."""
    random = np.random.default_rng(seed)
    spots = [(i, j) for i in range(pool.shape[0]) for j in range(pool.shape[1])]
    chosen = [spots[at] for at in random.permutation(len(spots))[: len(spots) // 2]]
    wished = sorted(chosen[::2])
    mentees, mentors = np.array(wished, dtype=np.int32).reshape(-1, 2).T
    points = random.integers(0, 10, len(wished)).astype(np.int16)
    return replace(
        pool,
        links=(Links("wishes", "", 9, mentees, mentors, points, 10 - points),),
        forbidden=frozenset(chosen[::5]),
        granted=frozenset(chosen[1::3]),
        listed_only=bool(random.random() < 0.3),
        base=int(random.integers(0, 5)),
    )


def dense(pool):
    """Scores and who is allowed, in full, with a column for each place; -1 where they may not be."""
    table = Table(pool)
    columns = np.repeat(np.arange(pool.shape[1]), pool.places)
    rows = np.flatnonzero(pool.ready)
    scores = [np.where(table.allowed(i), table.scores(i), -1)[columns] for i in rows]
    return np.array(scores, dtype=np.int64).reshape(len(rows), len(columns))


def by_scipy(scores, floor=0):
    """(matched, total) by SciPy's dense assignment, for pairs of at least `floor` points."""
    pair = (scores.max(initial=0) + 1) * (min(scores.shape) + 1)
    worth = np.where(scores >= floor, scores + pair, 0)
    total = int(worth[linear_sum_assignment(worth, maximize=True)].sum())
    return divmod(total, int(pair))


def highest_floor(scores):
    """The best lowest score among choices that match the most, floor by floor."""
    most = by_scipy(scores)[0]
    return max(f for f in np.unique(scores[scores >= 0]) if by_scipy(scores, f)[0] == most)


def every_choice(scores):
    """Every way to give rows different columns or none, as lists of scores."""
    rows, seats = scores.shape
    for seating in set(permutations([*range(seats), *[-1] * rows], rows)):
        chosen = [int(scores[i, j]) for i, j in enumerate(seating) if j >= 0]
        if all(score >= 0 for score in chosen):
            yield chosen
