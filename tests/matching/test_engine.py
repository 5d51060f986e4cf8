"""The engine on small pools, held against every possible assignment."""

from itertools import permutations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.engine.assignment import best_pairs
from matching.engine.scoring import Scores, score_pool
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
    scores = score_pool(RULES, mentees, mentors, **options)
    return [(mentees[i].key, mentors[j].key) for i, j in best_pairs(scores)]


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


@st.composite
def pools(draw):
    rows, columns = draw(st.integers(1, 4)), draw(st.integers(1, 4))
    numbers = st.integers(0, 10)
    score = np.array([[draw(numbers) for _ in range(columns)] for _ in range(rows)], dtype=float)
    allowed = np.array([[draw(st.booleans()) for _ in range(columns)] for _ in range(rows)])
    places = np.array([draw(st.integers(0, 2)) for _ in range(columns)])
    return Scores(allowed, score, places, np.ones(rows, dtype=bool), ())


@given(pools())
def test_as_many_as_possible_then_the_best_total(pool):
    chosen = best_pairs(pool)

    assert (len(chosen), sum(pool.score[pair] for pair in chosen)) == best_by_trying_all(pool)


def best_by_trying_all(pool):
    rows = len(pool.ready)
    seats = [j for j, places in enumerate(pool.places) for _ in range(places)] + [None] * rows
    best = (0, 0.0)
    for seating in set(permutations(seats, rows)):
        pairs = [(i, j) for i, j in enumerate(seating) if j is not None and pool.allowed[i, j]]
        best = max(best, (len(pairs), float(sum(pool.score[pair] for pair in pairs))))
    return best
