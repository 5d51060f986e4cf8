"""How much each criterion weighs in a run: what the programme says, and what the team tries."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from matching.engine.pool import Factor, Links, Pool
from matching.engine.reading import USUAL_WEIGHTS
from matching.models import Run
from matching.telling import label_of
from programmes.policy.rules import Rules
from programmes.vocabulary import Vocabulary

Weights = dict[str, int]
MOST = 100


@dataclass(frozen=True)
class Dial:
    """One criterion that the team may weigh: its weight now, and the programme's."""

    code: str
    label: str
    value: int
    usual: int

    @property
    def name(self) -> str:
        return f"w_{self.code}"


def usual_weights(rules: Rules, pool: Pool) -> Weights:
    """The programme's own weights, of every criterion that counts in this pool."""
    given = {rule.code: rule.weight for rule in rules.criteria}
    return {one.code: given.get(one.code, USUAL_WEIGHTS.get(one.code, 0)) for one in pool.criteria}


def dials_of(
    rules: Rules, pool: Pool, weights: Mapping[str, int], vocabulary: Vocabulary
) -> list[Dial]:
    """What the team may weigh: not what only binds."""
    usual = usual_weights(rules, pool)
    return [
        Dial(
            one.code,
            label_of(one.code, one.label, vocabulary),
            weights.get(one.code, usual[one.code]),
            usual[one.code],
        )
        for one in pool.criteria
        if usual[one.code] or not _only_binds(one)
    ]


def dials_kept(run: Run) -> list[Dial]:
    """What the criteria weighed in a run that was kept; those that were set to nothing too."""
    weighed = [
        Dial(code, label_of(code, label, run.cohort.vocabulary), run.weights[code], most)
        for code, label, most in run.result["criteria"]
    ]
    known = {dial.code for dial in weighed}
    usual = {rule.code: (rule.label, rule.weight) for rule in run.cohort.rules.criteria}
    usual |= {code: ("", weight) for code, weight in USUAL_WEIGHTS.items()}
    return weighed + [
        Dial(code, label_of(code, usual[code][0], run.cohort.vocabulary), 0, 0)
        for code in run.weights
        if code not in known and usual.get(code, ("", 0))[1]
    ]


def weights_that_differ(before: Run, after: Run) -> list[tuple[str, int, int]]:
    """The criteria that weighed otherwise in one of two runs than in the other: name, before, after."""
    old, new = ({dial.code: dial for dial in dials_kept(run)} for run in (before, after))
    both = [(old[code], new[code]) for code in old if code in new]
    return [(one.label, one.value, other.value) for one, other in both if one.value != other.value]


def read_weights(given: Mapping[str, str]) -> Weights:
    """The weights that a form hands in (`w_sector=40`); what is no weight is not there."""
    return {
        name.removeprefix("w_"): min(MOST, int(value))
        for name, value in given.items()
        if name.startswith("w_") and value.isascii() and value.isdecimal() and len(value) < 6
    }


def _only_binds(one: Factor | Links) -> bool:
    return isinstance(one, Factor) and one.binds
