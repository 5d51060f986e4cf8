"""Nouns, French and English: their plural, their gender, and how their article sounds. Pure."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

Gender = Literal["m", "f"]

# Words that a file may give as a plain string, because we know their gender.
_MASCULINE = """
    mentor mentoré mentee parrain filleul tuteur tutoré référent accompagnateur binôme duo tandem
    entretien rendez-vous échange mentorat mentoring parrainage tutorat accompagnement pôle bureau
    comité secrétariat centre réseau lycée engagement code contrat accord cycle programme
"""
_FEMININE = """
    mentore mentorée marraine filleule tutrice tutorée référente accompagnatrice paire rencontre
    séance session réunion équipe cellule coordination charte convention campagne promotion
    cohorte édition saison année association fondation école ville
"""
KNOWN_WORDS: Mapping[Gender, frozenset[str]] = {
    "m": frozenset(_MASCULINE.split()),
    "f": frozenset(_FEMININE.split()),
}


_VOWELS = frozenset("aeiou")
# Letters that are not a plain vowel and its accent.
_VOWELS_OF_ONE_PIECE = str.maketrans({"œ": "oe", "æ": "ae", "ø": "o", "ı": "i"})


def pluralise(word: str) -> str:
    """The regular French plural of a noun or an adjective."""
    if word.endswith(("s", "x", "z")):
        return word
    if word.endswith(("eau", "eu")):
        return word + "x"
    if word.endswith("al"):
        return word[:-2] + "aux"
    return word + "s"


def starts_with_a_vowel(word: str) -> bool:
    """Whether « le » becomes « l' » before this word; an h is taken to be mute.

    A y counts as a vowel before a consonant: « d'Yvonne », but « de Yann ».
    """
    bare = unicodedata.normalize("NFD", word.lower()).translate(_VOWELS_OF_ONE_PIECE)
    return bare[:1] in _VOWELS | {"h"} or (bare[:1] == "y" and bare[1:2] not in _VOWELS)


def pluralise_english(word: str) -> str:
    """The regular English plural; what is uncountable (-ing) stays as it is."""
    if word.endswith(("ing", "ship")) and word not in {"meeting", "pairing"}:
        return word
    if word.endswith("y") and word[-2:-1] not in set("aeiou"):
        return word[:-1] + "ies"
    return word + ("es" if word.endswith(("s", "x", "z", "ch", "sh")) else "s")


@dataclass(frozen=True)
class Noun:
    """A French noun; `elides` says whether « le » becomes « l' » before it."""

    singular: str
    gender: Gender
    plural: str = ""
    elides: bool | None = None

    def __post_init__(self) -> None:
        if not self.plural:
            object.__setattr__(self, "plural", pluralise(self.singular))
        if self.elides is None:
            object.__setattr__(self, "elides", starts_with_a_vowel(self.singular))

    def word(self, *, plural: bool = False) -> str:
        return self.plural if plural else self.singular

    def to_document(self) -> str | dict[str, Any]:
        table: dict[str, Any] = {"singular": self.singular, "gender": self.gender}
        regular = Noun(self.singular, self.gender)
        if self.plural != regular.plural:
            table["plural"] = self.plural
        if self.elides != regular.elides:
            table["elides"] = self.elides
        is_known = self.singular in KNOWN_WORDS[self.gender]
        return self.singular if is_known and self == regular else table


@dataclass(frozen=True)
class EnglishNoun:
    """An English noun; `takes_an` says whether its article is “an”."""

    singular: str
    plural: str = ""
    takes_an: bool | None = None

    def __post_init__(self) -> None:
        if not self.plural:
            object.__setattr__(self, "plural", pluralise_english(self.singular))
        if self.takes_an is None:
            object.__setattr__(self, "takes_an", self.singular[:1].lower() in set("aeiou"))

    def word(self, *, plural: bool = False) -> str:
        return self.plural if plural else self.singular

    def to_document(self) -> str | dict[str, Any]:
        table: dict[str, Any] = {"singular": self.singular}
        regular = EnglishNoun(self.singular)
        if self.plural != regular.plural:
            table["plural"] = self.plural
        if self.takes_an != regular.takes_an:
            table["takes_an"] = self.takes_an
        return self.singular if self == regular else table
