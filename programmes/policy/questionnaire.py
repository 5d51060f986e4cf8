"""What a programme asks people at enrolment, and what their answers mean."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Literal, Self

from pydantic import Field, StrictBool, StrictInt, model_validator

from programmes.policy.terms import BOTH, Code, Role, Term, Text

Answer = str | int | bool | tuple[str, ...] | None
Answers = Mapping[str, Answer]


class QuestionKind(StrEnum):
    TEXT = "text"  # one line
    LONG_TEXT = "long_text"  # a paragraph
    INTEGER = "integer"
    DATE = "date"  # kept as ISO text
    YES_NO = "yes_no"
    CHOICE = "choice"  # one code of the list
    CHOICES = "choices"  # several codes of the list


class Choice(Term):
    """One item of a list; in a ranked list the order is the rank."""

    code: Code
    label: Text


class Question(Term):
    """A question asked of one role or of both.

    `list` names one of the programme's lists, or `themes`. `minimum` and `maximum` bound a number,
    or how many items are ticked. `expectation` marks an answer the other person reads once
    they are matched; `on_card`, one that stands on the card without a name by which people choose
    each other (`matching.wishes`): nothing that tells who it is.
    """

    code: Code
    kind: QuestionKind = QuestionKind.TEXT
    label: Text
    help: str = ""
    roles: tuple[Role, ...] = BOTH
    required: StrictBool = True
    list: str = ""
    minimum: StrictInt | None = None
    maximum: StrictInt | None = None
    unit: str = ""
    expectation: StrictBool = False
    on_card: StrictBool = False
    section: str = ""

    @model_validator(mode="after")
    def list_fits_kind(self) -> Self:
        needs_list = self.kind in (QuestionKind.CHOICE, QuestionKind.CHOICES)
        if needs_list and not self.list:
            raise ValueError(f"la question « {self.code} » doit nommer sa liste (list = …)")
        if self.list and not needs_list:
            raise ValueError(
                f"la question « {self.code} » n'est pas un choix : elle n'a pas de liste"
            )
        if self.minimum is not None and self.maximum is not None and self.minimum > self.maximum:
            raise ValueError(f"question « {self.code} » : le minimum dépasse le maximum")
        return self


class OnRefusal(StrEnum):
    REFUSE = "refuse"  # without it, no enrolment
    FLAG = "flag"  # the team is told and decides


class Declaration(Term):
    """Something a person declares by ticking it (no conflict of interest, free of charge…)."""

    code: Code
    text: Text
    roles: tuple[Role, ...] = BOTH
    otherwise: OnRefusal = OnRefusal.REFUSE


class Objectives(Term):
    """How many objectives a mentee sets, around which themes (I6, I7, I8, I9)."""

    minimum: StrictInt = Field(default=0, ge=0)
    maximum: StrictInt | None = Field(default=None, ge=1)
    themes: tuple[Choice, ...] = ()
    other_theme: StrictBool = False
    text_required: StrictBool = False
    due: Literal["submission", "first_meeting"] = "submission"

    @model_validator(mode="after")
    def bounds_in_order(self) -> Self:
        if self.maximum is not None and self.minimum > self.maximum:
            raise ValueError("le minimum dépasse le maximum")
        if self.minimum and not self.are_asked:
            raise ValueError("il faut des thèmes, ou permettre un thème libre (other_theme = true)")
        return self

    @property
    def are_asked(self) -> bool:
        return bool(self.themes or self.other_theme)


def is_blank(answer: Answer) -> bool:
    return answer is None or answer == "" or answer == ()


def normalised(text: str) -> str:
    """Text for comparison: no case, no accents, no double spaces."""
    bare = unicodedata.normalize("NFKD", text.casefold())
    return " ".join("".join(c for c in bare if not unicodedata.combining(c)).split())


def as_set(answer: Answer) -> frozenset[str]:
    """An answer as a set of comparable words: codes ticked, or the one text."""
    if is_blank(answer):
        return frozenset()
    if isinstance(answer, tuple):
        return frozenset(answer)
    return frozenset({normalised(str(answer))})


def years_before(day: date, years: int) -> date:
    """The birthday limit: who was born on or before this day is `years` old on `day`."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:  # 29 February
        return day.replace(year=day.year - years, day=28)
