"""A criterion tried on all pairs of answers, by trying it once for each way in which two compare.

What a gap says depends on the difference alone; what answers taken as sets say depends on how many
items are common and how many are wanted. So 2,000 different answers against 1,200 cost a few dozen
trials.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from matching.engine.pool import Bools, Closeness
from programmes.policy.criteria import Criterion, MatchTest, Ranks, try_criterion
from programmes.policy.questionnaire import Answer, as_set, is_blank

BLANK = np.iinfo(np.int64).min  # one of the two did not answer


def try_all(
    rule: Criterion, wanted: Sequence[Answer], offered: Sequence[Answer], ranks: Ranks
) -> tuple[Closeness, Bools]:
    """How close each answer wanted (rows) and offered (columns) are, and whether the criterion holds."""
    ways = _ways(rule, wanted, offered)
    ways[[is_blank(want) for want in wanted], :] = BLANK
    ways[:, [is_blank(offer) for offer in offered]] = BLANK
    _, first, way_of = np.unique(ways, return_index=True, return_inverse=True)
    outcomes = [
        try_criterion(rule, offered[at % len(offered)], wanted[at // len(offered)], ranks=ranks)
        for at in first.tolist()
    ]
    closeness = np.array([outcome.closeness for outcome in outcomes], dtype=np.float64)
    holds = np.array([outcome.holds for outcome in outcomes], dtype=np.bool_)
    return closeness[way_of].reshape(ways.shape), holds[way_of].reshape(ways.shape)


def _ways(
    rule: Criterion, wanted: Sequence[Answer], offered: Sequence[Answer]
) -> NDArray[np.int64]:
    """A number for each pair of answers; pairs with the same number have the same outcome."""
    if rule.test is MatchTest.GAP:
        gaps: NDArray[np.int64] = _numbers(offered) - _numbers(wanted)[:, np.newaxis]
        return gaps
    if rule.test is MatchTest.AT_LEAST:
        return np.arange(len(wanted) * len(offered)).reshape(len(wanted), len(offered))
    items = sorted({item for answer in (*wanted, *offered) for item in as_set(answer)})
    ticks = _ticks(wanted, items)
    common = ticks @ _ticks(offered, items).T
    ways = common * (len(items) + 1) + ticks.sum(axis=1)[:, np.newaxis]
    whole: NDArray[np.int64] = np.rint(ways).astype(np.int64)
    return whole


def _numbers(answers: Sequence[Answer]) -> NDArray[np.int64]:
    return np.array(
        [answer if isinstance(answer, int) else 0 for answer in answers], dtype=np.int64
    )


def _ticks(answers: Sequence[Answer], items: Sequence[str]) -> NDArray[np.float64]:
    """1 where an answer holds an item."""
    column = {item: at for at, item in enumerate(items)}
    ticks = np.zeros((len(answers), len(items)), dtype=np.float64)
    for row, answer in enumerate(answers):
        ticks[row, [column[item] for item in as_set(answer)]] = 1
    return ticks
