"""A charter as a value: what its file says, in separate voices (I10). Pure.

[charter]
title = "Charte de notre mentorat"
edition = 2026-09-01
preamble = "Markdown, avec les mots du programme : {le mentor}."

[[charter.sections]]
voice = "mentor"          # all, mentor, mentee, pair or organisation
intro = "Markdown."
commitments = [{ code = "listen", text = "J'écoute." }]
"""

from __future__ import annotations

import hashlib
import json
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date
from enum import StrEnum
from typing import Any, Literal

from programmes.phrases import check_text
from programmes.policy.coherence import Problem
from programmes.policy.document import UnreadableRules, read, write
from programmes.policy.rules import Rules
from programmes.policy.terms import BOTH, Code, Role, Term, Text


class Voice(StrEnum):
    """Who speaks in a section of a charter."""

    ALL = "all"
    MENTOR = "mentor"
    MENTEE = "mentee"
    PAIR = "pair"
    ORGANISATION = "organisation"

    def speaks_for(self, role: Role) -> bool:
        """Whether a person in that role gives the commitments of this voice."""
        return self in (Voice.ALL, Voice.PAIR) or self.value == role.value


class Commitment(Term):
    code: Code
    text: Text


class Section(Term):
    voice: Voice
    title: str = ""
    intro: str = ""
    commitments: tuple[Commitment, ...] = ()


class CharterText(Term):
    """The source of a charter: Markdown, with the programme's words in braces."""

    title: Text
    edition: date
    language: Literal["fr", "en"] = "fr"
    preamble: str = ""
    sections: tuple[Section, ...]

    def commitments_for(self, role: Role) -> tuple[Commitment, ...]:
        """What a person in that role commits to: everyone's, the role's own and the pair's."""
        return tuple(
            commitment
            for section in self.sections
            if section.voice.speaks_for(role)
            for commitment in section.commitments
        )


def read_charter(part: Mapping[str, Any]) -> CharterText:
    """The `[charter]` of a file; raise UnreadableRules with every key that is wrong."""
    return read(CharterText, part, under="charter")


def check_charter(part: Mapping[str, Any], rules: Rules) -> list[Problem]:
    """Everything that is wrong with a `[charter]`, alone and beside the programme's rules."""
    try:
        text = read_charter(part)
    except UnreadableRules as error:
        return list(error.problems)
    if not text.sections:
        return [Problem("charter.sections", "il faut au moins une partie ([[charter.sections]])")]
    return [*_phrases(text), *_repeated_codes(text), *_one_by_one(text, rules)]


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


def _phrases(text: CharterText) -> Iterator[Problem]:
    for key, words in _texts(text):
        for problem in check_text(words, language=text.language):
            yield Problem(key, problem.reason)


def _texts(text: CharterText) -> Iterator[tuple[str, str]]:
    yield "charter.title", text.title
    yield "charter.preamble", text.preamble
    for number, section in enumerate(text.sections, 1):
        key = f"charter.sections[{number}]"
        yield f"{key}.title", section.title
        yield f"{key}.intro", section.intro
        for position, commitment in enumerate(section.commitments, 1):
            yield f"{key}.commitments[{position}].text", commitment.text


def _repeated_codes(text: CharterText) -> Iterator[Problem]:
    seen: Counter[str] = Counter()
    for number, section in enumerate(text.sections, 1):
        for position, commitment in enumerate(section.commitments, 1):
            seen[commitment.code] += 1
            if seen[commitment.code] == 2:
                yield Problem(
                    f"charter.sections[{number}].commitments[{position}].code",
                    f"le code « {commitment.code} » est déjà pris",
                )


def _one_by_one(text: CharterText, rules: Rules) -> Iterator[Problem]:
    if not rules.acceptance.by_commitment:
        return
    for role in BOTH:
        if not text.commitments_for(role):
            yield Problem(
                "charter.sections",
                "acceptance.by_commitment demande d'accepter engagement par engagement, "
                f"et la charte n'en donne aucun pour « {role} »",
            )
