"""What makes files unusable, said where it stands."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from django.utils.translation import gettext as _

from people.spreadsheets import Problem

MANY = 10


class Unusable(ValueError):
    """Files that cannot be matched; `sentences` say everything wrong, with file, line and column."""

    def __init__(self, sentences: Sequence[str]) -> None:
        self.sentences = tuple(sentences)
        super().__init__("\n".join(self.sentences))


def told_of(path: Path, sentence: str) -> str:
    return f"{path.name} : {sentence}"


def told_of_lines(path: Path, problems: Iterable[Problem], *, lines: int = 0) -> list[str]:
    """A sentence for each; one for the lines of which the very same is to be said, if they are many
    or all the `lines` of a file that lacks the column."""
    same: dict[tuple[int, str], list[Problem]] = {}
    for one in problems:
        same.setdefault((one.column, one.sentence), []).append(one)
    return [
        told
        for alike in same.values()
        for told in (
            [_told_of_all(path, alike[0])]
            if 1 < lines == len(alike) and not alike[0].column
            else [_told_at_once(path, alike)]
            if len(alike) > MANY
            else [_told(path, one) for one in alike]
        )
    ]


def _told(path: Path, one: Problem) -> str:
    return (
        f"{path.name}, {one.place} : {one.sentence}" if one.place else told_of(path, one.sentence)
    )


def _told_of_all(path: Path, one: Problem) -> str:
    return _("%(file)s, toutes les lignes : %(sentence)s") % {
        "file": path.name,
        "sentence": one.sentence,
    }


def _told_at_once(path: Path, alike: Sequence[Problem]) -> str:
    first = alike[0]
    place = _("%(first)s et %(count)s autres lignes") % {
        "first": first.place,
        "count": len(alike) - 1,
    }
    return f"{path.name}, {place} : {first.sentence}"
