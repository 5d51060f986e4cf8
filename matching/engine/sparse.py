"""The best pairs of a pool: a small graph solved exactly, and grown until it proves itself.

Prices for the mentors say which pairs can matter. First prices come from a sample, solved in the
same way. Then, round after round: mend what was found for the candidates added, and add the pairs
that would be better at the new prices. When there is none among all n x m, weak duality proves that
no other choice is worth more.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from matching.engine.candidates import FEWEST, Reach, near_best, offers
from matching.engine.mending import NOBODY, Graph
from matching.engine.pool import Pool, Whole, restrict, swap
from matching.engine.pricing import Pricer, Worth, order_by_kinds
from matching.engine.table import scores_at

SMALL, SHARE = 50, 5  # a pool of more mentees takes first prices from one person in five
AT_FIRST, LATER = Reach(near=40, most=14, far=60), Reach(near=20, most=10, far=40)
FELL = 0.25  # where more prices fell than this share, all pairs are looked at again

Tell = Callable[[str, int], None]


@dataclass(frozen=True, eq=False)
class Optimum:
    """For each mentee the mentor (or NOBODY) and what they keep of its worth; the mentors' prices.

    `graph` holds the candidates it was found among.
    """

    worth: Worth
    mentors: Whole
    kept: Whole
    prices: Whole
    graph: Graph

    @property
    def matched(self) -> int:
        return int(np.count_nonzero(self.mentors != NOBODY))

    @property
    def scores(self) -> Whole:
        """The points of those who have somebody."""
        pairs = self.graph.mentors == self.mentors[self.graph.mentees]
        _, first = np.unique(self.graph.mentees[pairs], return_index=True)
        scores: Whole = self.graph.scores[pairs][first]
        return scores


def best_pairs(pool: Pool, worth: Worth, tell: Tell, start: Optimum | None = None) -> Optimum:
    """The pairs worth most together, from scratch or from what was best for another worth."""
    pricer = Pricer(pool, worth)
    if start is None:
        found = _first(pricer)
    else:
        more = worth.matched - start.worth.matched  # for the mentors all of whose places are needed
        prices = start.prices + np.where(2 * start.prices > start.worth.matched, more, 0)
        found = _solve(start.graph, worth, start.mentors, prices)
    rows, columns = offers(pricer, found.kept, found.prices, AT_FIRST)
    reach, number = AT_FIRST, 0
    while len(rows):
        number += 1
        tell("round", number)
        before, found = found, _grow(pool, found, rows, columns, reach)
        rows, columns = _new_offers(pricer, before, found, rows)
        reach = LATER
    return found


def _new_offers(
    pricer: Pricer, before: Optimum, found: Optimum, worse: Whole
) -> tuple[Whole, Whole]:
    """What would be better than what is found, when before it was so for no others than `worse`.

    Only who keeps less than before can be offered more since, or who may have a mentor who costs less.
    """
    fell = np.flatnonzero(found.prices < before.prices).astype(np.int32)
    if len(fell) > FELL * len(found.prices):
        return offers(pricer, found.kept, found.prices, LATER)
    unsure = found.kept < before.kept
    unsure[worse] = True
    rows, columns = offers(pricer, found.kept, found.prices, LATER, unsure)
    turned = _turned(pricer, fell)
    more_columns, more_rows = offers(turned, found.prices[fell], found.kept, LATER)
    return np.concatenate([rows, more_rows]), np.concatenate([columns, fell[more_columns]])


def _turned(pricer: Pricer, mentors: Whole) -> Pricer:
    """The same from the side of these mentors."""
    everyone = np.arange(pricer.pool.shape[0], dtype=np.int32)
    return Pricer(swap(restrict(pricer.pool, everyone, mentors)), pricer.worth)


def _solve(graph: Graph, worth: Worth, mentors: Whole, prices: Whole) -> Optimum:
    """The best among these candidates, from mentors and prices that may be near."""
    worths = np.where(graph.scores >= worth.floor, worth.of(graph.scores), -1).astype(np.int32)
    return Optimum(worth, *graph.mend(worths, mentors, prices), graph)


def _first(pricer: Pricer) -> Optimum:
    """The best among first candidates: the mentors near the best for each mentee at first prices.

    And, for the mentors whom few would ask, the mentees near the best.
    """
    pool, prices = pricer.pool, _first_prices(pricer)
    rows, columns, kept = near_best(pricer, prices)
    asked = np.bincount(columns, minlength=pool.shape[1])
    forgotten = np.flatnonzero(asked < FEWEST * pool.places).astype(np.int32)
    more_columns, more_rows, _ = near_best(_turned(pricer, forgotten), kept)
    rows = np.concatenate([rows, more_rows])
    columns = np.concatenate([columns, forgotten[more_columns]])
    nobody = np.full(pool.shape[0], NOBODY, dtype=np.int32)
    return _solve(_graph(pool, rows, columns), pricer.worth, nobody, prices)


def _first_prices(pricer: Pricer) -> Whole:
    """What mentors would cost if only the mentees of a sample asked for them."""
    pool, worth = pricer.pool, pricer.worth
    n, m = pool.shape
    prices = np.zeros(m, dtype=np.int32)
    if n <= SMALL:
        return prices
    rows = np.sort(pricer.order[SHARE // 2 :: SHARE])
    columns = np.sort(
        order_by_kinds([f.mentor_kinds for f in pool.factors], m)[SHARE // 2 :: SHARE]
    )
    small = Pricer(restrict(pool, rows, columns), worth)
    found = _first(small)
    kept = _grow(
        small.pool, found, *offers(small, found.kept, found.prices, AT_FIRST), AT_FIRST
    ).kept
    asking = Pricer(restrict(pool, rows, np.arange(m, dtype=np.int32)), worth)
    asked = prices.astype(asking.short)
    for mentees, block in asking.blocks(prices):
        block -= kept[mentees, np.newaxis].astype(asking.short)
        np.maximum(asked, block.max(axis=0), out=asked)
    return asked.astype(np.int32)


def _grow(pool: Pool, found: Optimum, rows: Whole, columns: Whole, reach: Reach) -> Optimum:
    """The best among the candidates and these more, without those far from being worth it."""
    graph, worth = found.graph, found.worth
    lost = found.kept[graph.mentees] + found.prices[graph.mentors] - worth.of(graph.scores)
    near = (lost <= reach.far) | (found.mentors[graph.mentees] == graph.mentors)
    rows = np.concatenate([graph.mentees[near], rows])
    columns = np.concatenate([graph.mentors[near], columns])
    return _solve(_graph(pool, rows, columns), worth, found.mentors, found.prices)


def _graph(pool: Pool, rows: Whole, columns: Whole) -> Graph:
    """These candidates in their order, each once."""
    spots = rows.astype(np.int64) * pool.shape[1] + columns
    spots.sort()
    spots = spots[np.diff(spots, prepend=-1) > 0]
    rows, columns = (part.astype(np.int32) for part in np.divmod(spots, pool.shape[1]))
    return Graph(pool.shape[0], pool.places, rows, columns, scores_at(pool, rows, columns))
