"""From people and rules to a pool: who may be matched with whom, and how well, in small tables.

Each criterion is tried on different answers, not on each pair of people.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

import numpy as np

from matching.engine.pool import SCALE, Closeness, Factor, Links, Pool, Spot, Whole
from matching.engine.trying import try_all
from programmes.policy.criteria import Criterion, blocks
from programmes.policy.entering import judge_standing_in_cohort
from programmes.policy.evidence import Candidate
from programmes.policy.matching import answers_for, capacity_of
from programmes.policy.questionnaire import Answer
from programmes.policy.rules import Rules

Pairs = Collection[tuple[int, int]]  # (mentee's key, mentor's key)
Ranks = Mapping[tuple[int, int], int]  # (mentee's key, mentor's key): 1 for the first choice

# The criteria that no programme file names, and what they weigh unless a run says otherwise.
WISHES, PREFERENCES, WAITING = "wishes", "preferences", "waiting"
USUAL_WEIGHTS = {WISHES: 50, PREFERENCES: 50, WAITING: 10}


def read_pool(
    rules: Rules,
    mentees: Sequence[Candidate],
    mentors: Sequence[Candidate],
    *,
    weights: Mapping[str, int] | None = None,
    locked: Pairs = (),
    forbidden: Pairs = (),
    granted: Pairs = (),
    wishes: Ranks | None = None,
    preferences: Ranks | None = None,
    waiting_days: Mapping[int, int] | None = None,
) -> Pool:
    """The pool of these people under these rules; positions are those of the two sequences.

    `weights` replaces the weight of the criteria it names. `wishes` are mentees' ranks of mentors,
    `preferences` mentors' ranks of mentees, `waiting_days` how long a mentee has waited already.
    Raise ValueError where what is locked cannot be.
    """
    usual = {rule.code: rule.weight for rule in rules.criteria}
    if wishes:
        usual[WISHES] = USUAL_WEIGHTS[WISHES]
    if preferences:
        usual[PREFERENCES] = USUAL_WEIGHTS[PREFERENCES]
    if waiting_days:
        usual[WAITING] = USUAL_WEIGHTS[WAITING]
    most = shares(
        {code: (weights or {}).get(code, weight) for code, weight in usual.items()}, SCALE
    )
    rows = {candidate.key: i for i, candidate in enumerate(mentees)}
    columns = {candidate.key: j for j, candidate in enumerate(mentors)}
    factors = [_factor(rules, rule, most[rule.code], mentees, mentors) for rule in rules.criteria]
    if waiting_days:
        factors.append(_waiting(waiting_days, most[WAITING], mentees, mentors))
    links = [
        _links(code, most[code], ranks, rows, columns)
        for code, ranks in ((WISHES, wishes), (PREFERENCES, preferences))
        if ranks
    ]
    themselves = {(rows[key], columns[key]) for key in rows.keys() & columns.keys()}
    return Pool(
        mentees=np.array([one.key for one in mentees], dtype=np.int64),
        mentors=np.array([one.key for one in mentors], dtype=np.int64),
        ready=np.array([_free_places(rules, one, most=1) > 0 for one in mentees], dtype=np.bool_),
        places=np.array(
            [_free_places(rules, one, most=len(mentees)) for one in mentors], dtype=np.int32
        ),
        factors=tuple(factors),
        links=tuple(links),
        locked=_spots(locked, rows, columns),
        forbidden=_spots(forbidden, rows, columns) | themselves,  # nobody is their own mentor
        granted=_spots(granted, rows, columns),
        base=SCALE - sum(most.values()),
    )


def read_choices(ranks: Ranks, places: Mapping[int, int]) -> Pool:
    """A pool of ranked lists alone: only who is listed may be given, and a first choice is best.

    Its best pairs match as many as possible, then make the sum of ranks as small as possible.
    """
    mentees = sorted({mentee for mentee, _ in ranks})
    mentors = sorted(places)
    rows = {key: i for i, key in enumerate(mentees)}
    columns = {key: j for j, key in enumerate(mentors)}
    listed = sorted(pair for pair in ranks if pair[1] in columns)
    rank = np.array([ranks[pair] for pair in listed], dtype=np.int32)
    last = int(rank.max(initial=0))
    return Pool(
        mentees=np.array(mentees, dtype=np.int64),
        mentors=np.array(mentors, dtype=np.int64),
        ready=np.ones(len(mentees), dtype=np.bool_),
        places=np.array([places[key] for key in mentors], dtype=np.int32),
        links=(
            Links(
                WISHES,
                "",
                last,
                np.array([rows[mentee] for mentee, _ in listed], dtype=np.int32),
                np.array([columns[mentor] for _, mentor in listed], dtype=np.int32),
                (last + 1 - rank).astype(np.int16),
                rank,
            ),
        ),
        listed_only=True,
    )


def reweigh(pool: Pool, weights: Mapping[str, int]) -> Pool:
    """The same pool as if it had been read with these weights: one for each factor and each links."""
    most = shares(weights, SCALE)
    return replace(
        pool,
        factors=tuple(
            replace(one, most=most[one.code], points=points_of(one.closeness, most[one.code]))
            for one in pool.factors
        ),
        links=tuple(
            replace(one, most=most[one.code], points=points_of_ranks(one.ranks, most[one.code]))
            for one in pool.links
        ),
        base=SCALE - sum(most.values()),
    )


def points_of(closeness: Closeness, most: int) -> Whole:
    return np.rint(most * closeness).astype(np.int16)


def points_of_ranks(ranks: Whole, most: int) -> Whole:
    """All points for a first choice, and less by equal steps down to the last rank."""
    last = max(1, int(ranks.max(initial=1)))
    return np.rint(most * (last + 1 - ranks) / last).astype(np.int16)


def shares(weights: Mapping[str, int], whole: int) -> dict[str, int]:
    """Whole numbers in proportion to the weights that add up to `whole`, or all 0 where they are.

    Largest remainders first, then the order of the mapping.
    """
    total = sum(weights.values())
    if not total:
        return dict.fromkeys(weights, 0)
    parts = {code: whole * weight // total for code, weight in weights.items()}
    by_remainder = sorted(weights, key=lambda code: -(whole * weights[code] % total))
    for code in by_remainder[: whole - sum(parts.values())]:
        parts[code] += 1
    return parts


def _factor(
    rules: Rules,
    rule: Criterion,
    most: int,
    mentees: Sequence[Candidate],
    mentors: Sequence[Candidate],
) -> Factor:
    wanted, mentee_kinds = _kinds([answers_for(rule, one) for one in mentees])
    offered, mentor_kinds = _kinds([answers_for(rule, one) for one in mentors])
    closeness, holds = try_all(rule, wanted, offered, rules.ranks())
    return Factor(
        rule.code,
        rule.label,
        most,
        blocks(rule.strength),
        mentee_kinds,
        mentor_kinds,
        points_of(closeness, most),
        holds,
        closeness,
    )


def _waiting(
    days: Mapping[int, int], most: int, mentees: Sequence[Candidate], mentors: Sequence[Candidate]
) -> Factor:
    """More points the longer someone has waited, in proportion to whoever waited longest."""
    waited = [max(0, days.get(one.key, 0)) for one in mentees]
    kinds, mentee_kinds = np.unique(np.array(waited, dtype=np.int64), return_inverse=True)
    closeness = (kinds / max(1, max(waited, default=0)))[:, np.newaxis]
    return Factor(
        WAITING,
        "",
        most,
        False,
        mentee_kinds.astype(np.int32),
        np.zeros(len(mentors), dtype=np.int32),
        points_of(closeness, most),
        np.ones(closeness.shape, dtype=np.bool_),
        closeness,
    )


def _links(
    code: str, most: int, ranks: Ranks, rows: Mapping[int, int], columns: Mapping[int, int]
) -> Links:
    """All points for a first choice, and less by equal steps down to the last rank of all lists."""
    listed = sorted(
        (rows[i], columns[j], r) for (i, j), r in ranks.items() if i in rows and j in columns
    )
    mentees, mentors, rank = np.array(listed, dtype=np.int32).reshape(-1, 3).T
    return Links(code, "", most, mentees, mentors, points_of_ranks(rank, most), rank)


def _kinds(answers: Sequence[Answer]) -> tuple[list[Answer], Whole]:
    """The different answers, and for each person the position of theirs; True is not 1."""
    kinds: dict[tuple[type, Answer], int] = {}
    index = [kinds.setdefault((type(answer), answer), len(kinds)) for answer in answers]
    return [answer for _, answer in kinds], np.array(index, dtype=np.int32)


def _free_places(rules: Rules, candidate: Candidate, *, most: int) -> int:
    """How many more pairs this person may have now; `most` where there is no limit."""
    if not judge_standing_in_cohort(rules, candidate).is_clear:
        return 0
    capacity = capacity_of(rules, candidate)
    return most if capacity is None else max(0, min(most, capacity - candidate.live_pairs))


def _spots(pairs: Pairs, rows: Mapping[int, int], columns: Mapping[int, int]) -> frozenset[Spot]:
    return frozenset((rows[i], columns[j]) for i, j in pairs if i in rows and j in columns)
