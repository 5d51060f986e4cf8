"""A programme's own words (P15, P16, I12, I13): data, read from its file and written back.

    [vocabulary]
    address = "vous"                                  # how people are spoken to: tu or vous
    address_mentor = "tu"                             # ... unless the mentors are told otherwise
    address_thanks = "tu"                             # ... or when a mentor is thanked
    mentor = "mentore"                                # a word whose gender we know
    meeting = {singular = "causerie", gender = "f"}   # any other says its gender
    pair = {singular = "duo", plural = "duos", gender = "m", elides = false}

    [vocabulary.english]
    meeting = "talk"
    cohort = {singular = "class", plural = "classes"}

What is left out keeps its default word. `phrases.py` puts these words into sentences.
Pure: neither Django nor the database.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from typing import Any, Literal, cast, get_args

from programmes.nouns import KNOWN_WORDS, EnglishNoun, Gender, Noun

Address = Literal["tu", "vous"]
Concept = Literal[
    "mentor",
    "mentee",
    "pair",
    "meeting",
    "mentoring",
    "team",
    "organisation",
    "charter",
    "convention",
    "cohort",
]
CONCEPTS: tuple[Concept, ...] = get_args(Concept)

_WORD = re.compile(r"[^\W\d_]+(?:[ '-][^\W\d_]+)*")


def _(message: str) -> str:
    """Mark a message for translation; whoever shows it translates it."""
    return message


@dataclass(frozen=True)
class Problem:
    """What is wrong with a file at `key`, or with a text at `position` (counted from 0)."""

    message: str
    values: Mapping[str, str] = field(default_factory=dict)
    key: str = ""
    position: int = 0

    @property
    def reason(self) -> str:
        return self.message % self.values

    def __str__(self) -> str:
        return f"{self.key} : {self.reason}" if self.key else self.reason


class VocabularyError(ValueError):
    """A vocabulary that cannot be read, with everything that is wrong with it."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = tuple(problems)


@dataclass(frozen=True)
class EnglishWords:
    """The words of a programme when its pages are read in English."""

    mentor: EnglishNoun = EnglishNoun("mentor")
    mentee: EnglishNoun = EnglishNoun("mentee")
    pair: EnglishNoun = EnglishNoun("pair")
    meeting: EnglishNoun = EnglishNoun("meeting")
    mentoring: EnglishNoun = EnglishNoun("mentoring")
    team: EnglishNoun = EnglishNoun("team")
    organisation: EnglishNoun = EnglishNoun("association")
    charter: EnglishNoun = EnglishNoun("charter")
    convention: EnglishNoun = EnglishNoun("convention")
    cohort: EnglishNoun = EnglishNoun("cohort")


@dataclass(frozen=True)
class Vocabulary:
    """The words a programme uses for its concepts, and how it speaks to people."""

    mentor: Noun = Noun("mentor", "m")
    mentee: Noun = Noun("mentoré", "m")
    pair: Noun = Noun("binôme", "m")
    meeting: Noun = Noun("rencontre", "f")
    mentoring: Noun = Noun("mentorat", "m")
    team: Noun = Noun("équipe", "f")
    organisation: Noun = Noun("association", "f")
    charter: Noun = Noun("charte", "f")
    convention: Noun = Noun("convention", "f")
    cohort: Noun = Noun("campagne", "f")
    address: Address = "vous"
    address_mentor: Address | None = None
    address_mentee: Address | None = None
    address_thanks: Address | None = None  # to a mentor who is thanked (I12)
    english: EnglishWords = EnglishWords()

    def noun(self, concept: Concept) -> Noun:
        return cast(Noun, getattr(self, concept))

    def english_noun(self, concept: Concept) -> EnglishNoun:
        return cast(EnglishNoun, getattr(self.english, concept))

    def address_to(self, role: str | None) -> Address:
        """How a "mentor", a "mentee", the "team", a "guardian" or a thanked mentor ("thanks") is spoken to.

        None: as everyone. The team and guardians are said vous, whatever the programme says to its people.
        """
        own: dict[str, Address | None] = {
            "team": "vous",
            "mentor": self.address_mentor,
            "mentee": self.address_mentee,
            "thanks": self.address_thanks or self.address_mentor,
            "guardian": "vous",
        }
        return own.get(role or "") or self.address

    def to_document(self) -> dict[str, Any]:
        """What `from_document` reads back: only what differs from the default words."""
        document: dict[str, Any] = {
            key: getattr(self, key)
            for key in ("address", "address_mentor", "address_mentee", "address_thanks")
            if getattr(self, key) != getattr(DEFAULT, key)
        }
        for concept in CONCEPTS:
            if self.noun(concept) != DEFAULT.noun(concept):
                document[concept] = self.noun(concept).to_document()
        english = {
            concept: self.english_noun(concept).to_document()
            for concept in CONCEPTS
            if self.english_noun(concept) != DEFAULT.english_noun(concept)
        }
        return {**document, "english": english} if english else document

    @classmethod
    def from_document(cls, table: object, path: str = "vocabulary") -> Vocabulary:
        """Read the table of a programme file; raise `VocabularyError` with every problem."""
        reader = _Reader()
        vocabulary = reader.vocabulary(table, path)
        if reader.problems:
            raise VocabularyError(reader.problems)
        return vocabulary


DEFAULT = Vocabulary()


class _Reader:
    """Reads tables of unknown shape and collects what is wrong with them."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []

    def refuse(self, key: str, message: str, **values: str) -> None:
        self.problems.append(Problem(message, values, key=key))

    def vocabulary(self, table: object, path: str) -> Vocabulary:
        given: dict[str, Any] = {}
        for key, value in self.entries(table, path, {f.name for f in fields(Vocabulary)}):
            place = f"{path}.{key}"
            if key == "english":
                words = {
                    concept: self.english(word, f"{place}.{concept}")
                    for concept, word in self.entries(value, place, set(CONCEPTS))
                }
                given[key] = replace(EnglishWords(), **{k: w for k, w in words.items() if w})
            elif key.startswith("address"):
                given[key] = self.one_of(value, place, get_args(Address))
            else:
                given[key] = self.noun(value, place)
        return replace(Vocabulary(), **{key: value for key, value in given.items() if value})

    def entries(self, table: object, path: str, known: set[str]) -> list[tuple[str, object]]:
        if not isinstance(table, Mapping):
            self.refuse(path, _("une table est attendue ici"))
            return []
        for key in table:
            if key not in known:
                self.refuse(f"{path}.{key}", _("clé inconnue"))
        return [(key, value) for key, value in table.items() if key in known]

    def noun(self, value: object, path: str) -> Noun | None:
        if isinstance(value, str):
            word = self.word(value, path)
            for known_gender, words in KNOWN_WORDS.items():
                if word in words:
                    return Noun(word, known_gender)
            if word:
                example = f'{{singular = "{word}", gender = "m"}}'
                self.refuse(
                    path, _("le genre manque : écrire %(example)s, ou « f »"), example=example
                )
            return None
        entries = dict(self.entries(value, path, {"singular", "plural", "gender", "elides"}))
        if not isinstance(value, Mapping):
            return None
        gender = self.one_of(entries.get("gender"), f"{path}.gender", get_args(Gender))
        singular = self.word(entries.get("singular"), f"{path}.singular")
        plural = self.word(entries["plural"], f"{path}.plural") if "plural" in entries else ""
        elides = self.flag(entries.get("elides"), f"{path}.elides")
        if not (gender and singular):
            return None
        return Noun(singular, cast(Gender, gender), plural, elides)

    def english(self, value: object, path: str) -> EnglishNoun | None:
        if isinstance(value, str):
            word = self.word(value, path)
            return EnglishNoun(word) if word else None
        entries = dict(self.entries(value, path, {"singular", "plural", "takes_an"}))
        if not isinstance(value, Mapping):
            return None
        singular = self.word(entries.get("singular"), f"{path}.singular")
        plural = self.word(entries["plural"], f"{path}.plural") if "plural" in entries else ""
        takes_an = self.flag(entries.get("takes_an"), f"{path}.takes_an")
        return EnglishNoun(singular, plural, takes_an) if singular else None

    def one_of(self, value: object, path: str, allowed: tuple[str, ...]) -> str | None:
        if isinstance(value, str) and value in allowed:
            return value
        choices = " ou ".join(f"« {choice} »" for choice in allowed)
        self.refuse(path, _("%(choices)s est attendu ici"), choices=choices)
        return None

    def word(self, value: object, path: str) -> str:
        """The word itself if it is made of letters only, so that it can never be markup."""
        if isinstance(value, str):
            word = unicodedata.normalize("NFC", value).strip().replace("’", "'")
            if len(word) <= 40 and _WORD.fullmatch(word):
                return word
        self.refuse(path, _("un mot est attendu ici (des lettres, 40 au plus)"))
        return ""

    def flag(self, value: object, path: str) -> bool | None:
        if value is not None and not isinstance(value, bool):
            self.refuse(path, _("true ou false est attendu ici"))
            return None
        return value
