"""Whole numbers: as French writes them (« 250 000 »), as keys that people hand in."""

from django.utils.formats import number_format

LONGEST_KEY = 18  # digits: what a database takes as a number


def is_key(text: str) -> bool:
    """Whether what an address or a form hands in may be the number of something kept."""
    return text.isascii() and text.isdecimal() and len(text) <= LONGEST_KEY


def grouped(number: int) -> str:
    """Thousands apart; in French by a narrow space (U+202F), where Django has a wide one."""
    return number_format(number, force_grouping=True).replace("\u00a0", "\u202f")
