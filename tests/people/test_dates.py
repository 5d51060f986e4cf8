from datetime import date

import pytest
from django.template import Context, Template
from django.utils import translation

from people.dates import date_format


@pytest.mark.parametrize(
    ("day", "form", "said"),
    [
        (date(2026, 10, 1), "DATE_FORMAT", "1er octobre 2026"),
        (date(2026, 10, 1), "l j F", "jeudi 1er octobre"),
        (date(2026, 9, 1), "j N Y", "1er sept. 2026"),
        (date(2027, 1, 1), "j N Y", "1er janv. 2027"),
        (date(2027, 2, 11), "l j N", "jeudi 11 févr."),
        (date(2026, 10, 21), "DATE_FORMAT", "21 octobre 2026"),
        (date(2026, 10, 11), "j F Y", "11 octobre 2026"),
        (date(2026, 10, 1), "d/m/Y", "01/10/2026"),
    ],
)
def test_dates_are_written_as_in_french(day: date, form: str, said: str) -> None:
    assert date_format(day, form) == said


def test_english_keeps_its_own_way() -> None:
    with translation.override("en"):
        assert date_format(date(2026, 10, 1), "j F Y") == "1 October 2026"


def test_every_template_writes_dates_so() -> None:
    template = Template('{{ day|date:"j F Y" }}{{ nothing|date:"j F Y" }}')

    assert template.render(Context({"day": date(2026, 10, 1), "nothing": None})) == (
        "1er octobre 2026"
    )
