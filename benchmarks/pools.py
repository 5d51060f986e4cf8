"""Seeded pools such as a large network might have, straight as the engine's tables.

`python -m benchmarks.pools MENTEES FILE` writes one.
"""

from __future__ import annotations

import pickle
import sys
from pathlib import Path

import numpy as np

from matching.engine.pool import SCALE, Factor, Pool

SECTORS, FUNCTIONS, THEMES, TOWNS, LEVELS = 12, 10, 12, 25, 5
WEIGHTS = {
    "skills": 350,
    "seniority": 150,
    "sector": 150,
    "function": 150,
    "level": 80,
    "format": 70,
    "languages": 50,
}


def make_pool(mentees: int, *, seed: int = 20) -> Pool:
    """So many mentees, 0.6 times as many mentors with one or two places; about half the pairs allowed.

    Binding: ten years more experience, a place and format that both accept, another employer.
    """
    random = np.random.default_rng(seed)
    mentors = round(0.6 * mentees)
    factors = (
        _seniority(random, mentees, mentors),
        _format(random, mentees, mentors),
        _employer(random, mentees, mentors),
        _same(random, mentees, mentors, "sector", SECTORS),
        _same(random, mentees, mentors, "function", FUNCTIONS),
        _level(random, mentees, mentors),
        _languages(random, mentees, mentors),
        _skills(random, mentees, mentors),
    )
    return Pool(
        mentees=random.permutation(mentees),
        mentors=random.permutation(mentors) + mentees,
        ready=np.ones(mentees, dtype=np.bool_),
        places=random.integers(1, 3, mentors).astype(np.int32),
        factors=factors,
        base=SCALE - sum(WEIGHTS.values()),
    )


def _seniority(random: np.random.Generator, mentees: int, mentors: int) -> Factor:
    gap = np.arange(41)[np.newaxis, :] - np.arange(21)[:, np.newaxis]
    distance = np.maximum(0, gap - 15)
    points = np.rint(WEIGHTS["seniority"] * 0.5 ** (distance / 2.5))
    wanted = np.minimum(20, random.gamma(3, 2.5, mentees).astype(np.int32))
    offered = np.clip(random.normal(22, 8, mentors), 3, 40).astype(np.int32)
    return _factor("seniority", wanted, offered, points, gap >= 10, binds=True)


def _format(random: np.random.Generator, mentees: int, mentors: int) -> Factor:
    """A town and a format (in person, by video, either), town first in the kind."""
    kinds = np.arange(3 * TOWNS)
    town, form = kinds // 3, kinds % 3
    meet = (town[:, np.newaxis] == town) & (form[:, np.newaxis] != 1) & (form != 1)
    video = (form[:, np.newaxis] != 0) & (form != 0)
    size = 1 / np.arange(1, TOWNS + 1)

    def people(count: int) -> np.ndarray:
        towns = random.choice(TOWNS, count, p=size / size.sum())
        return 3 * towns + random.choice(3, count, p=[0.18, 0.32, 0.5])

    points = WEIGHTS["format"] * meet
    return _factor("format", people(mentees), people(mentors), points, meet | video, binds=True)


def _employer(random: np.random.Generator, mentees: int, mentors: int) -> Factor:
    differ = ~np.eye(400, dtype=np.bool_)
    size = 1 / np.arange(10, 410)
    wanted, offered = (random.choice(400, n, p=size / size.sum()) for n in (mentees, mentors))
    return _factor("employer", wanted, offered, np.zeros(differ.shape), differ, binds=True)


def _same(random: np.random.Generator, mentees: int, mentors: int, code: str, count: int) -> Factor:
    size = 1 / np.arange(2, 2 + count)
    wanted, offered = (random.choice(count, n, p=size / size.sum()) for n in (mentees, mentors))
    same = np.eye(count, dtype=np.bool_)
    return _factor(code, wanted, offered, WEIGHTS[code] * same, same)


def _level(random: np.random.Generator, mentees: int, mentors: int) -> Factor:
    """The level aimed for or the one above it; less for one further away."""
    steps = np.arange(LEVELS) - np.arange(LEVELS)[:, np.newaxis]
    points = np.rint(WEIGHTS["level"] * np.where(steps < 0, 0, 0.6 ** np.maximum(0, steps - 1)))
    wanted = random.choice(LEVELS, mentees, p=[0.1, 0.3, 0.3, 0.2, 0.1])
    offered = random.choice(LEVELS, mentors, p=[0.05, 0.2, 0.3, 0.3, 0.15])
    return _factor("level", wanted, offered, points, steps >= 0)


def _languages(random: np.random.Generator, mentees: int, mentors: int) -> Factor:
    """French alone, with English, with another one, or with both; the other one may be wanted."""
    wanted = random.choice(3, mentees, p=[0.6, 0.3, 0.1])
    offered = random.choice(4, mentors, p=[0.3, 0.45, 0.1, 0.15])
    spoken = np.array([[1, 1, 1, 1], [0, 1, 0, 1], [0, 0, 1, 1]])
    return _factor("languages", wanted, offered, WEIGHTS["languages"] * spoken, spoken > 0)


def _skills(random: np.random.Generator, mentees: int, mentors: int) -> Factor:
    """The share of a mentee's two or three objectives among a mentor's three to five skills."""

    def ticked(count: int, least: int, most: int) -> tuple[np.ndarray, np.ndarray]:
        order = random.random((count, THEMES)).argsort(axis=1)
        size = random.integers(least, most + 1, count)[:, np.newaxis]
        kinds, index = np.unique(order < size, axis=0, return_inverse=True)
        return kinds.astype(np.int32), index.reshape(-1)

    objectives, wanted = ticked(mentees, 2, 3)
    skills, offered = ticked(mentors, 3, 5)
    share = objectives @ skills.T / objectives.sum(axis=1, keepdims=True)
    return _factor("skills", wanted, offered, np.rint(WEIGHTS["skills"] * share), share > 0)


def _factor(
    code: str,
    wanted: np.ndarray,
    offered: np.ndarray,
    points: np.ndarray,
    holds: np.ndarray,
    *,
    binds: bool = False,
) -> Factor:
    return Factor(
        code,
        code,
        WEIGHTS.get(code, 0),
        binds,
        wanted.astype(np.int32),
        offered.astype(np.int32),
        points.astype(np.int16),
        holds,
    )


def main() -> None:
    Path(sys.argv[2]).write_bytes(pickle.dumps(make_pool(int(sys.argv[1]))))


if __name__ == "__main__":
    main()
