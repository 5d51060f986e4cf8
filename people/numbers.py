"""Whole numbers as French writes them: « 250 000 »."""

from django.utils.formats import number_format


def grouped(number: int) -> str:
    """Thousands apart; in French by a narrow space (U+202F), where Django has a wide one."""
    return number_format(number, force_grouping=True).replace("\u00a0", "\u202f")
