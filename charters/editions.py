"""A newer edition of the charter, for those who accepted a former one (I11)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from charters.models import CharterVersion
from charters.queries import current_charter
from programmes.enums import LIVE_PAIR_STATES, EnrolmentState
from programmes.models import Cohort, Enrolment, Pair

ENTERED = (EnrolmentState.SUBMITTED, EnrolmentState.ADMITTED, EnrolmentState.WAITLISTED)


@dataclass(frozen=True)
class NewerEdition:
    """What is in force now, after the `former` that someone accepted; `is_asked`: to accept it too."""

    former: CharterVersion
    version: CharterVersion
    is_asked: bool


def newer_edition(enrolment: Enrolment, on: date) -> NewerEdition | None:
    """The edition that came into force since this person accepted one."""
    if enrolment.charter_version is None:
        return None
    programme = enrolment.cohort.programme
    current = current_charter(programme, on)
    if current is None or current.number <= enrolment.charter_version:
        return None
    former = CharterVersion.objects.get(programme=programme, number=enrolment.charter_version)
    asks = enrolment.cohort.rules.acceptance.ask_again
    is_asked = asks and still_concerned(enrolment.cohort).contains(enrolment)
    return NewerEdition(former, current, is_asked)


def still_concerned(cohort: Cohort) -> QuerySet[Enrolment]:
    """Who has entered and whose time is not over: no pair yet, or one that lives."""
    theirs = Pair.objects.filter(Q(mentor=OuterRef("pk")) | Q(mentee=OuterRef("pk")))
    return Enrolment.objects.filter(
        ~Exists(theirs) | Exists(theirs.filter(state__in=LIVE_PAIR_STATES)),
        cohort=cohort,
        state__in=ENTERED,
    )


def asked_again(cohort: Cohort, on: date) -> Iterator[tuple[Enrolment, CharterVersion]]:
    """Who accepted a former edition and is asked for the one in force."""
    if not cohort.rules.acceptance.ask_again:
        return
    current = current_charter(cohort.programme, on)
    if current is None:
        return
    for enrolment in still_concerned(cohort).filter(charter_version__lt=current.number):
        yield enrolment, current
