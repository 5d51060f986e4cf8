"""The best pairs among candidates, exactly, and prices that prove it, from some that may be near.

Prices say who is content: who has nobody keeps nothing, a place left free costs nothing, and
everybody else keeps as much as any candidate would leave them. Each who is not content looks for the
way that costs the whole least, on which one gives way for another, and takes it; prices change on the
way alone. These are successive shortest paths with potentials (Dijkstra's search), so that a change
costs what it moves, not what there is.
"""

from __future__ import annotations

from dataclasses import dataclass
from heapq import heappop, heappush

import numpy as np

from matching.engine.pool import Whole

NOBODY = -1


@dataclass(frozen=True, eq=False)
class Graph:
    """Candidate pairs (mentees[k], mentors[k]) with their points, by mentee; `places` of each mentor."""

    count: int
    places: Whole
    mentees: Whole
    mentors: Whole
    scores: Whole

    def mend(self, worths: Whole, mentors: Whole, prices: Whole) -> tuple[Whole, Whole, Whole]:
        """For each mentee the mentor (or NOBODY) that is best for the whole; what all keep; the prices.

        Begun from these mentors and prices: the nearer, the sooner done. What is worth nothing is no
        candidate. Each mentee keeps worth less price, and no candidate offers more; a place left free
        costs nothing.
        """
        real = worths > 0
        rows, columns, worths = self.mentees[real], self.mentors[real], worths[real]
        net = worths - prices[columns]
        kept = np.zeros(self.count, dtype=np.int32)
        np.maximum.at(kept, rows, net)
        held = (columns == mentors[rows]) & (net == kept[rows])
        content = kept == 0
        content[rows[held]] = True
        holders: list[list[int]] = [[] for _ in prices]
        for mentee, mentor in zip(rows[held].tolist(), columns[held].tolist(), strict=True):
            holders[mentor].append(mentee)
        seeking = Side(
            _starts(rows, self.count),
            _listed(columns),
            _listed(worths),
            kept.tolist(),
            prices.tolist(),
            holders,
            (self.places - np.bincount(columns[held], minlength=len(prices))).tolist(),
        )
        for mentee in np.flatnonzero(~content).tolist():
            seeking.settle(mentee)
        found = np.full(self.count, NOBODY, dtype=np.int32)
        for mentor, some in enumerate(holders):
            found[some] = mentor
        costly = np.array(seeking.theirs, dtype=np.int32) > 0
        idle = np.flatnonzero(costly & (np.array(seeking.room) > 0)).tolist()
        if idle:
            by_mentor = np.argsort(columns, kind="stable")
            asking = Side(
                _starts(columns[by_mentor], len(prices)),
                _listed(rows[by_mentor]),
                _listed(worths[by_mentor]),
                seeking.theirs,
                seeking.mine,
                [[mentor] if mentor != NOBODY else [] for mentor in found.tolist()],
                (found == NOBODY).astype(np.int32).tolist(),
            )
            for mentor in idle:
                for _ in range(seeking.room[mentor]):
                    asking.settle(mentor)
            found = np.array([one[0] if one else NOBODY for one in asking.holders], dtype=np.int32)
        kept, prices = (np.array(x, dtype=np.int32) for x in (seeking.mine, seeking.theirs))
        return found, kept, prices


@dataclass
class Side:
    """The market as those see it who seek: mentees a mentor, or mentors somebody for a free place.

    Seeker a might have `partners[k]` at `worths[k]`, for k from starts[a] to starts[a + 1]. Seekers
    keep `mine`, partners keep `theirs`; b is held by `holders[b]` and has room for `room[b]` more.
    """

    starts: list[int]
    partners: list[int]
    worths: list[int]
    mine: list[int]
    theirs: list[int]
    holders: list[list[int]]
    room: list[int]

    def settle(self, seeker: int) -> None:
        """Give this one a partner, or let whoever loses least by it go without.

        A step from a seeker to a partner costs what the seeker would lose by it; from a partner on to
        whoever holds them, nothing. Nearest first, up to the cheapest end: a partner who has room, or
        a seeker who then keeps nothing.
        """
        starts, partners, worths = self.starts, self.partners, self.worths
        mine, theirs, room = self.mine, self.theirs, self.room
        least, last, without = mine[seeker], NOBODY, seeker
        reached: dict[int, int] = {}
        asked_by: dict[int, int] = {}
        left = {seeker: NOBODY}
        gone: list[tuple[int, int]] = []
        seen = [(seeker, 0)]
        heap: list[tuple[int, int]] = []
        cost, moving = 0, [seeker]
        while True:
            for a in moving:
                own = cost + mine[a]
                if own < least:
                    least, last, without = own, NOBODY, a
                near = slice(starts[a], starts[a + 1])
                for b, worth in zip(partners[near], worths[near], strict=False):
                    there = own + theirs[b] - worth
                    if there < least and there < reached.get(b, least):
                        reached[b], asked_by[b] = there, a
                        if room[b]:
                            least, last = there, b
                        else:
                            heappush(heap, (there, b))
            while heap and heap[0][0] > reached[heap[0][1]]:
                heappop(heap)  # reached at less cost since
            if not heap or heap[0][0] >= least:
                break
            cost, b = heappop(heap)
            reached[b] = -1
            gone.append((b, cost))
            moving = [a for a in self.holders[b] if a not in left]
            for a in moving:
                left[a] = b
                seen.append((a, cost))
        for a, cost in seen:
            mine[a] -= least - cost
        for b, cost in gone:
            theirs[b] += least - cost
        if last != NOBODY:
            room[last] -= 1
        elif (last := left[without]) != NOBODY:
            self.holders[last].remove(without)
        while last != NOBODY:
            a = asked_by[last]
            self.holders[last].append(a)
            if (last := left[a]) != NOBODY:
                self.holders[last].remove(a)


def _starts(owners: Whole, count: int) -> list[int]:
    starts: list[int] = np.searchsorted(owners, np.arange(count + 1)).tolist()
    return starts


def _listed(numbers: Whole) -> list[int]:
    """The numbers as a list that holds equal ones once: less memory, and quicker to read."""
    if not len(numbers):
        return []
    least = numbers.min()
    each = np.arange(least, numbers.max() + 1).astype(object)
    found: list[int] = each[numbers - least].tolist()
    return found
