"""Trying a criterion on many answers at once gives what trying it on each two gives."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.engine.trying import try_all
from programmes.policy.criteria import Criterion, try_criterion

CODES = st.sampled_from(["a", "b", "c", "d"])
BLANKS = st.sampled_from([None, ""])
TICKED = st.lists(CODES, unique=True).map(tuple)
WORDS = st.sampled_from(["Énergie", "energie", " ÉNERGIE ", "santé", "a"])
NUMBERS = st.integers(-3, 30)
RANKS = {"x": {"a": 0, "b": 1, "c": 2, "d": 3}, "y": {"a": 0, "b": 1, "c": 2, "d": 3}}


@pytest.mark.parametrize(
    ("test", "answers"),
    [
        ("gap", BLANKS | NUMBERS),
        ("at_least", BLANKS | CODES),
        ("equal", BLANKS | WORDS | CODES),
        ("equal", BLANKS | NUMBERS | st.booleans()),
        ("differ", BLANKS | WORDS),
        ("overlap", BLANKS | TICKED | CODES),
        ("covers", BLANKS | TICKED | CODES),
    ],
)
@given(data=st.data())
def test_all_at_once_is_each_on_its_own(test, answers, data):
    rule = Criterion(code="x", label="X", test=test, mentor="x", mentee="y", minimum=1, maximum=7)
    wanted, offered = (data.draw(st.lists(answers, max_size=6)) for _ in range(2))

    closeness, holds = try_all(rule, wanted, offered, RANKS)

    each = [[try_criterion(rule, offer, want, ranks=RANKS) for offer in offered] for want in wanted]
    assert closeness.tolist() == [[one.closeness for one in row] for row in each]
    assert holds.tolist() == [[one.holds for one in row] for row in each]
