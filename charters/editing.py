"""A charter with one part changed, added, moved or taken away. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection

from charters.text import CharterText, Section


def with_section(text: CharterText, number: int | None, section: Section) -> CharterText:
    """With this section in place of the one of that number (from 1), or (None) after the others."""
    sections = list(text.sections)
    if number is None:
        sections.append(section)
    else:
        sections[number - 1] = section
    return text.model_copy(update={"sections": tuple(sections)})


def without_section(text: CharterText, number: int) -> CharterText:
    sections = [one for position, one in enumerate(text.sections, 1) if position != number]
    return text.model_copy(update={"sections": tuple(sections)})


def with_section_earlier(text: CharterText, number: int) -> CharterText:
    """With this section before the one it follows; the first stays where it is."""
    sections = list(text.sections)
    if number > 1:
        sections[number - 2 : number] = [sections[number - 1], sections[number - 2]]
    return text.model_copy(update={"sections": tuple(sections)})


def codes_of(text: CharterText, *, but: int | None = None) -> set[str]:
    """The codes of all commitments, those of one section left out."""
    return {
        one.code
        for position, section in enumerate(text.sections, 1)
        if position != but
        for one in section.commitments
    }


def code_for(words: str, taken: Collection[str]) -> str:
    """A code that a new commitment is known by from now on, made from its first words."""
    plain = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode().lower()
    stem = "_".join(re.findall(r"[a-z0-9]+", plain)[:4])[:40]
    stem = stem if stem[:1].isalpha() else f"engagement_{stem}".rstrip("_")
    code, rank = stem, 2
    while code in taken:
        code, rank = f"{stem}_{rank}", rank + 1
    return code
