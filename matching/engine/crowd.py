"""Sets of mentees too many for whom they may have: why no more can be matched, or no better."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from matching.engine.mending import NOBODY
from matching.engine.pool import Bools, Pool, Whole
from matching.engine.pricing import Pricer, Worth
from matching.engine.sparse import Optimum
from matching.engine.table import allowed_at, scores_at


@dataclass(frozen=True, eq=False)
class Crowd:
    """Mentees, and the mentors outside of whom they may have nobody; these have no place to spare."""

    mentees: Bools
    mentors: Bools


def crowd_of(found: Optimum) -> Crowd | None:
    """The crowd that proves that no more can be matched, if the prices tell one."""
    has = found.mentors != NOBODY
    most = found.worth.matched
    bound = bound_of(most, found.kept[has], found.prices[found.mentors[has]])
    if bound is None:
        return None
    return Crowd(found.kept < bound, found.prices > most - bound)


def bound_of(most: int, kept: Whole, prices: Whole) -> int | None:
    """A bound b such that no pair made both keeps at least b and costs more than most - b.

    Those who keep less than b may only have mentors who cost more than most - b, `most` being what a
    match is worth at least. Such a b proves the number of pairs made, and exists once a match is
    worth more than all scores together.
    """
    starts = most - prices
    order = np.argsort(starts, kind="stable")
    reach = np.append(0, np.maximum.accumulate(kept[order]) if len(order) else [])
    gaps = np.flatnonzero(np.append(starts[order], most) > reach)
    return int(reach[gaps[0]]) + 1 if len(gaps) else None


def limit(market: Pool, crowd: Crowd) -> tuple[int, Bools]:
    """No floor above this lets as many be matched, and a crowd that proves it.

    Mentees outside the crowd all need a mentor outside its mentors; these need all their places
    filled by the crowd. Whoever finds fewest points there sets the limit.
    """
    pricer = Pricer(market, Worth(1))
    nothing = np.zeros(market.shape[1], dtype=np.int32)
    best = np.full(market.shape[1], -1, dtype=np.int32)
    second = best.copy()
    own = np.full(market.shape[0], market.most + 1, dtype=np.int32)
    for mentee, row in pricer.rows(nothing):
        if crowd.mentees[mentee]:
            np.maximum(second, np.minimum(best, row - 1), out=second)
            np.maximum(best, row - 1, out=best)
        else:
            own[mentee] = row[~crowd.mentors].max(initial=0) - 1
    filled = np.where(market.places > 1, second, best)
    filled[~crowd.mentors] = market.most + 1
    mentee, mentor = int(own.argmin()), int(filled.argmin())
    above = crowd.mentees.copy()
    if own[mentee] <= filled[mentor]:
        above[mentee] = True
        return int(own[mentee]), above
    everyone = np.arange(market.shape[0], dtype=np.int32)
    same = np.full_like(everyone, mentor)
    above &= ~(
        allowed_at(market, everyone, same) & (scores_at(market, everyone, same) > filled[mentor])
    )
    return int(filled[mentor]), above
