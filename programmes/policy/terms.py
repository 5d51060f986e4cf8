"""The small words that the rules are written with."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, StringConstraints
from pydantic_core import PydanticKnownError


def _no_number(value: object) -> object:
    """A number is no day, though it could count the seconds since 1970."""
    if isinstance(value, int | float):
        raise PydanticKnownError("date_type")
    return value


Code = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$", max_length=60)]
Day = Annotated[date, BeforeValidator(_no_number)]
Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]


class Term(BaseModel):
    """A frozen part of a programme's rules; unknown keys are refused."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)


class Role(StrEnum):
    MENTOR = "mentor"
    MENTEE = "mentee"

    @property
    def other(self) -> Role:
        return Role.MENTEE if self is Role.MENTOR else Role.MENTOR


BOTH = (Role.MENTOR, Role.MENTEE)


class Strength(StrEnum):
    """How hard a rule binds."""

    DUTY = "duty"  # blocks
    ABOUT = "about"  # scored near the range; outside it a coordinator gives a reason
    RECOMMENDATION = "recommendation"  # advises, blocks nothing
    PREFERENCE = "preference"  # only weighs in the matching
