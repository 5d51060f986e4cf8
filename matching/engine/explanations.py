"""Why this pair, why nobody: the facts behind a score, without words."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from matching.engine.pool import Pool
from matching.engine.table import Table, link_points


@dataclass(frozen=True)
class Contribution:
    """What one criterion brings to a pair: `points` of at most `most`."""

    code: str
    label: str
    points: int
    most: int


@dataclass(frozen=True)
class Obstacle:
    """What one binding criterion does to a mentee: how many mentors with a place it rules out, and
    how many of them would be left if it alone were given up."""

    code: str
    label: str
    ruled_out: int
    without: int


@dataclass(frozen=True)
class Absence:
    """Why a mentee has nobody: whether they may be matched at all, how many mentors would suit
    (all taken by others), and what rules out the rest, what gives way first on top."""

    ready: bool
    suited: int
    obstacles: tuple[Obstacle, ...]


def contributions(pool: Pool, mentee: int, mentor: int) -> tuple[Contribution, ...]:
    """Every criterion that can bring points to this pair, in the programme's order."""
    by_factor = [
        Contribution(
            factor.code,
            factor.label,
            int(factor.points[factor.mentee_kinds[mentee], factor.mentor_kinds[mentor]]),
            factor.most,
        )
        for factor in pool.factors
        if factor.most
    ]
    by_link = [
        Contribution(links.code, links.label, link_points(links, mentee, mentor), links.most)
        for links in pool.links
        if links.most
    ]
    return (*by_factor, *by_link)


def absence(table: Table, mentee: int) -> Absence:
    """Why this mentee has nobody, or would have nobody."""
    pool = table.pool
    with_place = pool.places > 0
    suited = table.allowed(mentee) & with_place
    binding = [factor for factor in pool.factors if factor.binds]
    fails = [~factor.holds[factor.mentee_kinds[mentee]][factor.mentor_kinds] for factor in binding]
    failures = np.sum(fails, axis=0, dtype=np.int64)
    left = with_place & ~suited
    obstacles = [
        Obstacle(
            factor.code,
            factor.label,
            int(np.count_nonzero(fail & left)),
            int(np.count_nonzero(fail & left & (failures == 1))),
        )
        for factor, fail in zip(binding, fails, strict=True)
    ]
    return Absence(
        bool(pool.ready[mentee]),
        int(np.count_nonzero(suited)),
        tuple(
            sorted(
                (one for one in obstacles if one.ruled_out),
                key=lambda one: (-one.without, -one.ruled_out),
            )
        ),
    )
