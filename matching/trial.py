"""Trying other weights: what a run would give, without reading everybody again and keeping nothing.

The pool is read when the board is opened and set aside for whoever opened it: numbers of people and
tables of points, no name and no answer. Whatever is kept is calculated anew from the database.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
from django.core.cache import cache

from matching.engine.pool import Pool
from matching.engine.reading import reweigh
from matching.engine.result import Result
from matching.engine.solving import solve
from matching.gather import Gathered
from matching.weights import Weights, usual_weights

SET_ASIDE_SECONDS = 15 * 60

Chosen = dict[int, tuple[int, int]]  # mentee's enrolment: mentor's enrolment, points


@dataclass(frozen=True)
class Setting:
    """A pool set aside: `mentees` and `mentors` are enrolments by position."""

    pool: Pool
    mentees: tuple[int, ...]
    mentors: tuple[int, ...]
    usual: Weights
    by_usual: Chosen | None = None


@dataclass(frozen=True)
class Trial:
    """What other weights would give; `moved` holds the mentees who would get another mentor than usual."""

    ready: int
    chosen: Chosen
    moved: frozenset[int]
    mean: float | None
    minimum: int | None

    @property
    def matched(self) -> int:
        return len(self.chosen)


def set_aside(gathered: Gathered, *, cohort_id: int, person_id: int) -> Setting:
    setting = Setting(
        gathered.pool,
        tuple(one.pk for one in gathered.mentees),
        tuple(one.pk for one in gathered.mentors),
        usual_weights(gathered.rules, gathered.pool),
    )
    cache.set(_key(cohort_id, person_id), setting, SET_ASIDE_SECONDS)
    return setting


def what_was_set_aside(*, cohort_id: int, person_id: int) -> Setting | None:
    found: Setting | None = cache.get(_key(cohort_id, person_id))
    return found


def try_weights(
    setting: Setting, weights: Mapping[str, int], *, cohort_id: int, person_id: int
) -> Trial:
    """The best pairs under these weights, beside those under the programme's."""
    by_usual = setting.by_usual
    if by_usual is None:
        by_usual = _chosen(setting, solve(reweigh(setting.pool, setting.usual)))
        setting = replace(setting, by_usual=by_usual)
        cache.set(_key(cohort_id, person_id), setting, SET_ASIDE_SECONDS)
    known = {code: weights.get(code, usual) for code, usual in setting.usual.items()}
    chosen = by_usual
    if known != setting.usual:
        chosen = _chosen(setting, solve(reweigh(setting.pool, known)))
    usually = {mentee: mentor for mentee, (mentor, _) in by_usual.items()}
    scores = [points for _, points in chosen.values()]
    return Trial(
        ready=int(setting.pool.ready.sum()),
        chosen=chosen,
        moved=frozenset(
            mentee for mentee, (mentor, _) in chosen.items() if usually.get(mentee) != mentor
        ),
        mean=float(np.mean(scores)) if scores else None,
        minimum=min(scores, default=None),
    )


def _chosen(setting: Setting, result: Result) -> Chosen:
    return {
        setting.mentees[match.mentee]: (setting.mentors[match.mentor], match.score)
        for match in result.pairs
    }


def _key(cohort_id: int, person_id: int) -> str:
    return f"matching:trial:{cohort_id}:{person_id}"
