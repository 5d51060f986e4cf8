"""A verdict: every breach and every piece of advice, each a sentence still to be put in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any


def gettext_noop(text: str) -> str:
    """Mark a sentence for translation; it is translated where it is shown."""
    return text


@dataclass(frozen=True)
class Sentence:
    """French text with words of the vocabulary in braces and facts as `%(name)s`.

    `many` is the form for `count` other than one; `count` is also a fact of that name.
    """

    text: str
    facts: Mapping[str, Any] = field(default_factory=dict)
    many: str = ""
    count: int = 1


@dataclass(frozen=True)
class Breach:
    """One clause that is not kept.

    `code` names the rule (`criterion:seniority`), for derogations and tests. `about` says whose
    fact it is: `mentor`, `mentee` or nobody's in particular. `derogable`: a coordinator may
    let it pass, with a reason. `among_two`: told of two people at once, so it says of whom.
    """

    code: str
    sentence: Sentence
    derogable: bool = False
    about: str = ""
    among_two: bool = False


@dataclass(frozen=True)
class Verdict:
    """All that the rules object to (`breaches`) and all that they advise (`advisories`)."""

    breaches: tuple[Breach, ...] = ()
    advisories: tuple[Breach, ...] = ()

    @property
    def is_clear(self) -> bool:
        return not self.breaches

    @property
    def only_derogable(self) -> bool:
        return all(breach.derogable for breach in self.breaches)

    @property
    def codes(self) -> tuple[str, ...]:
        return tuple(breach.code for breach in self.breaches)

    def without(self, granted: Iterable[str]) -> Verdict:
        """The verdict once the derogations `granted` (codes of breaches) are taken into account."""
        granted = frozenset(granted)
        kept = tuple(b for b in self.breaches if not (b.derogable and b.code in granted))
        return Verdict(kept, self.advisories)

    def __add__(self, other: Verdict) -> Verdict:
        return Verdict(self.breaches + other.breaches, self.advisories + other.advisories)


CLEAR = Verdict()


def verdict_of(breaches: Iterable[Breach], advisories: Iterable[Breach] = ()) -> Verdict:
    return Verdict(tuple(breaches), tuple(advisories))
