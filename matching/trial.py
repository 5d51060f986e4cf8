"""Trying other weights: what a run would give, without reading everybody again and keeping nothing.

The pool is read when the board is opened and set aside for whoever opened it: numbers of people and
tables of points, no name and no answer. Whatever is kept is calculated anew from the database.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from django.core.cache import cache

from matching.engine.pool import Pool
from matching.engine.reading import reweigh
from matching.engine.result import Result
from matching.engine.solving import solve
from matching.gather import Gathered
from matching.models import Run
from matching.records import pairs_of
from matching.weights import Weights, usual_weights

SET_ASIDE_SECONDS = 15 * 60

Chosen = dict[int, tuple[int, int]]  # mentee's enrolment: mentor's enrolment, points


@dataclass(frozen=True)
class Setting:
    """A pool set aside: `mentees` and `mentors` are enrolments by position.

    `before` holds whom the last run that was kept gave to those who still wait, by enrolment; it is
    empty where there is nothing to compare with.
    """

    pool: Pool
    mentees: tuple[int, ...]
    mentors: tuple[int, ...]
    usual: Weights
    before: Mapping[int, int]


@dataclass(frozen=True)
class Trial:
    """What other weights would give; `changed` holds the mentees for whom the last run gave something
    else, None where there is nothing to compare with."""

    ready: int
    chosen: Chosen
    changed: frozenset[int] | None
    mean: float | None
    minimum: int | None

    @property
    def matched(self) -> int:
        return len(self.chosen)


def set_aside(gathered: Gathered, last: Run | None, *, cohort_id: int, person_id: int) -> Setting:
    """What trials need; `last` is the last run that was kept."""
    wait = {
        one.pk for one, ready in zip(gathered.mentees, gathered.pool.ready, strict=True) if ready
    }
    setting = Setting(
        gathered.pool,
        tuple(one.pk for one in gathered.mentees),
        tuple(one.pk for one in gathered.mentors),
        usual_weights(gathered.rules, gathered.pool),
        {one.mentee: one.mentor for one in (pairs_of(last) if last else ()) if one.mentee in wait},
    )
    cache.set(_key(cohort_id, person_id), setting, SET_ASIDE_SECONDS)
    return setting


def what_was_set_aside(*, cohort_id: int, person_id: int) -> Setting | None:
    found: Setting | None = cache.get(_key(cohort_id, person_id))
    return found


def try_weights(setting: Setting, weights: Mapping[str, int]) -> Trial:
    """The best pairs under these weights, beside those of the last run that was kept."""
    known = {code: weights.get(code, usual) for code, usual in setting.usual.items()}
    chosen = _chosen(setting, solve(reweigh(setting.pool, known)))
    scores = [points for _, points in chosen.values()]
    return Trial(
        ready=int(setting.pool.ready.sum()),
        chosen=chosen,
        changed=_changed(setting.before, chosen) if setting.before else None,
        mean=float(np.mean(scores)) if scores else None,
        minimum=min(scores, default=None),
    )


def _changed(before: Mapping[int, int], chosen: Chosen) -> frozenset[int]:
    """Who would have somebody else, somebody at last, or nobody any more."""
    after = {mentee: mentor for mentee, (mentor, _) in chosen.items()}
    return frozenset(
        mentee for mentee in before.keys() | after.keys() if before.get(mentee) != after.get(mentee)
    )


def _chosen(setting: Setting, result: Result) -> Chosen:
    return {
        setting.mentees[match.mentee]: (setting.mentors[match.mentor], match.score)
        for match in result.pairs
    }


def _key(cohort_id: int, person_id: int) -> str:
    return f"matching:trial:{cohort_id}:{person_id}"
