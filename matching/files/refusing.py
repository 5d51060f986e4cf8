"""What makes files unusable, said where it stands."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from people.spreadsheets import Problem


class Unusable(ValueError):
    """Files that cannot be matched; `sentences` say everything wrong, with file, line and column."""

    def __init__(self, sentences: Sequence[str]) -> None:
        self.sentences = tuple(sentences)
        super().__init__("\n".join(self.sentences))


def told_of(path: Path, sentence: str) -> str:
    return f"{path.name} : {sentence}"


def told_of_lines(path: Path, problems: Iterable[Problem]) -> list[str]:
    return [
        f"{path.name}, {problem.place} : {problem.sentence}"
        if problem.place
        else told_of(path, problem.sentence)
        for problem in problems
    ]
