"""`Enrolment.known_as` in SQL: `of` is the way to the enrolment, such as `mentor__`."""

from __future__ import annotations

from django.db.models import Case, F, Q, When

NAME = ("first_name", "last_name")


def by_name(of: str = "") -> tuple[Case, Case, F]:
    """Sort by the name shown: family name first."""
    return _known_as("last_name", of), _known_as("first_name", of), F(f"{of}pk")


def said_in(word: str, *fields: str, of: str = "") -> Q:
    """Whether one of these fields, as shown, has the word in it."""
    listed, own = Q(), Q()
    for field in fields:
        listed |= Q(**{f"{of}listed_{field}__icontains": word})
        own |= Q(**{f"{of}person__{field}__icontains": word})
    return listed | Q(own, **{f"{of}listed_email": ""})


def _known_as(field: str, of: str) -> Case:
    own = When(**{f"{of}listed_email": ""}, then=F(f"{of}person__{field}"))
    return Case(own, default=F(f"{of}listed_{field}"))
