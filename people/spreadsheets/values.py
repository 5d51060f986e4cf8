"""What a cell says, as a value: tolerant of French and English habits, never guessing.

Each `parse_*` takes the text of a cell and returns None (an empty list for `parse_list`) when
it is empty; it raises `Misread`, whose message is a sentence, when it cannot tell.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from typing import TypeVar

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from people.spreadsheets.columns import normalise
from people.spreadsheets.table import Problem, Row

Value = TypeVar("Value")

_YES = {"oui", "o", "yes", "y", "vrai", "true", "1", "x", "✓", "✔", "☑", "ok"}
_NO = {"non", "n", "no", "faux", "false", "0", "-", "–", "✗", "☐"}

_INTEGER = re.compile(r"([+-]?)(\d{1,3}(?:[ \u00a0\u202f']\d{3})+|\d{1,15})(?:[.,]0+)?", re.ASCII)
_DAY_FIRST = re.compile(r"(\d{1,2})[/.\- ](\d{1,2})[/.\- ](\d{4})", re.ASCII)
_YEAR_FIRST = re.compile(r"(\d{4})[/.\-](\d{1,2})[/.\-](\d{1,2})", re.ASCII)
_SHORT_YEAR = re.compile(r"\d{1,2}[/.\- ]\d{1,2}[/.\- ]\d{2}", re.ASCII)
_IN_WORDS = re.compile(r"(\d{1,2})(?:er|st|nd|rd|th)? ([a-z]+) (\d{4})", re.ASCII)
_TIME = re.compile(r"[T ]\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?$", re.ASCII)
_SERIAL = re.compile(r"\d{5}(?:[.,]\d+)?", re.ASCII)
_EXCEL_DAY_ZERO = dt.date(1899, 12, 30)
_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "janvier janv january jan",
            "fevrier fevr fev february feb",
            "mars march mar",
            "avril avr april apr",
            "mai may",
            "juin june jun",
            "juillet juil july jul",
            "aout august aug",
            "septembre sept september sep",
            "octobre oct october",
            "novembre nov november",
            "decembre dec december",
        ),
        start=1,
    )
    for name in names.split(" ")
}


class Misread(ValueError):
    """A cell that cannot be understood; the message is a sentence for people."""


def read_cell(
    row: Row, column: int, parse: Callable[[str], Value], problems: list[Problem]
) -> Value | None:
    """The value of a cell (column counted from 0), or None and one more problem."""
    try:
        return parse(row[column])
    except Misread as misread:
        problems.append(Problem(row.line, column + 1, str(misread)))
        return None


def parse_yes_no(text: str) -> bool | None:
    word = text.strip().casefold()
    if not word:
        return None
    if word in _YES:
        return True
    if word in _NO:
        return False
    raise Misread(_("« %(text)s » n'est ni oui ni non.") % {"text": _shown(text)})


def parse_integer(
    text: str, *, minimum: int | None = None, maximum: int | None = None
) -> int | None:
    """« 12 », « 1 200 », « 12,0 »; « 1,234 » could mean two things and is refused."""
    if not text.strip():
        return None
    match = _INTEGER.fullmatch(text.strip())
    if not match:
        raise Misread(_("« %(text)s » n'est pas un nombre entier.") % {"text": _shown(text)})
    number = int(match[1] + re.sub(r"\D", "", match[2]))
    if minimum is not None and number < minimum:
        raise Misread(
            _("%(number)d est trop petit : %(minimum)d au moins.")
            % {"number": number, "minimum": minimum}
        )
    if maximum is not None and number > maximum:
        raise Misread(
            _("%(number)d est trop grand : %(maximum)d au plus.")
            % {"number": number, "maximum": maximum}
        )
    return number


def parse_date(text: str) -> dt.date | None:
    """« 31/12/2026 » (the day first), « 2026-12-31 », « 31 décembre 2026 », Excel's day number."""
    written = _TIME.sub("", text.strip())
    if not written:
        return None
    day_first = _DAY_FIRST.fullmatch(written)
    if day_first:
        return _date(text, int(day_first[3]), int(day_first[2]), int(day_first[1]))
    year_first = _YEAR_FIRST.fullmatch(written)
    if year_first:
        return _date(text, int(year_first[1]), int(year_first[2]), int(year_first[3]))
    in_words = _IN_WORDS.fullmatch(normalise(written))
    if in_words and in_words[2] in _MONTHS:
        return _date(text, int(in_words[3]), _MONTHS[in_words[2]], int(in_words[1]))
    if _SERIAL.fullmatch(written):
        return _EXCEL_DAY_ZERO + dt.timedelta(days=int(written[:5]))
    if _SHORT_YEAR.fullmatch(written):
        raise Misread(
            _("« %(text)s » : écrivez l'année en quatre chiffres.") % {"text": _shown(text)}
        )
    raise Misread(_("« %(text)s » n'est pas une date comme 31/12/2026.") % {"text": _shown(text)})


def _date(text: str, year: int, month: int, day: int) -> dt.date:
    try:
        return dt.date(year, month, day)
    except ValueError:
        pass
    if month > 12 >= day:
        raise Misread(_("« %(text)s » : le jour s'écrit avant le mois.") % {"text": _shown(text)})
    raise Misread(_("« %(text)s » : ce jour n'existe pas.") % {"text": _shown(text)})


def parse_email(text: str) -> str | None:
    """The address in lower case, also out of « Camille <camille@example.org> »."""
    address = text.strip()
    if not address:
        return None
    if address.endswith(">") and "<" in address:
        address = address[address.rindex("<") + 1 : -1]
    address = address.strip().removeprefix("mailto:").lower()
    try:
        validate_email(address)
    except ValidationError:
        raise Misread(
            _("« %(text)s » n'est pas une adresse e-mail.") % {"text": _shown(text)}
        ) from None
    if len(address) > 254:
        raise Misread(_("« %(text)s » est une adresse trop longue.") % {"text": _shown(text)})
    return address


def parse_list(text: str) -> list[str]:
    """« a; b, c » or one item a line, each item once."""
    items: dict[str, str] = {}
    for item in re.split(r"[;,|\n•]", text):
        shown = " ".join(item.split())
        if shown:
            items.setdefault(shown.casefold(), shown)
    return list(items.values())


def _shown(text: str) -> str:
    """A cell short enough to be part of a sentence."""
    line = " ".join(text.split())
    return line if len(line) <= 40 else f"{line[:39]}…"
