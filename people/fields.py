"""Form fields of the product's own."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext_lazy as _

FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2199, 12, 31)


class DayField(forms.DateField):
    """A day of a lifetime: dates at the ends of the calendar are slips, and nothing follows them."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        unlikely = _("Vérifiez l'année de cette date.")
        self.validators += [
            MinValueValidator(FIRST_DAY, message=unlikely),
            MaxValueValidator(LAST_DAY, message=unlikely),
        ]
