"""The best pairs among candidates, exactly, and the prices that prove it.

A candidate graph is a few pairs for each mentee. OR-tools' minimum-cost flow solves it with the
mentors' places as capacities; prices follow from the pairs chosen, by longest paths.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from ortools.graph.python.min_cost_flow import SimpleMinCostFlow

from matching.engine.pool import Whole

NOBODY = -1


@dataclass(frozen=True, eq=False)
class Graph:
    """Candidate pairs (mentees[k], mentors[k]) with their points; `places` of each mentor."""

    count: int
    places: Whole
    mentees: Whole
    mentors: Whole
    scores: Whole

    def best(self, worths: Whole) -> Whole:
        """For each mentee the candidate (its position) that is best for the whole, or NOBODY."""
        n, m, pairs = self.count, len(self.places), len(worths)
        sink = n + m
        everyone = np.arange(sink, dtype=np.int32)
        flow = SimpleMinCostFlow()
        arcs = flow.add_arcs_with_capacity_and_unit_cost(
            np.concatenate([self.mentees, everyone]),
            np.concatenate([self.mentors + np.int32(n), np.full(sink, sink, dtype=np.int32)]),
            np.concatenate([np.ones(pairs + n, dtype=np.int64), self.places.astype(np.int64)]),
            np.concatenate([-worths.astype(np.int64), np.zeros(sink, dtype=np.int64)]),
        )
        flow.set_nodes_supplies(
            np.arange(sink + 1, dtype=np.int32),
            np.concatenate([np.ones(n), np.zeros(m), [-n]]).astype(np.int64),
        )
        if (status := flow.solve()) != SimpleMinCostFlow.OPTIMAL:
            raise ArithmeticError(f"the flow ended in {status}")
        chosen = np.full(n, NOBODY, dtype=np.int32)
        used = np.flatnonzero(flow.flows(arcs[:pairs])).astype(np.int32)
        chosen[self.mentees[used]] = used
        return chosen

    def prices(self, worths: Whole, chosen: Whole, first: Whole) -> Whole:
        """Whole prices under which nobody would rather change, near `first` where they can be.

        Each mentee keeps worth less price (nothing for who has nobody), no candidate offers more,
        and a place left free costs nothing. Found by raising prices until no offer is better.
        """
        m = len(self.places)
        zero = m  # the price of having nobody, and of a place nobody takes
        has = chosen != NOBODY
        held, worth = np.full(self.count, zero), np.zeros(self.count, dtype=np.int32)
        held[has], worth[has] = self.mentors[chosen[has]], worths[chosen[has]]
        taken = np.bincount(held[has], minlength=m)
        spare, everyone = np.flatnonzero(taken < self.places), np.arange(m)
        tails = np.concatenate([held[self.mentees], held[has], np.full(m, zero), spare])
        heads = np.concatenate(
            [
                self.mentors,
                np.full(np.count_nonzero(has), zero),
                everyone,
                np.full(len(spare), zero),
            ]
        )
        steps = np.concatenate(
            [worths - worth[self.mentees], -worth[has], np.zeros(m + len(spare), dtype=np.int32)]
        )
        order = np.argsort(heads, kind="stable")
        tails, steps = tails[order], steps[order]
        reached, starts = np.unique(heads[order], return_index=True)
        prices = np.append(first, 0).astype(np.int32)
        while True:
            raised = np.maximum.reduceat(prices[tails] + steps, starts)
            if (raised <= prices[reached]).all():
                settled: Whole = prices[:-1] - prices[-1]
                return settled
            prices[reached] = np.maximum(prices[reached], raised)
