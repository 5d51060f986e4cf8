"""How the pairs of a run look from the people's side: who would rather change, and what they got."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from matching.engine.pool import Pool, Spot
from matching.engine.result import Match
from matching.engine.table import Table

SOME = 20


@dataclass(frozen=True)
class Portrait:
    """Scores in points (None where there is no pair), and what the people would say.

    `blocking` counts the pairs of two who would both rather have each other than what they have,
    `some` are the first of them; `ranks` counts the wishes fulfilled by rank, for each list of wishes;
    `unmatched` are the mentees who are ready and have nobody.
    """

    mean: float | None
    fifth_percentile: float | None
    minimum: int | None
    blocking: int
    some: tuple[Spot, ...]
    ranks: dict[str, dict[int, int]]
    unmatched: tuple[int, ...]


def portray(table: Table, pairs: Sequence[Match]) -> Portrait:
    pool = table.pool
    scores = np.array([match.score for match in pairs], dtype=np.int64)
    blocking, some = _blocking(table, pairs)
    matched = {match.mentee for match in pairs}
    return Portrait(
        mean=float(scores.mean()) if len(scores) else None,
        fifth_percentile=float(np.percentile(scores, 5)) if len(scores) else None,
        minimum=int(scores.min()) if len(scores) else None,
        blocking=blocking,
        some=some,
        ranks=_ranks(pool, pairs),
        unmatched=tuple(i for i in np.flatnonzero(pool.ready).tolist() if i not in matched),
    )


def _blocking(table: Table, pairs: Sequence[Match]) -> tuple[int, tuple[Spot, ...]]:
    """Two who are allowed to each other, both better than the least of what they have, or free."""
    pool = table.pool
    mine = np.where(pool.ready, -1, np.iinfo(np.int32).max)
    theirs = np.full(pool.shape[1], np.iinfo(np.int32).max, dtype=np.int64)
    for match in pairs:
        mine[match.mentee] = match.score
        theirs[match.mentor] = min(theirs[match.mentor], match.score)
    taken = np.bincount([match.mentor for match in pairs], minlength=pool.shape[1])
    theirs[taken < pool.places] = -1
    count = 0
    some: list[Spot] = []
    for mentee in np.flatnonzero(pool.ready).tolist():
        scores = table.scores(mentee)
        rather = table.allowed(mentee) & (scores > mine[mentee]) & (scores > theirs)
        found = np.flatnonzero(rather).tolist()
        count += len(found)
        some += [(mentee, mentor) for mentor in found[: SOME - len(some)]]
    return count, tuple(some)


def _ranks(pool: Pool, pairs: Sequence[Match]) -> dict[str, dict[int, int]]:
    made = {(match.mentee, match.mentor) for match in pairs}
    return {
        links.code: dict(
            sorted(
                Counter(
                    rank
                    for i, j, rank in zip(
                        links.mentees.tolist(),
                        links.mentors.tolist(),
                        links.ranks.tolist(),
                        strict=True,
                    )
                    if (i, j) in made
                ).items()
            )
        )
        for links in pool.links
    }
