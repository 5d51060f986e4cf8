"""What another choice costs, held against solving again with that pair locked."""

from dataclasses import replace

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from matching.engine.choosing import next_best
from matching.engine.result import FAIR
from matching.engine.solving import solve
from matching.engine.stability import portray
from matching.engine.table import Table
from tests.matching.engine.pools import random_pool


def test_what_is_told_is_what_the_next_run_would_find():
    pool = random_pool(3, rows=12, columns=9, density=0.6, most=1000)
    result = solve(pool, FAIR)
    told = [(row, one) for row in range(12) for one in next_best(Table(pool), result, row)]

    assert told
    for row, choice in told:
        locked = frozenset({(row, choice.mentor)})
        assert choice.result.pairs == solve(replace(pool, locked=locked), FAIR).pairs


def test_the_next_best_are_the_best_others_who_are_allowed():
    pool = random_pool(3, rows=12, columns=9, density=0.6, most=1000)
    result = solve(pool, FAIR)
    given_to = {match.mentee: match.mentor for match in result.pairs}
    table = Table(pool)
    for mentee in np.flatnonzero(pool.ready).tolist():
        allowed = table.allowed(mentee) & (pool.places > 0)
        others = sorted(
            (
                int(table.scores(mentee)[j])
                for j in np.flatnonzero(allowed)
                if j != given_to.get(mentee)
            ),
            reverse=True,
        )

        assert [choice.score for choice in next_best(table, result, mentee)] == others[:3]


def test_nobody_is_offered_to_who_is_locked_or_not_ready():
    pool = random_pool(3, rows=12, columns=9, density=1, most=1000)
    held = replace(pool, locked=frozenset({(0, int(np.flatnonzero(pool.places)[0]))}))
    result = solve(held, FAIR)
    absent = np.flatnonzero(~pool.ready).tolist()

    assert absent
    assert [next_best(Table(held), result, i) for i in (0, *absent)] == [()] * (1 + len(absent))


@given(st.integers(0, 10**6))
def test_a_pair_blocks_when_both_would_rather_have_each_other(seed):
    pool = random_pool(seed, rows=7, columns=6, most=20)
    result, table = solve(pool, FAIR), Table(pool)
    mine = {match.mentee: match.score for match in result.pairs}
    theirs = {j: [m.score for m in result.pairs if m.mentor == j] for j in range(6)}

    def would(i, j):
        score, has = int(table.scores(i)[j]), theirs[j]
        free = len(has) < pool.places[j]
        return score > mine.get(i, -1) and (free or score > min(has, default=score))

    expected = {
        (i, j)
        for i in range(7)
        for j in range(6)
        if pool.ready[i] and table.allowed(i)[j] and would(i, j)
    }
    portrait = portray(table, result.pairs)

    assert (portrait.blocking, set(portrait.some)) == (len(expected), expected)
    assert portrait.minimum == result.minimum
