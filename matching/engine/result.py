"""What a run is asked for and what it gives back."""

from __future__ import annotations

from dataclasses import dataclass

from matching.engine.certificate import Certificate


@dataclass(frozen=True)
class Aim:
    """What is sought once as many mentees as possible are matched.

    `fair`: first the worst-served pair as good as it can be, then the greatest sum of
    s - λ·max(0, low - s), with λ the largest of `ladder` that keeps at least `keep` hundredths of
    what the plain rule reaches, or 0. Where `low` is not given, it is the score that one pair in ten
    of the plain rule does not reach. The plain rule: the greatest sum of s, and nothing else.
    """

    fair: bool = True
    low: int | None = None
    ladder: tuple[int, ...] = (4, 2, 1)
    keep: int = 99


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
    """The best pairs, by mentee; the λ retained (`weight`), the low score, and the plain rule's total."""

    pairs: tuple[Match, ...]
    aim: Aim
    weight: int
    low: int
    plain_total: int
    certificate: Certificate

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
