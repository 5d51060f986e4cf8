"""The engine against independent solvers: SciPy's dense assignment, and trying every choice."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.engine.certificate import check
from matching.engine.pool import restrict
from matching.engine.result import FAIR, PLAIN
from matching.engine.solving import solve
from tests.matching.engine.pools import (
    by_scipy,
    dense,
    every_choice,
    highest_floor,
    random_pool,
    with_exceptions,
)


def spots(result):
    return [(match.mentee, match.mentor) for match in result.pairs]


@st.composite
def pools(draw, largest=6):
    return random_pool(
        draw(st.integers(0, 10**6)),
        rows=draw(st.integers(0, largest)),
        columns=draw(st.integers(0, largest)),
        density=draw(st.sampled_from([0, 0.2, 0.5, 0.9, 1])),
        most=draw(st.sampled_from([0, 1, 20, 1000])),
        kinds=draw(st.sampled_from([None, 2])),
    )


@given(pools(largest=40))
def test_the_plain_rule_matches_the_most_then_totals_the_most(pool):
    result = solve(pool, PLAIN)

    check(pool, spots(result), result.certificate)
    assert (result.matched, result.total) == by_scipy(dense(pool))


@given(pools(largest=20))
def test_the_fair_rule_matches_as_many_and_its_worst_served_pair_is_the_best_possible(pool):
    result = solve(pool, FAIR)

    check(pool, spots(result), result.certificate)
    assert result.matched == by_scipy(dense(pool))[0]
    assert result.minimum == (highest_floor(dense(pool)) if result.matched else None)


@given(pools(largest=4))
def test_the_fair_rule_is_the_best_of_all_choices_in_its_order(pool):
    result = solve(pool, FAIR)
    low, weight = result.low, result.weight

    def rank(scores):
        bent = sum(s - weight * max(0, low - s) for s in scores)
        return len(scores), min(scores, default=0), bent

    best = max(every_choice(dense(pool)), key=rank, default=[])
    assert rank([match.score for match in result.pairs]) == rank(best)


@given(pools(largest=4))
def test_the_penalty_is_the_largest_that_keeps_the_total(pool):
    result = solve(pool, FAIR)
    kept = result.aim.keep * result.plain_total

    assert result.weight == 0 or 100 * result.total >= kept


@given(pools(largest=20), st.integers(0, 1000))
def test_wishes_and_exceptions_are_weighed_like_all_else(pool, seed):
    special = with_exceptions(pool, seed)

    plain, fair = solve(special, PLAIN), solve(special, FAIR)

    assert (plain.matched, plain.total) == by_scipy(dense(special))
    assert fair.minimum == (highest_floor(dense(special)) if fair.matched else None)


@pytest.mark.parametrize("size", [60, 150, 300])
def test_larger_pools_agree_with_scipy_too(size):
    for seed in range(4):
        pool = random_pool(seed, rows=size, columns=size * 2 // 3, density=0.4, most=1000, kinds=50)

        result = solve(pool, PLAIN)

        assert (result.matched, result.total) == by_scipy(dense(pool))


@pytest.mark.parametrize("aim", [PLAIN, FAIR], ids=["plain", "fair"])
@given(pools(largest=12), st.randoms(use_true_random=False))
def test_the_order_of_the_input_changes_nothing(aim, pool, random):
    rows, columns = list(range(pool.shape[0])), list(range(pool.shape[1]))
    random.shuffle(rows)
    random.shuffle(columns)
    mixed = restrict(pool, np.array(rows, dtype=np.int32), np.array(columns, dtype=np.int32))

    def named(of):
        result = solve(of, aim)
        pairs = [(of.mentees[i], of.mentors[j]) for i, j in spots(result)]
        return sorted(pairs), result.certificate

    assert named(mixed) == named(pool)


@given(pools(largest=10), st.data())
def test_locked_pairs_are_made_and_forbidden_ones_never(pool, data):
    everyone = [(i, j) for i in range(pool.shape[0]) for j in range(pool.shape[1])]
    chosen = data.draw(
        st.lists(st.sampled_from(everyone), unique=True) if everyone else st.just([])
    )
    locked, taken = [], {}
    for i, j in chosen[::2]:
        if i not in dict(locked) and taken.get(j, 0) < pool.places[j]:
            locked.append((i, j))
            taken[j] = taken.get(j, 0) + 1
    forbidden = frozenset(chosen) - frozenset(locked)
    settled = replace(pool, locked=frozenset(locked), forbidden=forbidden)

    result = solve(settled, FAIR)

    check(settled, spots(result), result.certificate)
    assert set(locked) <= set(spots(result))
    assert not forbidden & set(spots(result))
    assert result.matched == len(locked) + by_scipy(dense(without(settled)))[0]


def without(pool):
    """The pool once what is locked is settled."""
    ready, places = pool.ready.copy(), pool.places.copy()
    for mentee, mentor in pool.locked:
        ready[mentee] = False
        places[mentor] -= 1
    return replace(pool, locked=frozenset(), ready=ready, places=places)


def test_people_who_are_alike_need_few_rounds():
    """A programme that asks little has hundreds of equals: all must not be offered the same few."""
    pool = random_pool(1, rows=400, columns=400, density=1, most=1, kinds=2)
    points = np.array([[0, 1], [1, 1]], dtype=np.int16)
    everybody = np.ones(400, dtype=np.int32)
    pool = replace(
        pool,
        factors=(replace(pool.factors[0], points=points),),
        ready=everybody.astype(np.bool_),
        places=everybody,
    )
    rounds = []

    solve(pool, PLAIN, tell=lambda step, number: rounds.append((step, number)))

    assert sum(step == "round" for step, _ in rounds) <= 3
