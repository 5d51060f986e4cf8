"""Locking several rows at once, always in the same order, so that no two acts wait for each other."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q

from programmes.models import Enrolment, Pair


def lock_pairs_of(enrolments: Iterable[Enrolment]) -> None:
    """Lock the pairs of these enrolments: always before the enrolments themselves, against deadlock."""
    ids = [enrolment.pk for enrolment in enrolments]
    theirs = Pair.objects.filter(Q(mentor__in=ids) | Q(mentee__in=ids)).order_by("pk")
    list(theirs.select_for_update(of=("self",)).values_list("pk"))


def lock_both(mentor: Enrolment, mentee: Enrolment) -> tuple[Enrolment, Enrolment]:
    """Both enrolments and their people's others in the programme, locked in one order against deadlock."""
    people = {mentor.person_id, mentee.person_id}
    rows = {
        row.pk: row
        for row in Enrolment.objects.select_for_update(of=("self",))
        .filter(person__in=people, cohort__programme_id=mentor.cohort.programme_id)
        .order_by("pk")
        .select_related("cohort__programme", "cohort__rule_set", "person")
    }
    return rows[mentor.pk], rows[mentee.pk]
