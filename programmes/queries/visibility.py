"""Who sees what: the only way a view fetches. What is invisible is not there (404).

Platform administrators are no exception: the stock admin shows them what they may manage.
"""

from __future__ import annotations

from django.db.models import Q, QuerySet

from people.models import Person
from programmes.enums import PairState
from programmes.models import Cohort, Concern, Enrolment, Pair, Programme

# Pairs that the two people see: from the proposal on.
SHOWN_TO_PEOPLE = [state for state in PairState.values if state != PairState.DRAFTED]
# A draft that was dropped: nobody ever heard of it.
_DROPPED_DRAFT = Q(state=PairState.CANCELLED, proposed_at=None, introduced_at=None)


def programmes_coordinated_by(person: Person) -> QuerySet[Programme]:
    """The programmes this person runs, as a member of a team or responsible for the association."""
    return (
        Programme.objects.filter(
            Q(coordinators__person=person)
            | Q(organisation__roles__person=person, organisation__roles__kind="manager")
        )
        .select_related("organisation")
        .distinct()
    )


def team_of(programme: Programme) -> QuerySet[Person]:
    """Everyone who coordinates the programme, and the association's managers."""
    return Person.objects.filter(
        Q(coordinated__programme=programme)
        | Q(
            organisation_roles__organisation=programme.organisation,
            organisation_roles__kind="manager",
        ),
        is_active=True,
    ).distinct()


def public_programmes() -> QuerySet[Programme]:
    return Programme.objects.filter(is_open=True).select_related("organisation")


def cohorts_coordinated_by(person: Person) -> QuerySet[Cohort]:
    return Cohort.objects.filter(programme__in=programmes_coordinated_by(person)).select_related(
        "programme__organisation", "rule_set"
    )


def enrolments_coordinated_by(person: Person) -> QuerySet[Enrolment]:
    return Enrolment.objects.filter(
        cohort__programme__in=programmes_coordinated_by(person)
    ).select_related("person", "cohort__programme__organisation", "cohort__rule_set")


def own_enrolments(person: Person) -> QuerySet[Enrolment]:
    return Enrolment.objects.filter(person=person).select_related(
        "person", "cohort__programme__organisation", "cohort__rule_set"
    )


def pairs_coordinated_by(person: Person) -> QuerySet[Pair]:
    return Pair.objects.filter(
        cohort__programme__in=programmes_coordinated_by(person)
    ).select_related(*_PAIR_RELATIONS)


def own_pairs(person: Person) -> QuerySet[Pair]:
    """The pairs someone is one of the two of, once proposed."""
    return Pair.objects.filter(
        ~_DROPPED_DRAFT,
        Q(mentor__person=person) | Q(mentee__person=person),
        state__in=SHOWN_TO_PEOPLE,
    ).select_related(*_PAIR_RELATIONS)


def pairs_of(enrolment: Enrolment) -> QuerySet[Pair]:
    """The pairs of one enrolment that its person sees."""
    return Pair.objects.filter(
        ~_DROPPED_DRAFT,
        Q(mentor=enrolment) | Q(mentee=enrolment),
        state__in=SHOWN_TO_PEOPLE,
    ).select_related(*_PAIR_RELATIONS)


def concerns_coordinated_by(person: Person) -> QuerySet[Concern]:
    """Concerns reach the team, but never a coordinator who is or was in a pair with the person."""
    return (
        Concern.objects.filter(programme__in=programmes_coordinated_by(person))
        .exclude(enrolment__in=_enrolments_paired_with(person))
        .select_related(
            "enrolment__person",
            "enrolment__cohort__rule_set",
            "programme__organisation",
            "pair__mentor__person",
            "pair__mentee__person",
        )
    )


def readers_of_concerns(enrolment: Enrolment) -> QuerySet[Person]:
    """Who of the team reads what this person tells: nobody who is or was in a pair with them."""
    two = pairs_of(enrolment).values_list("mentor__person", "mentee__person")
    concerned = {person_id for ids in two for person_id in ids}
    return team_of(enrolment.cohort.programme).exclude(pk__in=concerned | {enrolment.person_id})


def _enrolments_paired_with(person: Person) -> QuerySet[Enrolment]:
    """Everyone who is or was in a pair with this person, and the person themselves."""
    return Enrolment.objects.filter(
        Q(person=person)
        | Q(pairs_as_mentor__mentee__person=person, pairs_as_mentor__state__in=SHOWN_TO_PEOPLE)
        | Q(pairs_as_mentee__mentor__person=person, pairs_as_mentee__state__in=SHOWN_TO_PEOPLE)
    )


_PAIR_RELATIONS = (
    "mentor__person",
    "mentee__person",
    "cohort__programme__organisation",
    "cohort__rule_set",
)
