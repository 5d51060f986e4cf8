"""One solver on one pool, as a process: `python -m benchmarks.solvers SOLVER POOL` says a dictionary.

POOL is a file that benchmarks/matching.py wrote; every solver reads the same one. Starting is timed
too, so little is imported.
"""

from __future__ import annotations

import os
import pickle
import resource
import sys
import time
from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from matching.engine.pool import SCALE, Pool
from matching.engine.pricing import Pricer, Worth
from matching.engine.result import FAIR, PLAIN, Aim
from matching.engine.solving import solve

Answer = dict[str, Any]


def by_the_engine(pool: Pool, aim: Aim) -> Answer:
    proof_began = 0.0

    def tell(step: str, number: int) -> None:
        nonlocal proof_began
        proof_began = time.perf_counter()

    result = solve(pool, aim, tell=tell)
    return {
        "matched": result.matched,
        "total": result.total,
        "minimum": result.minimum,
        "fifth": sorted(match.score for match in result.pairs)[result.matched // 20],
        "weight": result.weight,
        "proof": time.perf_counter() - proof_began,
    }


def by_scipy(pool: Pool) -> Answer:
    """A dense assignment where each mentor has two columns; the second of who has one place is shut."""
    from scipy.optimize import linear_sum_assignment

    pair = SCALE * (pool.shape[0] + 1)
    worth = _dense(pool, pair)
    rows, columns = linear_sum_assignment(worth, maximize=True)
    return _answer(worth[rows, columns], pair)


def by_munkres(pool: Pool, *, compiled: bool) -> Answer:
    """munkres on a square matrix of whole numbers, with its compiled kernel or in Python alone."""
    if not compiled:
        os.environ["PALDITA_NO_NATIVE"] = "1"
    from munkres import Munkres

    pair = SCALE * (pool.shape[0] + 1)
    worth = _dense(pool, pair)
    side = max(worth.shape)
    costs = np.full((side, side), worth.max())
    costs[: worth.shape[0], : worth.shape[1]] -= worth
    chosen = Munkres().compute(costs.astype(int).tolist())
    return _answer(
        np.array([worth[i, j] for i, j in chosen if i < worth.shape[0] and j < worth.shape[1]]),
        pair,
    )


def by_floors(pool: Pool) -> Answer:
    """The best lowest score, by SciPy's bipartite matching, floor after floor."""
    from scipy.sparse import csr_array
    from scipy.sparse.csgraph import maximum_bipartite_matching

    scores = _dense(pool, 1) - 1

    def matched(floor: int) -> int:
        found = maximum_bipartite_matching(csr_array(scores >= floor), perm_type="column")
        return int((found >= 0).sum())

    most = matched(0)
    lowest, highest = 0, SCALE
    while lowest < highest:
        middle = (lowest + highest + 1) // 2
        lowest, highest = (middle, highest) if matched(middle) == most else (lowest, middle - 1)
    return {"matched": most, "minimum": lowest}


def _dense(pool: Pool, pair: int) -> NDArray[np.float64]:
    """What each mentee is worth in each of two columns of each mentor; 0 where they may not be."""
    worth = np.zeros((pool.shape[0], 2 * pool.shape[1]))
    second = pool.places > 1
    for mentee, row in Pricer(pool, Worth(1)).rows(np.zeros(pool.shape[1], dtype=np.int32)):
        worths = np.where(row > 0, row + np.float64(pair - 1), 0)
        worth[mentee, : len(row)] = worths
        worth[mentee, len(row) :] = worths * second
    return worth


def _answer(worths: NDArray[np.float64], pair: int) -> Answer:
    matched, total = divmod(int(worths.sum()), pair)
    return {"matched": matched, "total": total}


SOLVERS: dict[str, Callable[[Pool], Answer]] = {
    "plain": lambda pool: by_the_engine(pool, PLAIN),
    "fair": lambda pool: by_the_engine(pool, FAIR),
    "scipy": by_scipy,
    "munkres": lambda pool: by_munkres(pool, compiled=False),
    "munkres-c": lambda pool: by_munkres(pool, compiled=True),
    "floors": by_floors,
}


def main() -> None:
    with open(sys.argv[2], "rb") as file:
        answer = SOLVERS[sys.argv[1]](pickle.load(file))
    answer["mib"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(answer)


if __name__ == "__main__":
    main()
