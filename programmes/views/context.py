"""What the pages of a programme need besides their own."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth import get_user
from django.http import HttpRequest

from people.models import Person
from programmes.models import Cohort, Programme
from programmes.vocabulary import DEFAULT, Vocabulary
from programmes.words import fill


def person_of(request: HttpRequest) -> Person:
    """Who is logged in; only behind `login_required`."""
    person = get_user(request)
    if not isinstance(person, Person):
        raise TypeError("this page is for people who are logged in")
    return person


def say(
    request: HttpRequest, text: str, cohort: Cohort, role: str, *, level: int = messages.SUCCESS
) -> None:
    """A message for the next page, in the programme's words."""
    messages.add_message(request, level, fill(text, cohort.vocabulary, to=role))


def of_programme(programme: Programme, vocabulary: Vocabulary | None = None) -> dict[str, Any]:
    return {
        "programme": programme,
        "organisation": programme.organisation,
        "vocabulary": vocabulary or DEFAULT,
    }


def of_cohort(cohort: Cohort, *, role: str = "") -> dict[str, Any]:
    """A programme's page as someone in this role reads it."""
    return {
        **of_programme(cohort.programme, cohort.vocabulary),
        "cohort": cohort,
        "addressee": role,
    }
