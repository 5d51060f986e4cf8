"""The shape in which a run is kept: numbers of enrolments and codes of criteria, no name, no answer.

`inputs`: {mentees: [id…], mentors: [[id, places]…], locked / forbidden / granted: [[mentee, mentor]…],
    wishes / preferences: [[mentee, mentor, rank]…], aim: {fair, low, ladder}}
`result`: {criteria: [[code, label, most]…], pairs: [[mentee, mentor, score, locked, [points…]]…],
    without: [[mentee, ready, suited, [[code, label, ruled out, without it]…]]…], ready}
`portrait`: {mean, fifth_percentile, minimum (in points), blocking, ranks: {wishes: [[rank, how many]…]}}
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any

from matching.engine.explanations import Absence, Contribution, Obstacle, absence, contributions
from matching.engine.pool import Links, Spot
from matching.engine.result import Match, Result
from matching.engine.stability import portray
from matching.engine.table import Table
from matching.gather import Gathered
from matching.models import Run


@dataclass(frozen=True)
class Proposed:
    """One pair of a run, by the numbers of the two enrolments."""

    mentee: int
    mentor: int
    score: int
    locked: bool
    parts: tuple[Contribution, ...]


@dataclass(frozen=True)
class Without:
    """A mentee for whom the run found nobody, by number, and why."""

    mentee: int
    why: Absence


def pairs_of(run: Run) -> list[Proposed]:
    """The pairs of a run, best first."""
    criteria = run.result["criteria"]
    found = [
        Proposed(
            mentee,
            mentor,
            score,
            locked,
            tuple(
                Contribution(code, label, brought, most)
                for (code, label, most), brought in zip(criteria, points, strict=True)
            ),
        )
        for mentee, mentor, score, locked, points in run.result["pairs"]
    ]
    return sorted(found, key=lambda one: (-one.score, one.mentee))


def without_of(run: Run) -> list[Without]:
    return [
        Without(mentee, Absence(ready, suited, tuple(Obstacle(*one) for one in obstacles)))
        for mentee, ready, suited, obstacles in run.result["without"]
    ]


def write_inputs(gathered: Gathered, result: Result) -> dict[str, Any]:
    pool = gathered.pool
    links = {one.code: _ranked(gathered, one) for one in pool.links}
    return {
        "mentees": [
            one.pk for one, ready in zip(gathered.mentees, pool.ready, strict=True) if ready
        ],
        "mentors": [
            [one.pk, int(places)]
            for one, places in zip(gathered.mentors, pool.places, strict=True)
            if places
        ],
        "locked": _spots(gathered, pool.locked),
        "forbidden": _spots(gathered, pool.forbidden),
        "granted": _spots(gathered, pool.granted),
        "aim": asdict(result.aim),
        **links,
    }


def write_result(gathered: Gathered, table: Table, result: Result) -> dict[str, Any]:
    pool = gathered.pool
    criteria = [[one.code, one.label, one.most] for one in pool.criteria if one.most]
    matched = {match.mentee for match in result.pairs}
    return {
        "criteria": criteria,
        "ready": int(pool.ready.sum()),
        "pairs": [_pair(gathered, match) for match in result.pairs],
        "without": [
            _without(gathered, table, row) for row in gathered.without_pair() if row not in matched
        ],
    }


def write_portrait(table: Table, result: Result) -> dict[str, Any]:
    found = portray(table, result.pairs)
    return {
        "mean": found.mean,
        "fifth_percentile": found.fifth_percentile,
        "minimum": found.minimum,
        "blocking": found.blocking,
        "ranks": {code: sorted(counts.items()) for code, counts in found.ranks.items()},
    }


def _pair(gathered: Gathered, match: Match) -> list[Any]:
    parts = contributions(gathered.pool, match.mentee, match.mentor)
    return [
        gathered.mentees[match.mentee].pk,
        gathered.mentors[match.mentor].pk,
        match.score,
        match.locked,
        [part.points for part in parts],
    ]


def _without(gathered: Gathered, table: Table, row: int) -> list[Any]:
    why = absence(table, row)
    obstacles = [[one.code, one.label, one.ruled_out, one.without] for one in why.obstacles]
    return [gathered.mentees[row].pk, why.ready, why.suited, obstacles]


def _spots(gathered: Gathered, spots: Iterable[Spot]) -> list[list[int]]:
    return [[gathered.mentees[i].pk, gathered.mentors[j].pk] for i, j in sorted(spots)]


def _ranked(gathered: Gathered, links: Links) -> list[list[int]]:
    return [
        [gathered.mentees[i].pk, gathered.mentors[j].pk, int(rank)]
        for i, j, rank in zip(links.mentees, links.mentors, links.ranks, strict=True)
    ]
