"""A charter as a value: what its file says, in separate voices (I10). Pure.

[charter]
title = "Charte de notre mentorat"
edition = 2026-09-01
preamble = "Markdown, avec les mots du programme : {le mentor}."

[charter.english]         # a courtesy translation: what is accepted is the charter's own language
title = "Charter of our {mentoring}"

[[charter.sections]]
voice = "mentor"          # all, mentor, mentee, pair or organisation
intro = "Markdown."

[[charter.sections.commitments]]
code = "punctual"
text = "J'arrive à l'heure et je préviens en cas d'empêchement."
english = "I am on time and give notice when I cannot come."
watch = "notice"          # the rule that tells where it stands (watching.py)
cites = ["K6", "D13"]     # the rows of docs/charters.md that it carries; shown nowhere
"""

from __future__ import annotations

import hashlib
import json
import unicodedata
from collections.abc import Mapping
from enum import StrEnum
from typing import Any, Literal, Self

from pydantic import model_validator

from charters.watching import Watch
from programmes.policy.document import read, write
from programmes.policy.terms import BOTH, Code, Day, Role, Term, Text


class Voice(StrEnum):
    """Who speaks in a section of a charter."""

    ALL = "all"
    MENTOR = "mentor"
    MENTEE = "mentee"
    PAIR = "pair"
    ORGANISATION = "organisation"

    @property
    def roles(self) -> tuple[Role, ...]:
        """Who gives the commitments of this voice."""
        if self in (Voice.ALL, Voice.PAIR):
            return BOTH
        return tuple(role for role in BOTH if self.value == role.value)


class Commitment(Term):
    """One commitment; `milestone` names the one that `watch = "milestone"` follows."""

    code: Code
    text: Text
    english: str = ""
    watch: Watch | None = None
    milestone: str = ""
    cites: tuple[str, ...] = ()

    @model_validator(mode="after")
    def names_its_milestone(self) -> Self:
        if bool(self.milestone) != (self.watch is Watch.MILESTONE):
            raise ValueError('milestone va avec watch = "milestone", et avec lui seul')
        return self


class SectionInEnglish(Term):
    """The courtesy translation of a section's own words."""

    title: str = ""
    intro: str = ""


class Section(Term):
    voice: Voice
    title: str = ""
    intro: str = ""
    english: SectionInEnglish = SectionInEnglish()
    commitments: tuple[Commitment, ...] = ()
    cites: tuple[str, ...] = ()


class HeadingInEnglish(Term):
    """The courtesy translation of a charter's own words; there is one where this is there."""

    title: Text
    preamble: str = ""


class CharterText(Term):
    """The source of a charter: Markdown, with the programme's words in braces."""

    title: Text
    edition: Day
    language: Literal["fr", "en"] = "fr"
    preamble: str = ""
    english: HeadingInEnglish | None = None
    sections: tuple[Section, ...]
    cites: tuple[str, ...] = ()

    def commitments_for(self, role: Role) -> tuple[Commitment, ...]:
        """What a person in that role commits to: everyone's, the role's own and the pair's."""
        return tuple(
            commitment
            for section in self.sections
            if role in section.voice.roles
            for commitment in section.commitments
        )

    def read_in(self, language: str | None) -> CharterText:
        """In that language where it can be read in it, else in its own."""
        return (self.in_english() if language == "en" else None) or self

    def in_english(self) -> CharterText | None:
        """The courtesy translation, as a charter of its own; None where there is none."""
        if self.english is None:
            return None
        sections = tuple(
            section.model_copy(
                update={
                    "title": section.english.title,
                    "intro": section.english.intro,
                    "commitments": tuple(
                        one.model_copy(update={"text": one.english}) for one in section.commitments
                    ),
                }
            )
            for section in self.sections
        )
        own = {"title": self.english.title, "preamble": self.english.preamble}
        return self.model_copy(update={**own, "language": "en", "sections": sections})


def read_charter(part: Mapping[str, Any]) -> CharterText:
    """The `[charter]` of a file; raise UnreadableRules with every key that is wrong."""
    return read(CharterText, part, under="charter")


def canonical(text: CharterText) -> str:
    """The one way of writing this charter down: JSON in NFC, keys in order, no blanks."""
    return canonical_json(text.model_dump(mode="json"))


def canonical_json(document: object) -> str:
    written = json.dumps(document, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return unicodedata.normalize("NFC", written)


def digest_of(document: object) -> str:
    """SHA-256 of the canonical JSON, in hexadecimal."""
    return hashlib.sha256(canonical_json(document).encode()).hexdigest()


def to_file(text: CharterText) -> dict[str, Any]:
    """The `[charter]` that reads back as this text."""
    return write(text) | {"edition": text.edition}
