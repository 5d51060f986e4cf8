"""The best pairs for a pool: as many mentees as possible, then the greatest total score."""

from __future__ import annotations

import numpy as np
from scipy.optimize import linear_sum_assignment

from matching.engine.scoring import Scores

STEPS = 100  # scores are compared in hundredths, as whole numbers, so that sums are exact


def best_pairs(scores: Scores) -> list[tuple[int, int]]:
    """(mentee row, mentor column) pairs, in row order; no mentor gets more than their places.

    A dense assignment: each mentor's column stands once for each place. A pair is worth more
    than all scores together, so that one more mentee matched always wins.
    """
    columns = np.repeat(np.arange(len(scores.places)), scores.places)
    rows = np.flatnonzero(scores.ready)
    if not len(columns) or not len(rows):
        return []
    allowed = scores.allowed[np.ix_(rows, columns)]
    points = np.rint(scores.score[np.ix_(rows, columns)] * STEPS)
    pair = 100 * STEPS * (len(rows) + 1)
    worth = np.where(allowed, pair + points, 0.0)
    chosen_rows, chosen_columns = linear_sum_assignment(worth, maximize=True)
    return sorted(
        (int(rows[i]), int(columns[j]))
        for i, j in zip(chosen_rows, chosen_columns, strict=True)
        if allowed[i, j]
    )
