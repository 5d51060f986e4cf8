"""What choosing another mentor for one mentee would cost the whole, without solving again.

Whoever loses their place goes elsewhere, and so on, by the chain that costs least: a shortest path
among mentors, where a step costs what a mentee would lose by changing at the prices of the proof.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from matching.engine.certificate import free_people, unpack
from matching.engine.crowd import bound_of
from matching.engine.flow import NOBODY
from matching.engine.pool import Pool, Whole, restrict
from matching.engine.pricing import Worth
from matching.engine.result import Result
from matching.engine.table import Table, allowed_at, scores_at

FAR = 2**60
FIRST = 2**40  # one mentee more without a mentor outweighs all points


@dataclass(frozen=True)
class Choice:
    """A mentor who might be chosen instead, and how it changes the whole.

    `score` is that of the pair; `mentees` how many more are matched (0 or less), `points` the change
    of what is summed (0 or less where as many are matched).
    """

    mentor: int
    score: int
    mentees: int
    points: int


def next_best(table: Table, result: Result, mentee: int, *, most: int = 3) -> tuple[Choice, ...]:
    """The mentors who suit this mentee best, apart from theirs, and what each would cost the whole.

    Exact for what the run sought: its bonus for a match, its penalty, its floor for all other pairs.
    Nothing for a mentee who is locked or not ready.
    """
    market = _Market(table.pool, result)
    (position,) = np.nonzero(market.rows == mentee)
    if not len(position):
        return ()
    scores = table.scores(mentee)[market.columns]
    suits = table.allowed(mentee)[market.columns]
    suits &= np.arange(len(suits)) != market.held[position[0]]
    best = np.lexsort((table.pool.mentors[market.columns], -scores))
    wanted = best[suits[best]][:most]
    lost = market.lost_by(int(position[0]), wanted, scores[wanted])
    return tuple(
        Choice(int(market.columns[j]), int(scores[j]), *market.told(loss))
        for j, loss in zip(wanted.tolist(), lost, strict=True)
    )


class _Market:
    """Those who are free in a run, with what they keep and cost by its certificate."""

    def __init__(self, pool: Pool, result: Result) -> None:
        proof = result.certificate
        self.rows, self.columns, places = free_people(pool)
        self.pool = restrict(pool, self.rows, self.columns)
        self.worth = Worth(proof.matched, proof.weight, proof.low, proof.floor)
        row = {int(i): at for at, i in enumerate(self.rows)}
        column = {int(j): at for at, j in enumerate(self.columns)}
        self.held = np.full(len(row), NOBODY, dtype=np.int64)
        self.kept = np.zeros(len(row), dtype=np.int64)
        self.prices = unpack(proof.prices, len(column)).astype(np.int64)
        for match in result.pairs:
            if not match.locked:
                at, mentor = row[match.mentee], column[match.mentor]
                self.held[at] = mentor
                self.kept[at] = self.worth.of(np.array(match.score)) - self.prices[mentor]
        self.has = self.held != NOBODY
        self.spare = np.bincount(self.held[self.has], minlength=len(column)) < places
        self.first = self.worth.matched
        bound = bound_of(self.first, self.kept[self.has], self.prices[self.held[self.has]])
        if bound is not None:  # then a match may be worth as much more as one likes
            self.prices[self.prices > self.first - bound] += FIRST
            self.kept[self.kept >= bound] += FIRST
            self.first += FIRST

    def lost_by(self, mentee: int, mentors: Whole, scores: Whole) -> list[int]:
        """What is lost when this mentee gets each of these mentors, at these scores."""
        if not len(mentors):
            return []
        worths = self._worths(scores)
        changing = self.kept[mentee] + self.prices[mentors] - worths
        lost: Whole = changing + self._detours(mentee, mentors)[mentors]
        return [int(one) for one in lost]

    def told(self, loss: int) -> tuple[int, int]:
        """How many mentees, and how many points, the whole has more."""
        mentees = round(loss / self.first)
        return -mentees, mentees * self.first - loss

    def _worths(self, scores: Whole) -> Whole:
        return self.worth.of(scores.astype(np.int64)) + (self.first - self.worth.matched)

    def _detours(self, mentee: int, mentors: Whole) -> Whole:
        """What it costs each mentor to pass one mentee on, once this one has left theirs.

        Passed on to that place; or, through `outside`, to a free place or to nobody, while others
        who have nobody, or nobody at all, take that place.
        """
        outside = len(self.prices)
        costs = np.full(outside + 1, FAR, dtype=np.int64)
        costs[self.held[mentee] if self.has[mentee] else outside] = 0
        settled = np.zeros(outside + 1, dtype=np.bool_)
        others = np.arange(len(self.held)) != mentee
        placed, waiting = self.has & others, ~self.has & others
        while not settled[mentors].all():
            at = int(np.where(settled, FAR + 1, costs).argmin())
            settled[at] = True
            if at == outside:
                np.minimum.at(costs, self.held[placed], self.kept[placed] + costs[at])
                costs[:-1][self.spare] = np.minimum(costs[:-1][self.spare], costs[at])
            else:
                changing = np.minimum(self._changing_to(at) + costs[at], FAR)
                np.minimum.at(costs, self.held[placed], changing[placed])
                through = min(
                    int(changing[waiting].min(initial=FAR)), int(self.prices[at] + costs[at])
                )
                costs[outside] = min(costs[outside], through)
        return costs

    def _changing_to(self, mentor: int) -> Whole:
        """What each mentee would lose with this mentor."""
        everyone = np.arange(len(self.held), dtype=np.int32)
        same = np.full_like(everyone, mentor)
        scores = scores_at(self.pool, everyone, same)
        open_ = allowed_at(self.pool, everyone, same) & (scores >= self.worth.floor)
        loses = self.kept + self.prices[mentor] - self._worths(scores)
        changing: Whole = np.where(open_, loses, FAR)
        return changing
