"""Dates as French writes them: « 1er octobre », which Django's formats cannot say."""

import re
from datetime import date, datetime
from functools import cache

from django.utils import dates, formats
from django.utils.translation import get_language, override


def date_format(value: date | datetime, form: str = "DATE_FORMAT") -> str:
    """Django's `date_format`, with the first of the month as an ordinal in French."""
    return with_ordinal(formats.date_format(value, form))


def with_ordinal(text: str) -> str:
    """« 1 octobre 2026 » becomes « 1er octobre 2026 », when French is spoken."""
    if not (get_language() or "").startswith("fr"):
        return text
    return _first_of_month().sub("1er", text)


@cache
def _first_of_month() -> re.Pattern[str]:
    with override("fr"):
        names = {str(name) for table in (dates.MONTHS, dates.MONTHS_AP) for name in table.values()}
    return re.compile(rf"\b1(?= (?:{'|'.join(re.escape(name) for name in sorted(names))})(?!\w))")
