"""Takes the place of Django's filter `date` in every template (`builtins` in the settings)."""

from typing import Any

from django import template
from django.template.defaultfilters import date as plain_date

from people.dates import as_french_writes

register = template.Library()


@register.filter(expects_localtime=True, is_safe=False)
def date(value: Any, form: str | None = None) -> str:
    return as_french_writes(plain_date(value, form))
