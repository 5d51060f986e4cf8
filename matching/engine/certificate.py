"""The proof that comes with the pairs, and its checker, which shares no code with the solver.

What is proved of the pairs that are not locked, among all mentees who are ready and all places left:

1. No choice matches more. The mentees of a `crowd` are allowed nobody outside a set of mentors that
   has too few places for them all (Hall's condition, König's theorem): at most everybody outside the
   crowd and all places of that set can be used, and so many are.
2. No choice that matches as many has a better worst-served pair: counting only pairs of more points
   than `floor`, a crowd `above` it leaves too few.
3. No choice that fulfils these is worth more. Each mentor costs their price; each mentee keeps at
   most the best that worth less price offers, over all mentors. What all keep and all places cost is
   more than any choice is worth (weak duality), and the pairs are worth exactly that.

Not proved: that the weight of the penalty and the low score are those the aim asks for, which would
take the proofs of the runs they were compared with.
"""

from __future__ import annotations

import hashlib
import zlib
from base64 import b85decode, b85encode
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from functools import cache
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from matching.engine.pool import Bools, Factor, Pool, Spot, Whole, restrict
from matching.engine.table import allowed_at, scores_at

BLOCK = 2**19  # pairs that are looked at together
SPREAD = 512  # kinds of a criterion read out for all mentors beforehand
SELDOM = 0.05  # what rules out fewer mentors than this share is written pair by pair


class Refuted(Exception):
    """The certificate does not prove these pairs."""


@dataclass(frozen=True)
class Certificate:
    """What proves a run, small enough to be kept with it.

    A pair of s points is worth `matched` + s - `weight`·max(0, `low` - s), and nothing below
    `floor`. `prices` (of mentors), `crowd` and `above` (bits of mentees) are packed into text, in
    the order of the keys of those who are free; `above` is empty where the lowest score was not
    sought. `digest` names the pairs; `compared` is how many
    pairs were held against each other.
    """

    digest: str
    compared: int
    matched: int
    weight: int
    low: int
    floor: int
    prices: str
    crowd: str
    above: str

    def as_document(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_document(cls, document: dict[str, Any]) -> Self:
        return cls(**document)


def pack(numbers: NDArray[Any]) -> str:
    """Whole numbers or bits as text."""
    raw = np.packbits(numbers) if numbers.dtype == np.bool_ else numbers.astype("<i4")
    return b85encode(zlib.compress(raw.tobytes())).decode()


def digest_of(pool: Pool, pairs: Sequence[Spot]) -> str:
    """One text for the same pairs, by key, in whatever order."""
    mentees, mentors = np.array(pairs, dtype=np.int64).reshape(-1, 2).T
    keys = np.stack([pool.mentees[mentees], pool.mentors[mentors]]).astype("<i8")
    return hashlib.sha256(keys[:, np.lexsort(keys[::-1])].tobytes()).hexdigest()


def free_people(pool: Pool) -> tuple[Whole, Whole, Whole]:
    """Mentees who are ready, mentors with places left, in the order of keys, and these places.

    What is locked is no longer free.
    """
    ready, left = pool.ready.copy(), pool.places.copy()
    for mentee, mentor in pool.locked:
        ready[mentee] = False
        left[mentor] -= 1
    rows, columns = (np.argsort(keys, kind="stable") for keys in (pool.mentees, pool.mentors))
    rows, columns = rows[ready[rows]], columns[left[columns] > 0]
    return rows.astype(np.int32), columns.astype(np.int32), left[columns]


def check(pool: Pool, pairs: Sequence[Spot], certificate: Certificate) -> None:
    """Raise Refuted, with the reason, unless the certificate proves that these pairs are best."""
    if digest_of(pool, pairs) != certificate.digest:
        raise Refuted("these are other pairs than the certificate speaks of")
    made = frozenset(pairs)
    if len(made) < len(pairs) or not pool.locked <= made:
        raise Refuted("a pair is there twice, or one that is locked is not there")
    rows, columns, places = free_people(pool)
    market = restrict(pool, rows, columns)
    market.places[:] = places
    worth = _worth_of(pool, sorted(made - pool.locked), rows, columns, places, certificate)
    prices = unpack(certificate.prices, len(columns))
    texts = [certificate.crowd, *filter(None, [certificate.above])]
    crowds = [_unpack_bits(text, len(rows)) for text in texts]
    if prices.min(initial=0) < 0 or prices.max(initial=0) > certificate.matched + pool.most:
        raise Refuted("a mentor has a price below nothing, or above what any pair is worth")
    kept, reached = _pass(market, prices, crowds, certificate)
    if kept + int((prices * places.astype(np.int64)).sum()) != worth:
        raise Refuted("under these prices another choice may be worth more")
    count = len(made - pool.locked)
    if (len(rows) - crowds[0].sum()) + places[reached[0] >= 0].sum() != count:
        raise Refuted("it is not proved that nobody else can be matched")
    if certificate.above:
        bound = (len(rows) - crowds[1].sum()) + places[reached[1] > certificate.floor].sum()
        if bound >= count:
            raise Refuted("it is not proved that the lowest score cannot be better")


def _worth_of(
    pool: Pool,
    made: Sequence[Spot],
    rows: Whole,
    columns: Whole,
    places: Whole,
    certificate: Certificate,
) -> int:
    """What the pairs are worth, once it is sure that each may be made and all together."""
    mentees, mentors = np.array(made, dtype=np.int32).reshape(-1, 2).T
    free = np.zeros(pool.shape[0], dtype=np.int32)
    free[rows] = 1
    if (np.bincount(mentees, minlength=len(free)) > free).any():
        raise Refuted("a mentee is matched twice, or may not be matched")
    left = np.zeros(pool.shape[1], dtype=np.int32)
    left[columns] = places
    if (np.bincount(mentors, minlength=len(left)) > left).any():
        raise Refuted("a mentor has more mentees than places")
    scores = scores_at(pool, mentees, mentors)
    if not allowed_at(pool, mentees, mentors).all() or (scores < certificate.floor).any():
        raise Refuted("a pair may not be made")
    bent = certificate.weight * np.maximum(0, certificate.low - scores)
    return int((certificate.matched + scores - bent).sum())


def _pass(
    market: Pool, prices: Whole, crowds: Sequence[Bools], certificate: Certificate
) -> tuple[int, list[Whole]]:
    """What all mentees keep at most, and the best score each crowd offers each mentor (or below 0)."""
    weight, low, floor = certificate.weight, certificate.low, certificate.floor
    plain = not weight and not floor
    most = certificate.matched + market.most
    short = np.int16 if most + weight * low < 2**15 else np.int32
    cost: Whole = (prices - certificate.matched).astype(short)
    start = -cost if plain else np.zeros_like(cost)
    shut = -(most if plain else market.most) - 1
    spare = np.empty((2, 0 if plain else _height(market), len(cost)), dtype=short)
    kept = 0
    reached = [np.full(len(cost), -1, dtype=np.int32) + start for _ in crowds]
    for mentees, rows in _blocks(market, start, shut, crowds):
        for crowd, best in zip(crowds, reached, strict=True):
            inside = crowd[mentees]
            theirs = rows if inside.all() else rows[inside]
            np.maximum(best, theirs.max(axis=0, initial=shut), out=best)
        net = rows
        if not plain:
            net, steep = spare[:, : len(rows)]
            np.clip(rows, 0, market.most, out=net)
            np.multiply(net, 1 + weight, out=steep)
            steep -= weight * low
            np.minimum(net, steep, out=net)
            net -= cost
            rows -= floor
            rows >>= 15  # all ones, which is -1, below the floor
            net |= rows
        kept += int(net.max(axis=1, initial=0).sum(dtype=np.int64))
    return kept, [best - start for best in reached]


def _blocks(
    pool: Pool, start: Whole, shut: int, crowds: Sequence[Bools]
) -> Iterator[tuple[Whole, Whole]]:
    """Some mentees and their scores added to `start`, at most `shut` more where a pair may not be.

    The crowds come together, so that few blocks are part of one.
    """
    rare = [factor for factor in pool.factors if factor.binds and _seldom_shuts(factor)]
    factors = sorted(
        (factor for factor in pool.factors if factor not in rare and (factor.most or factor.binds)),
        key=lambda factor: len(factor.points),
    )
    binding = sum(factor.binds for factor in factors)
    short = np.int16 if (binding + 3) * -shut < 2**15 else np.int32
    tables = [_table(factor, shut, short) for factor in factors]
    special = _special(pool, shut)
    seldom = [
        (factor.mentee_kinds, _shut_by(factor, (start + shut).astype(short))) for factor in rare
    ]
    kinds = np.array([factor.mentee_kinds for factor in factors], dtype=np.int32)
    kinds = kinds.reshape(len(factors), pool.shape[0])
    order = np.lexsort([np.arange(pool.shape[0]), *kinds[::-1], *crowds])
    alike = kinds[:, order[1:]] == kinds[:, order[:-1]]
    shared = [0, *np.logical_and.accumulate(alike, axis=0).sum(axis=0).tolist()][: len(order)]
    last = max(0, len(factors) - 1)
    sums = [np.empty(pool.shape[1], dtype=short) for _ in range(last + 1)]
    sums[0][:] = start + pool.base
    height = _height(pool)
    rows = np.empty((height, pool.shape[1]), dtype=short)
    for begin in range(0, len(order), height):
        mentees = order[begin : begin + height]
        block = rows[: len(mentees)]
        part = slice(begin, begin + height)
        for row, same, own in zip(block, shared[part], kinds.T[mentees].tolist(), strict=True):
            for level in range(same, last):
                np.add(sums[level], tables[level](own[level]), out=sums[level + 1])
            if own:
                np.add(sums[last], tables[last](own[last]), out=row)
            else:
                row[:] = sums[last]
        for kind_of, shut_by in seldom:
            for row, kind in zip(block, kind_of[mentees].tolist(), strict=True):
                columns, least = shut_by(kind)
                row[columns] = least
        if pool.listed_only:
            block[:] = shut
        for row, mentee in zip(block, mentees.tolist() if special else (), strict=False):
            if mentee in special:
                columns, scores = special[mentee]
                row[columns] = start[columns] + scores
        yield mentees, block


def _height(pool: Pool) -> int:
    return max(1, BLOCK // max(1, pool.shape[1]))


def _table(factor: Factor, shut: int, short: type[np.signedinteger[Any]]) -> Callable[[int], Whole]:
    """What the criterion adds with every mentor, for a kind of mentee."""
    values = factor.points + (np.where(factor.holds, 0, shut) if factor.binds else 0)
    values = values.astype(short)
    if len(values) > SPREAD:
        return lambda kind: np.take(values[kind], factor.mentor_kinds)
    return list(np.take(values, factor.mentor_kinds, axis=1)).__getitem__


def _seldom_shuts(factor: Factor) -> bool:
    """Whether the criterion brings no points and rules out few mentors for any mentee."""
    counts = np.bincount(factor.mentor_kinds, minlength=factor.holds.shape[1])
    out = ~factor.holds @ counts.astype(np.float64)  # floats multiply faster
    return not factor.most and out.max(initial=0) <= SELDOM * len(factor.mentor_kinds)


def _shut_by(factor: Factor, least: Whole) -> Callable[[int], tuple[Whole, Whole]]:
    """The mentors that a kind of mentee may not have, and the least that may stand for each."""

    def shut_by(kind: int) -> tuple[Whole, Whole]:
        columns = np.flatnonzero(~factor.holds[kind][factor.mentor_kinds])
        return columns, least[columns]

    return cache(shut_by)


def _special(pool: Pool, shut: int) -> dict[int, tuple[Whole, Whole]]:
    """The scores of pairs that the tables do not tell: wished for, granted or forbidden."""
    spots = set(pool.forbidden | pool.granted)
    for links in pool.links:
        spots.update(zip(links.mentees.tolist(), links.mentors.tolist(), strict=True))
    mentees, mentors = np.array(sorted(spots), dtype=np.intp).reshape(-1, 2).T
    scores = np.where(allowed_at(pool, mentees, mentors), scores_at(pool, mentees, mentors), shut)
    whose, first = np.unique(mentees, return_index=True)
    groups = zip(np.split(mentors, first[1:]), np.split(scores, first[1:]), strict=True)
    return dict(zip(whose.tolist(), groups, strict=False))


def unpack(text: str, count: int) -> Whole:
    """So many whole numbers from text; raise Refuted where there are others."""
    numbers = np.frombuffer(zlib.decompress(b85decode(text)), dtype="<i4").astype(np.int32)
    if len(numbers) != count:
        raise Refuted("there are not as many prices as mentors")
    return numbers


def _unpack_bits(text: str, count: int) -> Bools:
    raw = np.frombuffer(zlib.decompress(b85decode(text)), dtype=np.uint8)
    return np.unpackbits(raw, count=count).astype(np.bool_)
