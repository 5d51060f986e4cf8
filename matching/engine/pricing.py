"""What every pair is worth, row by row, fast: a full pass over n x m pairs that never stores them.

Mentees are taken in the order of their kinds, so that the sums of the first criteria are shared by
many rows, and a row costs a few additions of short numbers.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np

from matching.engine.pool import Bools, Factor, Pool, Whole
from matching.engine.table import allowed_at, scores_at

RARE = 0.03  # what rules out fewer mentors than this share is written one by one
BLOCK = 2**19  # numbers that are worked on at a time
NARROW = 1000  # rows of fewer mentors are summed many at a time
SPREAD = 512  # criteria with more kinds of mentees are not kept spread out


@dataclass(frozen=True)
class Worth:
    """What a pair of s points is worth: `matched` for being one, plus s - weight·max(0, low - s).

    A pair of less than `floor` points may not be made.
    """

    matched: int
    weight: int = 0
    low: int = 0
    floor: int = 0

    def of(self, scores: Whole) -> Whole:
        worths: Whole = self.matched + scores - self.weight * np.maximum(0, self.low - scores)
        return worths


class Pricer:
    """The pairs of a pool at their worth; everybody in the pool is ready and has places.

    A pair that may not be made is worth less than nothing.
    """

    def __init__(self, pool: Pool, worth: Worth) -> None:
        self.pool = pool
        self.worth = worth
        self._plain = not worth.weight and not worth.floor
        self._narrow = pool.shape[1] < NARROW
        self.most = worth.matched + pool.most
        self._shut = -(self.most if self._plain else pool.most) - 1
        binding = sum(factor.binds for factor in pool.factors)
        reach = max(
            self.most + 2 * -self._shut + worth.weight * worth.low, (binding + 2) * -self._shut
        )
        self.short = np.int16 if reach < 2**15 else np.int32
        factors = [factor for factor in pool.factors if factor.most or factor.binds]
        few = [(factor, self._rare(factor)) for factor in factors]
        self._rares = [(factor.mentee_kinds, found) for factor, found in few if found]
        dense = [factor for factor, found in few if found is None]
        dense.sort(key=lambda factor: len(factor.points))
        self._tables = [self._spread(factor) for factor in dense]
        kinds = [factor.mentee_kinds for factor in dense]
        count = pool.shape[0]
        self.order = order_by_kinds(kinds, count)
        self._kinds = np.array(kinds, dtype=np.int32).reshape(len(dense), count)
        self._specials = self._read_specials()

    def blocks(self, prices: Whole, which: Bools | None = None) -> Iterator[tuple[Whole, Whole]]:
        """Some mentees, and for each a row: worth with each mentor less the mentor's price.

        For `which` or for all. The rows are overwritten by the next ones.
        """
        order = self.order if which is None else self.order[which[self.order]]
        if not len(order) or not len(prices):
            return
        net: Whole = prices.astype(self.short)
        start = self.pool.base + (self.worth.matched - net if self._plain else 0 * net)
        last = len(self._tables) - 1
        sums = [start, *(np.empty_like(net) for _ in range(last))]
        kinds = self._kinds[:, order]
        changed = np.ones((last + 2, len(order)), dtype=np.bool_)
        changed[:-1, 1:] = kinds[:, 1:] != kinds[:, :-1]
        levels = np.minimum(changed.argmax(axis=0), max(0, last))
        height = max(1, BLOCK // len(net))
        rows = np.empty((height, len(net)), dtype=self.short)
        for begin in range(0, len(order), height):
            mentees = order[begin : begin + height]
            block = rows[: len(mentees)]
            part = slice(begin, begin + height)
            if self._narrow:
                block[:] = sums[0]
                for table, own in zip(self._tables, kinds[:, part], strict=True):
                    block += table[own]
            else:
                self._sum(block, kinds[:, part], levels[part], sums)
            for kind_of, shut_off in self._rares:
                for kind, row in zip(kind_of[mentees].tolist(), block, strict=True):
                    row[shut_off(kind)] = self._shut
            if not self._plain:
                block = self._bend(block, net)
            if self._specials or self.pool.listed_only:
                self._write_specials(mentees, block, net)
            yield mentees, block

    def _sum(self, block: Whole, kinds: Whole, levels: Whole, sums: list[Whole]) -> None:
        """Write each row, from the level on where its kinds differ from those of the row before."""
        last = len(self._tables) - 1
        for own, level, row in zip(kinds.T.tolist(), levels.tolist(), block, strict=True):
            for at in range(level, last):
                np.add(sums[at], self._tables[at][own[at]], out=sums[at + 1])
            if own:
                np.add(sums[last], self._tables[last][own[last]], out=row)
            else:
                row[:] = sums[0]

    def rows(self, prices: Whole) -> Iterator[tuple[int, Whole]]:
        """Each mentee with their row."""
        for mentees, block in self.blocks(prices):
            yield from zip(mentees.tolist(), block, strict=True)

    def _bend(self, scores: Whole, net: Whole) -> Whole:
        """From scores to worths less prices: shut below the floor, bent below the low score."""
        worth = self.worth
        below = (scores - worth.floor) >> 15  # all ones, which is -1, below the floor
        np.clip(
            scores, 0, self.pool.most, out=scores
        )  # maximum() of a short number and one is slow
        bent: Whole = (1 + worth.weight) * scores
        bent -= worth.weight * worth.low
        np.minimum(bent, scores, out=bent)
        bent += worth.matched
        bent -= net
        below *= self.most + 1
        bent += below
        return bent

    def _spread(self, factor: Factor) -> Any:
        """For each kind of mentee, to be asked for by it, what the criterion adds with every mentor."""
        if len(factor.points) > min(SPREAD, self.pool.shape[0]):
            return _Unspread(self, factor)
        spread = np.ascontiguousarray(self.values(factor)[:, factor.mentor_kinds])
        return spread if self._narrow else list(spread)

    def values(self, factor: Factor, kind: Any = slice(None)) -> Whole:
        """The same by kinds of mentors: for one kind of mentee, or for all."""
        values = factor.points[kind]
        if factor.binds:
            values = values + np.where(factor.holds[kind], 0, self._shut)
        short: Whole = values.astype(self.short, copy=False)
        return short

    def _write_specials(self, mentees: Whole, block: Whole, net: Whole) -> None:
        if self.pool.listed_only:
            block[:] = self._shut - net
        for mentee, row in zip(mentees.tolist(), block, strict=True):
            if (special := self._specials.get(mentee)) is not None:
                columns, worths = special
                row[columns] = worths - net[columns]

    def _rare(self, factor: Factor) -> Callable[[int], Whole] | None:
        """The mentors whom a criterion that brings no points shuts off, where these are few."""
        if factor.most or self._narrow:
            return None
        shut = ~factor.holds
        counts = np.bincount(factor.mentor_kinds, minlength=shut.shape[1])
        touched = shut @ counts.astype(np.float64)  # floats multiply faster
        if touched.max(initial=0) > RARE * self.pool.shape[1]:
            return None
        return cache(lambda kind: np.flatnonzero(shut[kind][factor.mentor_kinds]))

    def _read_specials(self) -> dict[int, tuple[Whole, Whole]]:
        """The pairs that the small tables do not tell: wished for, granted or forbidden."""
        pool = self.pool
        spots = sorted(
            pool.forbidden
            | pool.granted
            | {
                spot
                for links in pool.links
                for spot in zip(links.mentees.tolist(), links.mentors.tolist(), strict=True)
            }
        )
        if not spots:
            return {}
        rows, columns = np.array(spots, dtype=np.int32).T
        scores = scores_at(pool, rows, columns)
        allowed = allowed_at(pool, rows, columns) & (scores >= self.worth.floor)
        worths: Whole = np.where(allowed, self.worth.of(scores), self._shut).astype(self.short)
        found: dict[int, list[int]] = defaultdict(list)
        for at, row in enumerate(rows.tolist()):
            found[row].append(at)
        return {row: (columns[at].astype(np.intp), worths[at]) for row, at in found.items()}


class _Unspread:
    """The same, read when asked for: of so many kinds, few mentees share one."""

    def __init__(self, pricer: Pricer, factor: Factor) -> None:
        self._pricer, self._factor = pricer, factor

    def __getitem__(self, kind: Any) -> Whole:
        return self._pricer.values(self._factor, kind).take(self._factor.mentor_kinds, axis=-1)


def order_by_kinds(kinds: list[Whole], count: int) -> Whole:
    """So many people ordered by these kinds, the first counting most."""
    return np.lexsort([np.arange(count), *kinds[::-1]]).astype(np.int32)
