"""The scores of a pool, one mentee's row at a time; the whole table is never kept."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

import numpy as np

from matching.engine.pool import Bools, Links, Points, Pool, Spot


class Table:
    """Reads the rows of a pool: a mentee's points with each mentor, and whom the rules allow."""

    def __init__(self, pool: Pool) -> None:
        self.pool = pool
        self._links = [(links, _positions(links.mentees.tolist())) for links in pool.links]
        self._forbidden = _by_mentee(pool.forbidden)
        self._granted = _by_mentee(pool.granted)

    def scores(self, mentee: int) -> Points:
        """Points with every mentor, allowed or not."""
        total = np.full(self.pool.shape[1], self.pool.base, dtype=np.int16)
        for factor in self.pool.factors:
            total += factor.points[factor.mentee_kinds[mentee]][factor.mentor_kinds]
        for links, positions in self._links:
            at = positions.get(mentee, [])
            total[links.mentors[at]] += links.points[at]
        return total

    def allowed(self, mentee: int) -> Bools:
        """Which mentors the rules allow, whether or not they have a place."""
        allowed = np.ones(self.pool.shape[1], dtype=np.bool_)
        for factor in self.pool.factors:
            if factor.binds:
                allowed &= factor.holds[factor.mentee_kinds[mentee]][factor.mentor_kinds]
        allowed[self._granted.get(mentee, [])] = True
        if self.pool.listed_only:
            allowed &= self._listed(mentee)
        allowed[self._forbidden.get(mentee, [])] = False
        return allowed

    def score(self, mentee: int, mentor: int) -> int:
        return int(self.scores(mentee)[mentor])

    def _listed(self, mentee: int) -> Bools:
        listed = np.zeros(self.pool.shape[1], dtype=np.bool_)
        for links, positions in self._links:
            listed[links.mentors[positions.get(mentee, [])]] = True
        return listed


def link_points(links: Links, mentee: int, mentor: int) -> int:
    return int(links.points[(links.mentees == mentee) & (links.mentors == mentor)].sum())


def _positions(mentees: Iterable[int]) -> dict[int, list[int]]:
    found: dict[int, list[int]] = defaultdict(list)
    for position, mentee in enumerate(mentees):
        found[mentee].append(position)
    return found


def _by_mentee(spots: Iterable[Spot]) -> dict[int, list[int]]:
    found: dict[int, list[int]] = defaultdict(list)
    for mentee, mentor in sorted(spots):
        found[mentee].append(mentor)
    return found
