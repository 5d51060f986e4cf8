"""Dates as French writes them: « 1er octobre », « janv. », which Django's formats do not say."""

import re
from datetime import date, datetime
from functools import cache

from django.utils import dates, formats
from django.utils.translation import get_language, override

# Where Django's abbreviations are not those of the Imprimerie nationale.
_SHORT_MONTHS = {"jan.": "janv.", "fév.": "févr."}
_SHORT_MONTH = re.compile(r"\b(?:jan|fév)\.")


def date_format(value: date | datetime, form: str = "DATE_FORMAT") -> str:
    """Django's `date_format`, as French writes it."""
    return as_french_writes(formats.date_format(value, form))


def as_french_writes(text: str) -> str:
    """« 1 jan. 2027 » becomes « 1er janv. 2027 », when French is spoken."""
    if not (get_language() or "").startswith("fr"):
        return text
    return _SHORT_MONTH.sub(
        lambda month: _SHORT_MONTHS[month[0]], _first_of_month().sub("1er", text)
    )


@cache
def _first_of_month() -> re.Pattern[str]:
    with override("fr"):
        names = {str(name) for table in (dates.MONTHS, dates.MONTHS_AP) for name in table.values()}
    return re.compile(rf"\b1(?= (?:{'|'.join(re.escape(name) for name in sorted(names))})(?!\w))")
