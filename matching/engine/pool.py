"""What the engine is given: two sides of people, small tables, and the pairs settled beforehand."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

Bools = NDArray[np.bool_]
Points = NDArray[np.int16]
Positions = NDArray[np.int32]
Keys = NDArray[np.int64]
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
    mentee_kinds: Positions
    mentor_kinds: Positions
    points: Points
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
    mentees: Positions
    mentors: Positions
    points: Points
    ranks: Positions


Spot = tuple[int, int]  # (mentee's position, mentor's position)


@dataclass(frozen=True, eq=False)
class Pool:
    """Everybody, by position; `mentees` and `mentors` hold their keys.

    `ready` says which mentees may be matched, `places` how many pairs each mentor may take, locked
    ones included. A pair in `granted` may be made though a criterion that binds does not hold, one
    in `forbidden` never, one in `locked` is made whatever they say. With `listed_only`, only pairs
    in `links` may be made. Every pair has `base` points to begin with.
    """

    mentees: Keys
    mentors: Keys
    ready: Bools
    places: Positions
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
    def shape(self) -> tuple[int, int]:
        return len(self.mentees), len(self.mentors)
