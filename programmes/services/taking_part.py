"""Someone whom an association listed takes part themself."""

from __future__ import annotations

from people.models import Person
from programmes.models import Enrolment


def take_part(enrolment: Enrolment, *, by: Person) -> None:
    """Whoever hands in, accepts or chooses something is shown by their account from now on.

    What the association's list called them is forgotten. Looking in, declining or withdrawing
    shows nobody's account.
    """
    if enrolment.listed_email and enrolment.person_id == by.pk:
        enrolment.listed_first_name = enrolment.listed_last_name = enrolment.listed_email = ""
        enrolment.save(update_fields=["listed_first_name", "listed_last_name", "listed_email"])
