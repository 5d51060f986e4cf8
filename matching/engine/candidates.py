"""Which pairs can matter at given prices: those near the best for each, and those that are better."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from matching.engine.pool import Bools, Whole
from matching.engine.pricing import Pricer

NEAR, FAR = 60, 240  # points below the best, and where that gives fewer than FEWEST
FEWEST, MOST = 4, 8
STEP = 7919  # from one's turn among equals to the next one's, so that not all get the same


@dataclass(frozen=True)
class Reach:
    """How many points below what somebody keeps are looked at, how many pairs are taken at `most`,

    and at what loss candidates are dropped.
    """

    near: int
    most: int
    far: int


def near_best(pricer: Pricer, prices: Whole) -> tuple[Whole, Whole, Whole]:
    """For each mentee some mentors near the best at these prices; and what the best leaves each."""
    rows: list[Whole] = []
    columns: list[Whole] = []
    kept = np.zeros(pricer.pool.shape[0], dtype=np.int32)
    lowest = -int(prices.max(initial=0))
    for people, block in pricer.blocks(prices):
        best = block.max(axis=1).astype(np.int32)
        kept[people] = np.maximum(best, 0)
        at, found = _above(block, np.maximum(best - NEAR, lowest), prices)
        (few,) = np.nonzero(np.bincount(at, minlength=len(people)) < FEWEST)
        some = _spread(at, people)
        rows.append(people[at[some]])
        columns.append(found[some])
        if len(few):
            at, found = _above(block[few], np.maximum(best[few] - FAR, lowest), prices)
            some = _spread(at, people[few])
            rows.append(people[few[at[some]]])
            columns.append(found[some])
    return _joined(rows), _joined(columns), kept


def offers(
    pricer: Pricer,
    kept: Whole,
    prices: Whole,
    reach: Reach,
    unsure: Bools | None = None,
) -> tuple[Whole, Whole]:
    """The pairs of those who would be better off than with what they keep: none, if it is proved.

    The best first, and with those that would be nearly as good.
    """
    rows: list[Whole] = []
    columns: list[Whole] = []
    lowest = -int(prices.max(initial=0))
    for people, block in pricer.blocks(prices, unsure):
        least = kept[people]
        (some,) = np.nonzero(block.max(axis=1) > least)
        if len(some):
            block = block[some]
            bounds = np.maximum(least[some] - reach.near + 1, lowest)
            at, found = _above(block, bounds, prices)
            turn = (found - people[some[at]].astype(np.int64) * STEP) % block.shape[1]
            first = _first_of_each(at, -block[at, found], turn, reach.most)
            rows.append(people[some[at[first]]])
            columns.append(found[first])
    return _joined(rows), _joined(columns)


def _above(block: Whole, bounds: Whole, prices: Whole) -> tuple[Whole, Whole]:
    """Rows and columns where the block reaches the row's bound and the pair is worth something."""
    spots = np.flatnonzero(block >= bounds[:, np.newaxis].astype(block.dtype))
    rows = spots // block.shape[1]
    columns = spots - rows * block.shape[1]
    if bounds.min() >= 0:
        return rows, columns
    real = block.ravel()[spots] + prices[columns] > 0
    return rows[real], columns[real]


def _spread(rows: Whole, people: Whole) -> Whole:
    """Positions of at most MOST in each row, at equal distances, so that equals do not all get the same."""
    sizes = np.bincount(rows, minlength=len(people))
    begins: Whole = np.cumsum(sizes) - sizes
    many = sizes > MOST
    size = sizes[many, np.newaxis]
    steps = people[many, np.newaxis].astype(np.int64) * STEP + np.arange(MOST) * (size // MOST)
    picked = begins[many, np.newaxis] + steps % size
    return np.concatenate([np.flatnonzero(~many[rows]), picked.ravel()])


def _first_of_each(rows: Whole, ranks: Whole, turns: Whole, most: int) -> Whole:
    """Positions of so many in each row, those of the lowest ranks, and of these the lowest turns."""
    order = np.lexsort((turns, ranks, rows))
    sizes = np.bincount(rows)
    begins: Whole = np.cumsum(sizes) - sizes
    first: Whole = order[np.arange(len(order)) - begins[rows[order]] < most]
    return first


def _joined(parts: list[Whole]) -> Whole:
    return np.concatenate([np.zeros(0, dtype=np.int32), *parts]).astype(np.int32)
