"""The best pairs of a pool, by what is sought first, second and third, and their certificate."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from matching.engine.certificate import Certificate, check, digest_of, free_people, pack
from matching.engine.crowd import Crowd, crowd_of, limit
from matching.engine.mending import NOBODY
from matching.engine.pool import Bools, Pool, restrict
from matching.engine.pricing import Worth
from matching.engine.result import FAIR, Aim, Match, Result
from matching.engine.sparse import Optimum, Tell, best_pairs
from matching.engine.table import scores_at

STEEP = 4  # a match is worth so many times what scores can differ by; more where this is too little


def silent(step: str, number: int) -> None:
    """Tell nobody."""


def solve(pool: Pool, aim: Aim = FAIR, *, tell: Tell = silent) -> Result:
    """As many mentees as possible, then what `aim` says: the same for every order of the pool.

    `tell` hears of each step as it begins. Nothing is given back unproved: the checker has the last
    word, and raises Refuted.
    """
    rows, columns, places = free_people(pool)
    market = restrict(pool, rows, columns)
    market.places[:] = places
    tell("total", 0)
    plain, crowd = _most_matched(market, tell)
    plain_scores = np.sort(plain.scores)
    plain_total = int(plain_scores.sum())
    best, above, low = plain, "", 0
    if aim.fair and plain.matched:
        low = int(plain_scores[len(plain_scores) // 10]) if aim.low is None else aim.low
        tell("floor", 0)
        floored, too_many = _highest_floor(market, plain, crowd, tell)
        best, above = floored, pack(too_many)
        for number, weight in enumerate(aim.ladder, 1):
            tell("penalty", number)
            worth = Worth(0, weight, low, floored.worth.floor)
            tried = _as_many(market, worth, plain.matched, tell, floored)
            if 100 * int(tried.scores.sum()) >= aim.keep * plain_total:
                best = tried
                break
    has = best.mentors != NOBODY
    free = list(zip(rows[has].tolist(), columns[best.mentors[has]].tolist(), strict=True))
    spots = sorted([*free, *pool.locked])
    scores = scores_at(pool, *np.array(spots, dtype=np.int32).reshape(-1, 2).T).tolist()
    pairs = tuple(
        Match(i, j, score, (i, j) in pool.locked)
        for (i, j), score in zip(spots, scores, strict=True)
    )
    locked_total = sum(match.score for match in pairs if match.locked)
    tell("proof", 0)
    worth = best.worth
    certificate = Certificate(
        digest=digest_of(pool, spots),
        compared=market.shape[0] * market.shape[1],
        matched=worth.matched,
        weight=worth.weight,
        low=worth.low,
        floor=worth.floor,
        prices=pack(best.prices),
        crowd=pack(crowd.mentees),
        above=above,
    )
    check(pool, spots, certificate)
    return Result(pairs, aim, worth.weight, low, plain_total + locked_total, certificate)


def _most_matched(market: Pool, tell: Tell) -> tuple[Optimum, Crowd]:
    """The greatest total among choices that match the most, and who proves that it is the most."""
    found = None
    for worth in _steeper(market, Worth(0)):
        found = best_pairs(market, worth, tell, found)
        if (crowd := crowd_of(found)) is not None:
            return found, crowd
    raise ArithmeticError("a match was worth more than all scores, and more could be matched")


def _as_many(market: Pool, worth: Worth, count: int, tell: Tell, start: Optimum) -> Optimum:
    """The best at this worth, among choices that match so many, which is known to be possible."""
    found = start
    for steeper in _steeper(market, worth):
        found = best_pairs(market, steeper, tell, found)
        if found.matched == count:
            return found
    raise ArithmeticError("a match was worth more than all scores, and fewer were matched")


def _highest_floor(market: Pool, plain: Optimum, crowd: Crowd, tell: Tell) -> tuple[Optimum, Bools]:
    """The best with the highest floor that still matches as many, and a crowd above that floor."""
    count = plain.matched
    lowest = int(plain.scores.min())
    best = replace(plain, worth=replace(plain.worth, floor=lowest))
    highest, above = limit(market, crowd)
    probe = highest
    while lowest < highest:
        tell("floor", probe)
        found, short = _try_floor(market, probe, count, tell, best)
        if short is None:
            best, lowest = found, probe
        else:
            highest, above = probe - 1, short
        probe = (lowest + highest + 1) // 2
    return best, above


def _try_floor(
    market: Pool, floor: int, count: int, tell: Tell, start: Optimum
) -> tuple[Optimum, Bools | None]:
    """The best with this floor; and who proves, where it is so, that it matches fewer."""
    found = start
    for worth in _steeper(market, Worth(0, floor=floor)):
        found = best_pairs(market, worth, tell, found)
        if found.matched == count:
            return found, None
        if (crowd := crowd_of(found)) is not None:
            return found, crowd.mentees
    raise ArithmeticError("a match was worth more than all scores, and more could be matched")


def _steeper(market: Pool, worth: Worth) -> Iterator[Worth]:
    """The same worth with more and more for being matched at all, up to more than all scores."""
    span = market.most + worth.weight * worth.low + 1
    enough = span * (min(market.shape[0], int(market.places.sum())) + 1)
    matched = STEEP * span
    while matched < enough:
        yield replace(worth, matched=matched)
        matched *= 8
    yield replace(worth, matched=enough)
