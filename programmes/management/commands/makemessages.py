"""Collect the messages to translate; braces in ours are the phrase language's, not Python's."""

from __future__ import annotations

import re
from pathlib import Path

from django.core.management.commands import makemessages

_FLAG = re.compile(r"^#, python-brace-format\n|, python-brace-format\b", re.MULTILINE)


def without_brace_format(catalogue: str) -> str:
    """A catalogue without the flag xgettext guesses for « {rencontres} ».

    With it, `compilemessages` would refuse « {meetings} » as its translation.
    """
    return _FLAG.sub("", catalogue)


class Command(makemessages.Command):
    def build_potfiles(self) -> list[str]:
        potfiles: list[str] = super().build_potfiles()
        for name in potfiles:
            potfile = Path(name)
            collected = potfile.read_text(encoding="utf-8")
            potfile.write_text(without_brace_format(collected), encoding="utf-8")
        return potfiles
