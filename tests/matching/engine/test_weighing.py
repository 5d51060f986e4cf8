"""A pool weighed again is the pool that would have been read."""

import numpy as np
import pytest

from matching.engine.reading import read_pool, reweigh
from matching.engine.table import Table
from programmes.policy.document import read_rules
from programmes.policy.evidence import Candidate
from programmes.policy.terms import Role

CRITERION = {"label": "Critère", "strength": "preference"}
RULES = read_rules(
    {
        "questions": [
            {"code": "years", "kind": "integer", "label": "Années"},
            {"code": "sector", "label": "Secteur"},
        ],
        "criteria": [
            CRITERION
            | {"code": "gap", "test": "gap", "mentor": "years", "mentee": "years", "minimum": 10}
            | {"weight": 40},
            CRITERION
            | {"code": "sector", "test": "equal", "mentor": "sector", "mentee": "sector"}
            | {"weight": 60},
        ],
    }
)
PEOPLE = {
    role: [
        Candidate(key, role, {"years": years, "sector": sector}, capacity=1)
        for key, years, sector in rows
    ]
    for role, rows in {
        Role.MENTEE: [(1, 5, "a"), (2, 8, "b"), (3, 11, "b")],
        Role.MENTOR: [(11, 9, "a"), (12, 16, "b"), (13, 30, "a")],
    }.items()
}
SAID = {
    "wishes": {(1, 13): 1, (1, 11): 2, (2, 13): 1},
    "preferences": {(3, 12): 1},
    "waiting_days": {1: 3, 2: 7},
}


def read(weights):
    return read_pool(RULES, PEOPLE[Role.MENTEE], PEOPLE[Role.MENTOR], weights=weights, **SAID)


@pytest.mark.parametrize(
    "weights",
    [
        {"gap": 7, "sector": 3, "wishes": 1, "preferences": 0, "waiting": 2},
        {"gap": 0, "sector": 0, "wishes": 0, "preferences": 0, "waiting": 0},
        {"gap": 0, "sector": 1, "wishes": 100, "preferences": 5, "waiting": 33},
    ],
)
def test_weighing_again_gives_what_reading_with_these_weights_gives(weights):
    read_anew, weighed = Table(read(weights)), Table(reweigh(read({}), weights))

    for row in range(3):
        assert np.array_equal(weighed.scores(row), read_anew.scores(row))
        assert np.array_equal(weighed.allowed(row), read_anew.allowed(row))
