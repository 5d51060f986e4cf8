"""What a run gives back."""

from __future__ import annotations

from dataclasses import dataclass

from matching.engine.pool import SCALE


@dataclass(frozen=True)
class Aim:
    """What is sought once as many mentees as possible are matched.

    `fair`: the worst-served pair first, then the greatest sum of s - λ·max(0, low - s), with λ the
    largest of `ladder` (in quarters) that keeps at least 99 % of the best total. Otherwise the best total.
    """

    fair: bool = True
    low: int = SCALE // 2
    ladder: tuple[int, ...] = (16, 8, 4, 2, 1)


FAIR = Aim()
PLAIN = Aim(fair=False)


@dataclass(frozen=True, order=True)
class Match:
    """Positions in the pool, and the points of the two together."""

    mentee: int
    mentor: int
    score: int
    locked: bool = False


@dataclass(frozen=True, eq=False)
class Result:
    """The best pairs, by mentee; `quarters` is the λ retained, `best_total` that of the plain rule."""

    pairs: tuple[Match, ...]
    aim: Aim
    quarters: int = 0
    best_total: int = 0

    @property
    def matched(self) -> int:
        return len(self.pairs)

    @property
    def total(self) -> int:
        return sum(match.score for match in self.pairs)

    @property
    def minimum(self) -> int | None:
        """The lowest score, locked pairs apart."""
        return min((match.score for match in self.pairs if not match.locked), default=None)
