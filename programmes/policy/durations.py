"""Durations in ISO 8601 form (`P6M`, `P45D`, `P1Y`, `P2W`), counted on the calendar."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from dateutil.relativedelta import relativedelta
from pydantic import GetCoreSchemaHandler
from pydantic_core import CoreSchema, core_schema

_FORM = re.compile(r"P(?:(\d{1,9})Y)?(?:(\d{1,9})M)?(?:(\d{1,9})W)?(?:(\d{1,9})D)?", flags=re.ASCII)
_LONGEST_IN_DAYS = 36_525  # a century: dates are never pushed out of the calendar


@dataclass(frozen=True, slots=True)
class Duration:
    """So many months and days; both are whole and at least 0, not both 0.

    `in_weeks` says that the days were written as weeks, and are told so.
    """

    months: int = 0
    days: int = 0
    in_weeks: bool = field(default=False, compare=False)

    @classmethod
    def parse(cls, text: str) -> Duration:
        """Read `P1Y6M`, `P45D`…; raise ValueError with a sentence otherwise."""
        match = _FORM.fullmatch(text.strip().upper())
        years, months, weeks, days = (
            (int(part or 0) for part in match.groups()) if match else (0,) * 4
        )
        if not (years or months or weeks or days):
            raise ValueError(
                f"« {text} » n'est pas une durée : écrire par exemple « P6M » (six mois) ou « P45D » (45 jours)"
            )
        in_weeks = not (years or months or days)
        duration = cls(12 * years + months, 7 * weeks + days, in_weeks)
        if duration.nominal_days > _LONGEST_IN_DAYS:
            raise ValueError(f"« {text} » dépasse cent ans")
        return duration

    def __str__(self) -> str:
        if self.in_weeks:
            return f"P{self.days // 7}W"
        return (
            "P"
            + (f"{self.months}M" if self.months else "")
            + (f"{self.days}D" if self.days else "")
        )

    def after(self, day: date) -> date:
        """The day this long after `day`; the 31st falls back on the last day of a shorter month."""
        return day + relativedelta(months=self.months, days=self.days)

    def before(self, day: date) -> date:
        return day - relativedelta(months=self.months, days=self.days)

    def times(self, count: int) -> Duration:
        return replace(self, months=self.months * count, days=self.days * count)

    @property
    def nominal_days(self) -> float:
        """About how many days, for comparisons between durations (a month is 365.25 / 12 days)."""
        return self.months * 365.25 / 12 + self.days

    def in_french(self) -> str:
        """« 6 mois », « 1 an », « 45 jours », « 6 semaines », « 1 mois et 15 jours »."""
        years, months = divmod(self.months, 12)
        days = (
            (self.days // 7, "semaine", "semaines")
            if self.in_weeks
            else (self.days, "jour", "jours")
        )
        parts = [
            f"{count} {one if count == 1 else many}"
            for count, one, many in (
                (years, "an", "ans"),
                (months, "mois", "mois"),
                days,
            )
            if count
        ]
        return " et ".join(parts)

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        def read(value: Any) -> Duration:
            if isinstance(value, Duration):
                return value
            if not isinstance(value, str):
                raise ValueError(f"« {value} » n'est pas une durée : écrire par exemple « P6M »")
            return cls.parse(value)

        return core_schema.no_info_plain_validator_function(
            read, serialization=core_schema.plain_serializer_function_ser_schema(str)
        )


@dataclass(frozen=True, slots=True)
class Every:
    """Again and again, each time after so long."""

    duration: Duration


def reminded_on(
    since: date, every: Duration | None, *, today: date, most: int | None = None
) -> date:
    """The last of `since`, `since + every`, … that is not after `today`; `most` repetitions at most."""
    count = 0
    while every and count != most and every.times(count + 1).after(since) <= today:
        count += 1
    return every.times(count).after(since) if every else since
