"""The engine on small pools, held against every possible assignment."""

from itertools import permutations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.engine.pool import Factor, Pool
from matching.engine.reading import read_choices, read_pool
from matching.engine.result import PLAIN
from matching.engine.solving import solve
from programmes.policy.document import read_rules
from programmes.policy.evidence import Candidate
from programmes.policy.terms import Role

RULES = read_rules(
    {
        "acceptance": {"due": "agreement"},
        "questions": [
            {"code": "years", "kind": "integer", "label": "Années"},
            {"code": "employer", "label": "Employeur"},
        ],
        "criteria": [
            {
                "code": "gap",
                "label": "Écart",
                "test": "gap",
                "mentor": "years",
                "mentee": "years",
                "minimum": 10,
            },
            {
                "code": "employer",
                "label": "Employeur",
                "test": "equal",
                "mentor": "employer",
                "mentee": "employer",
                "strength": "preference",
                "weight": 50,
            },
        ],
    }
)


def mentor(key, years, employer="", **changes):
    return Candidate(key, Role.MENTOR, {"years": years, "employer": employer}, **changes)


def mentee(key, years, employer=""):
    return Candidate(key, Role.MENTEE, {"years": years, "employer": employer}, capacity=1)


def pairs_of(mentees, mentors, **options):
    result = solve(read_pool(RULES, mentees, mentors, **options))
    return [(mentees[match.mentee].key, mentors[match.mentor].key) for match in result.pairs]


def test_the_better_mentor_is_chosen():
    assert pairs_of([mentee(1, 5, "A")], [mentor(11, 20, "B"), mentor(12, 20, "a")]) == [(1, 12)]


def test_more_mentees_matched_beats_a_better_total():
    mentees = [mentee(1, 5, "A"), mentee(2, 15, "B")]
    mentors = [mentor(11, 25, "A", capacity=1), mentor(12, 15, "B", capacity=1)]

    assert pairs_of(mentees, mentors) == [(1, 12), (2, 11)]


@pytest.mark.parametrize(
    ("mentees", "mentors"),
    [([], []), ([mentee(1, 5)], []), ([], [mentor(11, 20)]), ([mentee(1, 5)], [mentor(11, 14)])],
    ids=["nobody", "no mentor", "no mentee", "nobody eligible"],
)
def test_nobody_to_match_gives_no_pair(mentees, mentors):
    assert pairs_of(mentees, mentors) == []


def test_a_mentor_takes_no_more_than_the_places_left():
    full = mentor(11, 30, capacity=2, live_pairs=1)

    assert len(pairs_of([mentee(1, 5), mentee(2, 5), mentee(3, 5)], [full])) == 1


def test_a_mentor_without_places_takes_nobody():
    assert pairs_of([mentee(1, 5)], [mentor(11, 30, capacity=0)]) == []


def test_forbidden_pairs_are_not_made_and_granted_ones_may_be():
    mentees, mentors = [mentee(1, 5)], [mentor(11, 9)]

    assert pairs_of(mentees, mentors, granted=[(1, 11)]) == [(1, 11)]
    assert pairs_of(mentees, mentors, granted=[(1, 11)], forbidden=[(1, 11)]) == []


def test_nobody_is_their_own_mentor():
    assert pairs_of([mentee(1, 5)], [mentor(1, 30)]) == []


def test_a_locked_pair_is_made_whatever_the_rules_say_and_takes_its_place():
    mentees, mentors = [mentee(1, 5, "A"), mentee(2, 5, "A")], [mentor(11, 9, "A", capacity=1)]

    assert pairs_of(mentees, mentors, locked=[(2, 11)]) == [(2, 11)]


@pytest.mark.parametrize(
    ("options", "problem"),
    [
        ({"locked": [(1, 11), (1, 12)]}, "a mentee is locked with two mentors"),
        ({"locked": [(1, 11), (2, 11)]}, "more pairs are locked"),
        ({"locked": [(1, 11)], "forbidden": [(1, 11)]}, "both locked and forbidden"),
    ],
)
def test_locks_that_contradict_are_refused(options, problem):
    mentees = [mentee(1, 5), mentee(2, 5)]
    mentors = [mentor(11, 20, capacity=1), mentor(12, 20, capacity=1)]

    with pytest.raises(ValueError, match=problem):
        read_pool(RULES, mentees, mentors, **options)


def test_a_wish_counts_and_a_weight_may_be_set_for_one_run():
    mentees = [mentee(1, 5, "A")]
    mentors = [mentor(11, 20, "A"), mentor(12, 20, "B")]

    assert pairs_of(mentees, mentors, wishes={(1, 12): 1}, weights={"employer": 60}) == [(1, 11)]
    assert pairs_of(mentees, mentors, wishes={(1, 12): 1}, weights={"wishes": 60}) == [(1, 12)]


def test_among_equals_who_waited_longest_gets_the_place():
    mentees, mentors = [mentee(1, 5), mentee(2, 5)], [mentor(11, 20, capacity=1)]

    assert pairs_of(mentees, mentors, waiting_days={2: 90}) == [(2, 11)]


def test_ranked_lists_alone_give_the_least_sum_of_ranks():
    pool = read_choices({(1, 11): 1, (1, 12): 2, (2, 11): 1, (3, 11): 2}, {11: 1, 12: 1})

    result = solve(pool, PLAIN)

    assert [(int(pool.mentees[m.mentee]), int(pool.mentors[m.mentor])) for m in result.pairs] == [
        (1, 12),
        (2, 11),
    ]


@st.composite
def pools(draw):
    rows, columns = draw(st.integers(1, 4)), draw(st.integers(1, 4))
    numbers, flags = st.integers(0, 10), st.booleans()
    points = [[draw(numbers) for _ in range(columns)] for _ in range(rows)]
    holds = [[draw(flags) for _ in range(columns)] for _ in range(rows)]
    factor = Factor(
        "any",
        "",
        10,
        True,
        np.arange(rows, dtype=np.int32),
        np.arange(columns, dtype=np.int32),
        np.array(points, dtype=np.int16),
        np.array(holds),
    )
    return Pool(
        np.arange(rows),
        np.arange(columns),
        np.ones(rows, dtype=bool),
        np.array([draw(st.integers(0, 2)) for _ in range(columns)], dtype=np.int32),
        (factor,),
    )


@given(pools())
def test_as_many_as_possible_then_the_best_total(pool):
    result = solve(pool, PLAIN)

    assert (result.matched, result.total) == best_by_trying_all(pool)


def best_by_trying_all(pool):
    rows, (factor,) = len(pool.mentees), pool.factors
    seats = [j for j, places in enumerate(pool.places) for _ in range(places)] + [None] * rows
    best = (0, 0)
    for seating in set(permutations(seats, rows)):
        pairs = [(i, j) for i, j in enumerate(seating) if j is not None and factor.holds[i, j]]
        best = max(best, (len(pairs), sum(int(factor.points[pair]) for pair in pairs)))
    return best
