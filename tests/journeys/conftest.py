"""A pair's year, programme by programme."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from people.models import Organisation, Person
from tests.factories.programmes import make_preset
from tests.journeys.year import Year

StartYear = Callable[..., Year]


@pytest.fixture
def begin(organisation: Organisation, alix: Person) -> StartYear:
    """Opens a cohort of one of the programmes that come with the product; Alix runs it."""

    def open_year(stem: str, *, opens_on: str, **dates: str) -> Year:
        return Year(make_preset(organisation, stem), team=alix, opens_on=opens_on, **dates)

    return open_year
