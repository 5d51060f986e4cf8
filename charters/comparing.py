"""What changed from one charter to another: place by place, word by word. Pure."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import partial
from typing import Literal

from charters.text import CharterText, Section

What = Literal["title", "preamble", "intro", "commitment", "watch"]
Status = Literal["same", "added", "removed", "changed"]
_WORDS = re.compile(r"\s+|\w+|[^\w\s]")


@dataclass(frozen=True)
class Piece:
    """Words that stayed, came or went."""

    kind: Literal["same", "added", "removed"]
    text: str


@dataclass(frozen=True)
class Change:
    """One text of the charter, before and after; `what` says which kind of text it is."""

    what: What
    language: str
    status: Status
    pieces: tuple[Piece, ...]


@dataclass(frozen=True)
class Part:
    """A section of the charter, or (`voice` empty) its heading, with what changed in it."""

    voice: str
    title: str
    status: Status
    changes: tuple[Change, ...]
    unchanged: int
    is_reordered: bool = False


Said = Callable[[str], str]


def compare(
    old: CharterText, new: CharterText, *, said: Said = str, for_team: bool = True
) -> list[Part]:
    """The parts in which something changed, as `said` tells texts (as they are written, say).

    The team also reads what changed in the translation and in the rules that watch.
    """
    before, after = _sections(old), _sections(new)
    told = partial(_part, said=said, for_team=for_team)
    parts = [told("", "", _heading(old), _heading(new))]
    for key in [*after, *(key for key in before if key not in after)]:
        gone, come = before.get(key), after.get(key)
        shown = come or gone
        if shown is None:
            continue
        part = told(
            shown.voice,
            said(shown.title),
            _texts(gone) if gone else {},
            _texts(come) if come else {},
        )
        parts.append(part)
    return [part for part in parts if part.changes or part.is_reordered]


def words_changed(old: str, new: str) -> tuple[Piece, ...]:
    """The words of both, in order: those that stayed, went, came.

    A blank between two changes changes with them, so that a run of words is told as one.
    """
    before, after = _WORDS.findall(old), _WORDS.findall(new)
    pieces: list[Piece] = []
    gone = come = ""
    for tag, i, j, k, n in SequenceMatcher(a=before, b=after, autojunk=False).get_opcodes():
        was, now = "".join(before[i:j]), "".join(after[k:n])
        is_kept = tag == "equal" and not (now.isspace() and (gone or come))
        if is_kept:
            pieces += [*_changed(gone, come), Piece("same", now)]
            gone = come = ""
        else:
            gone, come = gone + was, come + now
    return (*pieces, *_changed(gone, come))


def _changed(gone: str, come: str) -> Iterator[Piece]:
    """What went and what came; the blanks that both end with have stayed."""
    kept = ""
    while gone and come and gone[-1] == come[-1] and gone[-1].isspace():
        gone, come, kept = gone[:-1], come[:-1], gone[-1] + kept
    if gone:
        yield Piece("removed", gone)
    if come:
        yield Piece("added", come)
    if kept:
        yield Piece("same", kept)


OWN = ""  # the charter's own language; "en" is its courtesy translation
_Key = tuple[What, str, str]  # what it is, its code, its language


def _sections(text: CharterText) -> dict[tuple[str, int], Section]:
    """Sections by voice and rank among those of that voice, which is how they are recognised."""
    seen: Counter[str] = Counter()
    found = {}
    for section in text.sections:
        found[str(section.voice), seen[section.voice]] = section
        seen[section.voice] += 1
    return found


def _heading(text: CharterText) -> dict[_Key, str]:
    texts: dict[_Key, str] = {
        ("title", "", OWN): text.title,
        ("preamble", "", OWN): text.preamble,
    }
    if text.english:
        texts |= {
            ("title", "", "en"): text.english.title,
            ("preamble", "", "en"): text.english.preamble,
        }
    return texts


def _texts(section: Section) -> dict[_Key, str]:
    texts: dict[_Key, str] = {
        ("title", "", OWN): section.title,
        ("intro", "", OWN): section.intro,
        ("title", "", "en"): section.english.title,
        ("intro", "", "en"): section.english.intro,
    }
    for one in section.commitments:
        texts["commitment", one.code, OWN] = one.text
        texts["commitment", one.code, "en"] = one.english
        texts["watch", one.code, OWN] = one.milestone or str(one.watch or "")
    return texts


def _part(
    voice: str,
    title: str,
    before: dict[_Key, str],
    after: dict[_Key, str],
    *,
    said: Said,
    for_team: bool,
) -> Part:
    changes = [
        change
        for change in _changes(before, after, said)
        if for_team or (change.language == OWN and change.what != "watch")
    ]
    told = [change for change in changes if change.status != "same"]
    common = [key for key in before if key in after and key[0] == "commitment"]
    status: Status = "changed"
    if not before or not after:
        status = "removed" if before else "added"
    return Part(
        voice=voice,
        title=title,
        status=status,
        changes=tuple(told),
        unchanged=len(changes) - len(told),
        is_reordered=common != [key for key in after if key in common],
    )


def _changes(before: dict[_Key, str], after: dict[_Key, str], said: Said) -> Iterator[Change]:
    for key in [*after, *(key for key in before if key not in after)]:
        old, new = said(before.get(key, "")), said(after.get(key, ""))
        if not old and not new:
            continue
        status: Status = "changed"
        if old == new:
            status = "same"
        elif not old or not new:
            status = "removed" if old else "added"
        yield Change(key[0], key[2], status, words_changed(old, new))
