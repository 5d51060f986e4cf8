"""The scores of a pool, read for one mentee at a time or for chosen pairs; no table is kept."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from matching.engine.pool import Bools, Links, Pool, Spot, Whole


class Table:
    """Reads the rows of a pool: a mentee's points with each mentor, and whom the rules allow."""

    def __init__(self, pool: Pool) -> None:
        self.pool = pool
        self._links = [(links, _positions(links.mentees.tolist())) for links in pool.links]
        self._forbidden = _by_mentee(pool.forbidden)
        self._granted = _by_mentee(pool.granted)

    def scores(self, mentee: int) -> Whole:
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
            listed = np.zeros(self.pool.shape[1], dtype=np.bool_)
            for links, positions in self._links:
                listed[links.mentors[positions.get(mentee, [])]] = True
            allowed &= listed
        allowed[self._forbidden.get(mentee, [])] = False
        return allowed


def scores_at(pool: Pool, rows: Whole, columns: Whole) -> Whole:
    """Points of the pairs (rows[k], columns[k])."""
    total = np.full(len(rows), pool.base, dtype=np.int32)
    for factor in pool.factors:
        total += factor.points[factor.mentee_kinds[rows], factor.mentor_kinds[columns]]
    for links in pool.links:
        total += _points_of(links, pool, rows, columns)
    return total


def allowed_at(pool: Pool, rows: Whole, columns: Whole) -> Bools:
    """Whether the rules allow the pairs (rows[k], columns[k])."""
    allowed = np.ones(len(rows), dtype=np.bool_)
    for factor in pool.factors:
        if factor.binds:
            allowed &= factor.holds[factor.mentee_kinds[rows], factor.mentor_kinds[columns]]
    spots = list(zip(rows.tolist(), columns.tolist(), strict=True))
    if pool.granted:
        allowed |= np.array([spot in pool.granted for spot in spots], dtype=np.bool_)
    if pool.listed_only:
        allowed &= np.any([_listed(links, pool, rows, columns) for links in pool.links], axis=0)
    if pool.forbidden:
        allowed &= np.array([spot not in pool.forbidden for spot in spots], dtype=np.bool_)
    return allowed


def score_of(pool: Pool, mentee: int, mentor: int) -> int:
    return int(scores_at(pool, np.array([mentee]), np.array([mentor]))[0])


def link_points(links: Links, mentee: int, mentor: int) -> int:
    return int(links.points[(links.mentees == mentee) & (links.mentors == mentor)].sum())


def _points_of(links: Links, pool: Pool, rows: Whole, columns: Whole) -> Whole:
    points = np.zeros(len(rows), dtype=np.int32)
    at, found = _find(links, pool, rows, columns)
    points[found] = links.points[at[found]]
    return points


def _listed(links: Links, pool: Pool, rows: Whole, columns: Whole) -> Bools:
    return _find(links, pool, rows, columns)[1]


def _find(links: Links, pool: Pool, rows: Whole, columns: Whole) -> tuple[NDArray[np.intp], Bools]:
    """Where each pair stands in the list, and whether it does."""
    spots = links.mentees.astype(np.int64) * pool.shape[1] + links.mentors
    if not len(spots):
        return np.zeros(len(rows), dtype=np.intp), np.zeros(len(rows), dtype=np.bool_)
    order = np.argsort(spots, kind="stable")
    wanted = rows.astype(np.int64) * pool.shape[1] + columns
    at = order[np.minimum(np.searchsorted(spots[order], wanted), len(spots) - 1)]
    return at, spots[at] == wanted


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
