"""What the engine is given: two sides of people, small tables, and the pairs settled beforehand."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

Bools = NDArray[np.bool_]
Whole = NDArray[
    np.signedinteger[Any]
]  # whole numbers, as short as they can be where there are many
Closeness = NDArray[np.float64]

SCALE = 1000  # scores are whole numbers of points, so that sums are exact; this is a perfect pair


@dataclass(frozen=True, eq=False)
class Factor:
    """One criterion over everybody, by kinds of answers: who answers alike is judged alike.

    `points[a, b]` is what a mentee of kind a and a mentor of kind b bring to the score (at most
    `most`), `holds[a, b]` whether the criterion holds; where it `binds` and does not hold, the two
    may not be matched. Points of all factors add up. `closeness` (0 to 1) is what `points` are
    `most` times of, rounded; it is asked for only to weigh again.
    """

    code: str
    label: str
    most: int
    binds: bool
    mentee_kinds: Whole
    mentor_kinds: Whole
    points: Whole
    holds: Bools
    closeness: Closeness = field(default_factory=lambda: np.zeros((0, 0)))


@dataclass(frozen=True, eq=False)
class Links:
    """A criterion that concerns a few pairs only (a wish): points for those listed, none for others.

    `ranks` are the places in the person's list, from 1.
    """

    code: str
    label: str
    most: int
    mentees: Whole
    mentors: Whole
    points: Whole
    ranks: Whole


Spot = tuple[int, int]  # (mentee's position, mentor's position)


@dataclass(frozen=True, eq=False)
class Pool:
    """Everybody, by position; `mentees` and `mentors` hold their keys.

    `ready` says which mentees may be matched, `places` how many pairs each mentor may take, locked
    ones included. A pair in `granted` may be made though a criterion that binds does not hold, one
    in `forbidden` never, one in `locked` is made whatever they say. With `listed_only`, only pairs
    in `links` may be made. Every pair has `base` points to begin with.
    """

    mentees: Whole
    mentors: Whole
    ready: Bools
    places: Whole
    factors: tuple[Factor, ...] = ()
    links: tuple[Links, ...] = ()
    locked: frozenset[Spot] = field(default=frozenset())
    forbidden: frozenset[Spot] = field(default=frozenset())
    granted: frozenset[Spot] = field(default=frozenset())
    base: int = 0
    listed_only: bool = False

    def __post_init__(self) -> None:
        """Raise ValueError where what is locked cannot be."""
        mentees = [mentee for mentee, _ in self.locked]
        if len(set(mentees)) < len(mentees):
            raise ValueError("a mentee is locked with two mentors")
        taken = np.bincount([mentor for _, mentor in self.locked], minlength=len(self.places))
        if (taken > self.places).any():
            raise ValueError("more pairs are locked with a mentor than the mentor has places")
        if self.locked & self.forbidden:
            raise ValueError("a pair is both locked and forbidden")

    @property
    def criteria(self) -> tuple[Factor | Links, ...]:
        """Everything that brings points."""
        return (*self.factors, *self.links)

    @property
    def most(self) -> int:
        """No pair has more points than this."""
        return self.base + sum(one.most for one in self.criteria)

    @property
    def shape(self) -> tuple[int, int]:
        return len(self.mentees), len(self.mentors)


def restrict(pool: Pool, rows: Whole, columns: Whole) -> Pool:
    """The pool of these mentees and mentors alone, in this order; what is locked is left out."""
    row = _new_positions(rows, pool.shape[0])
    column = _new_positions(columns, pool.shape[1])

    def spots(pairs: Iterable[Spot]) -> frozenset[Spot]:
        moved = ((int(row[i]), int(column[j])) for i, j in pairs)
        return frozenset((i, j) for i, j in moved if i >= 0 and j >= 0)

    return Pool(
        pool.mentees[rows],
        pool.mentors[columns],
        pool.ready[rows],
        pool.places[columns],
        tuple(
            replace(
                factor,
                mentee_kinds=factor.mentee_kinds[rows],
                mentor_kinds=factor.mentor_kinds[columns],
            )
            for factor in pool.factors
        ),
        tuple(_restrict_links(links, row, column) for links in pool.links),
        forbidden=spots(pool.forbidden),
        granted=spots(pool.granted),
        base=pool.base,
        listed_only=pool.listed_only,
    )


def swap(pool: Pool) -> Pool:
    """The same pool with the two sides in each other's place."""
    turned = tuple((j, i) for i, j in pool.forbidden), tuple((j, i) for i, j in pool.granted)
    return Pool(
        pool.mentors,
        pool.mentees,
        np.ones(pool.shape[1], dtype=np.bool_),
        np.ones(pool.shape[0], dtype=np.int32),
        tuple(
            replace(
                factor,
                mentee_kinds=factor.mentor_kinds,
                mentor_kinds=factor.mentee_kinds,
                points=factor.points.T,
                holds=factor.holds.T,
            )
            for factor in pool.factors
        ),
        tuple(replace(links, mentees=links.mentors, mentors=links.mentees) for links in pool.links),
        forbidden=frozenset(turned[0]),
        granted=frozenset(turned[1]),
        base=pool.base,
        listed_only=pool.listed_only,
    )


def _new_positions(kept: Whole, count: int) -> Whole:
    position = np.full(count, -1, dtype=np.int32)
    position[kept] = np.arange(len(kept), dtype=np.int32)
    return position


def _restrict_links(links: Links, row: Whole, column: Whole) -> Links:
    rows, columns = row[links.mentees], column[links.mentors]
    kept = (rows >= 0) & (columns >= 0)
    return replace(
        links,
        mentees=rows[kept],
        mentors=columns[kept],
        points=links.points[kept],
        ranks=links.ranks[kept],
    )
