"""« 250 000 », in every template (`builtins` in the settings)."""

from typing import Any

from django import template

from people import numbers

register = template.Library()


@register.filter
def grouped(value: Any) -> Any:
    """A whole number with its thousands apart; anything else as it is."""
    return numbers.grouped(value) if isinstance(value, int) else value
