"""The best pairs of a pool: a small graph solved exactly, and grown until it proves itself.

Prices for the mentors say which pairs can matter. First prices come from a sample, solved in the
same way. Then, round after round: solve the candidates, price all n x m pairs, add
those that would be better than what their mentee has. When there is none, weak duality proves that
no other choice is worth more.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import count

import numpy as np

from matching.engine.flow import NOBODY, Graph
from matching.engine.pool import Bools, Pool, Whole, restrict, swap
from matching.engine.pricing import Pricer, Worth, order_by_kinds
from matching.engine.table import scores_at

SMALL, SHARE = 3000, 8  # a pool of more mentees takes first prices from one person in eight
NEAR, FAR, FEWEST, MOST = 60, 240, 4, 8  # first candidates: points below the best, how many
# Those added after the first round and after others, likewise, and the loss at which others are dropped.
LATER = ((40, 14, 60), (20, 10, 40))

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
        prices = _first_prices(pricer)
        graph = _first_graph(pricer, prices)
    else:
        more = worth.matched - start.worth.matched  # for the mentors all of whose places are needed
        prices = start.prices + np.where(2 * start.prices > start.worth.matched, more, 0)
        graph = start.graph
    found = _solve(graph, worth, prices)
    unsure = np.ones(pool.shape[0], dtype=np.bool_)
    for number in count(1):
        tell("round", number)
        near, most, far = LATER[min(number, len(LATER)) - 1]
        worse, rows, columns = _better(pricer, found, unsure, near, most, number == 1)
        if not worse.any():
            break
        before, graph = found, _grow(pool, found, rows, columns, far)
        found = _solve(graph, worth, before.prices)
        unsure = _unsure(before, found, worse)
    return found


def _unsure(before: Optimum, found: Optimum, worse: Bools) -> Bools:
    """The mentees who may be offered better now, knowing for whom that was so before.

    While no price falls, only who keeps less than before may.
    """
    if (found.prices < before.prices).any():
        return np.ones_like(worse)
    return worse | (found.kept < before.kept)


def _solve(graph: Graph, worth: Worth, prices: Whole) -> Optimum:
    worths = np.where(graph.scores >= worth.floor, worth.of(graph.scores), -1).astype(np.int32)
    chosen = graph.best(worths)
    prices = graph.prices(worths, chosen, prices)
    has = chosen != NOBODY
    mentors = np.full(graph.count, NOBODY, dtype=np.int32)
    mentors[has] = graph.mentors[chosen[has]]
    kept = np.zeros(graph.count, dtype=np.int32)
    kept[has] = worths[chosen[has]] - prices[mentors[has]]
    return Optimum(worth, mentors, kept, prices, graph)


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
    first = _first_prices(small)
    kept = _solve(_first_graph(small, first), worth, first).kept.tolist()
    asking = Pricer(restrict(pool, rows, np.arange(m, dtype=np.int32)), worth)
    asked = prices.astype(asking.short)
    for mentee, row in asking.rows(prices):
        np.subtract(row, kept[mentee], out=row)
        np.maximum(asked, row, out=asked)
    return asked.astype(np.int32)


def _first_graph(pricer: Pricer, prices: Whole) -> Graph:
    """For each mentee the mentors near the best at these prices; and so for mentors few would ask."""
    pool = pricer.pool
    rows, columns, kept = _near_best(pricer, prices)
    asked = np.bincount(columns, minlength=pool.shape[1])
    forgotten = np.flatnonzero(asked < FEWEST * pool.places).astype(np.int32)
    everyone = np.arange(pool.shape[0], dtype=np.int32)
    turned = Pricer(swap(restrict(pool, everyone, forgotten)), pricer.worth)
    more_columns, more_rows, _ = _near_best(turned, kept)
    rows = np.concatenate([rows, more_rows])
    columns = np.concatenate([columns, forgotten[more_columns]])
    return Graph(pool.shape[0], pool.places, rows, columns, scores_at(pool, rows, columns))


def _near_best(pricer: Pricer, prices: Whole) -> tuple[Whole, Whole, Whole]:
    """For each row the columns near the best at these prices, and what the best is."""
    rows, columns = [], []
    steps = np.arange(MOST)
    kept = np.zeros(pricer.pool.shape[0], dtype=np.int32)
    for person, row in pricer.rows(prices):
        best = int(np.maximum.reduce(row))
        kept[person] = max(best, 0)
        some = (row >= best - FAR).nonzero()[0]
        if best < FAR:
            some = some[row[some] + prices[some] > 0]
        if len(some) > MOST:
            nearer = some[row[some] >= best - NEAR]
            if len(nearer) >= FEWEST:
                some = nearer
            if len(some) > MOST:  # at equal distances, so that equals do not all get the same ones
                some = some[(person * 7919 + steps * (len(some) // MOST)) % len(some)]
        rows.append(person)
        columns.append(some)
    return (*_pairs(rows, columns), kept)


def _better(
    pricer: Pricer, found: Optimum, unsure: Bools, near: int, most: int, first: bool
) -> tuple[Bools, Whole, Whole]:
    """Which mentees are offered more, less the price, than they keep: none of them, if it is proved.

    And, for those, the pairs that offer more or nearly as much.
    """
    kept = found.kept.tolist()
    worse = np.zeros_like(unsure)
    rows, columns = [], []
    for mentee, row in pricer.rows(found.prices, unsure):
        least = kept[mentee]
        best = int(np.maximum.reduce(row))
        worse[mentee] = best > least
        if best > least - (near if first else 0):
            some = (row > least - near).nonzero()[0]
            if least < near:
                some = some[row[some] + found.prices[some] > 0]
            if len(some) > most:
                some = some[np.argsort(-row[some], kind="stable")[:most]]
            rows.append(mentee)
            columns.append(some)
    return (worse, *_pairs(rows, columns))


def _pairs(rows: list[int], columns: list[Whole]) -> tuple[Whole, Whole]:
    sizes = [len(some) for some in columns]
    return (
        np.repeat(np.array(rows, dtype=np.int32), sizes),
        np.concatenate([np.zeros(0, dtype=np.int32), *columns]).astype(np.int32),
    )


def _grow(pool: Pool, found: Optimum, rows: Whole, columns: Whole, far: int) -> Graph:
    """The candidates with these more, and without those far from being worth it."""
    graph, worth = found.graph, found.worth
    lost = found.kept[graph.mentees] + found.prices[graph.mentors] - worth.of(graph.scores)
    kept = (lost <= far) | (found.mentors[graph.mentees] == graph.mentors)
    spots = np.concatenate([graph.mentees[kept], rows]).astype(np.int64) * pool.shape[1]
    spots += np.concatenate([graph.mentors[kept], columns])
    spots.sort()
    spots = spots[np.diff(spots, prepend=-1) > 0]
    rows, columns = (part.astype(np.int32) for part in np.divmod(spots, pool.shape[1]))
    return Graph(graph.count, graph.places, rows, columns, scores_at(pool, rows, columns))
