"""Enrolments as the rules see them: evidence built from what is stored, never from a form."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from datetime import date

from django.db.models import Max, Q

from people.models import Membership, PaidPeriod
from programmes.enums import LIVE_PAIR_STATES, FeeState
from programmes.models import Derogation, Enrolment, FeeAccount, Objective, Pair
from programmes.policy.evidence import (
    Candidate,
    CharterAcceptance,
    ChosenObjective,
    FeeStanding,
    MembershipStanding,
)
from programmes.policy.questionnaire import Answer
from programmes.queries.exclusions import excluded_people


def candidate_of(enrolment: Enrolment, *, today: date) -> Candidate:
    return candidates_of([enrolment], today=today)[enrolment.pk]


def candidates_of(
    enrolments: Iterable[Enrolment],
    *,
    today: date,
    counting: Collection[str] = LIVE_PAIR_STATES,
) -> dict[int, Candidate]:
    """A `Candidate` for each enrolment of one programme, by id, in a fixed number of queries.

    Pairs in the states of `counting` take a place.
    """
    enrolments = list(enrolments)
    if not enrolments:
        return {}
    programme = enrolments[0].cohort.programme
    people = [enrolment.person_id for enrolment in enrolments]
    standings = _standings(programme.organisation_id, people, today)
    objectives = _objectives(enrolments)
    live = _live_pairs(programme.pk, people, counting)
    excluded = excluded_people(programme.organisation_id, (one.person for one in enrolments))
    granted: dict[int, set[str]] = {}
    for pk, breach in Derogation.objects.filter(enrolment__in=enrolments, other=None).values_list(
        "enrolment_id", "breach"
    ):
        granted.setdefault(pk, set()).add(breach)
    fees = _fees(enrolments)
    return {
        enrolment.pk: Candidate(
            key=enrolment.person_id,
            role=enrolment.as_role,
            answers=answers_of(enrolment),
            objectives=objectives.get(enrolment.pk, ()),
            declarations=frozenset(enrolment.declarations),
            standing=standings.get(enrolment.person_id, MembershipStanding()),
            fee=fees[enrolment.pk],
            acceptance=acceptance_of(enrolment),
            capacity=enrolment.capacity,
            live_pairs=live[enrolment.role, enrolment.person_id],
            is_excluded=enrolment.person_id in excluded,
            derogations=frozenset(granted.get(enrolment.pk, ())),
        )
        for enrolment in enrolments
    }


def answers_of(enrolment: Enrolment) -> Mapping[str, Answer]:
    """The stored answers with lists as tuples, as the rules compare them."""
    return {
        code: tuple(value) if isinstance(value, list) else value
        for code, value in enrolment.answers.items()
    }


def acceptance_of(enrolment: Enrolment) -> CharterAcceptance | None:
    if enrolment.charter_version is None or enrolment.charter_accepted_at is None:
        return None
    return CharterAcceptance(
        version=enrolment.charter_version,
        digest=enrolment.charter_digest,
        role=enrolment.as_role,
        accepted_at=enrolment.charter_accepted_at,
        commitments=frozenset(enrolment.charter_commitments),
        missing=frozenset(enrolment.charter_missing),
    )


def standing_of(organisation_id: int, person_id: int, *, today: date) -> MembershipStanding:
    return _standings(organisation_id, [person_id], today).get(person_id, MembershipStanding())


def granted_to_pair(mentor: Enrolment, mentee: Enrolment) -> frozenset[str]:
    """The derogations granted for these two together."""
    return frozenset(
        Derogation.objects.filter(
            Q(enrolment=mentor, other=mentee) | Q(enrolment=mentee, other=mentor)
        ).values_list("breach", flat=True)
    )


def _standings(
    organisation_id: int, people: list[int], today: date
) -> dict[int, MembershipStanding]:
    memberships = Membership.objects.filter(organisation_id=organisation_id, person_id__in=people)
    paid_until = dict(
        PaidPeriod.objects.filter(membership__in=memberships, starts_on__lte=today)
        .values_list("membership")
        .annotate(Max("ends_on"))
    )
    standings = {}
    for pk, person, is_alumnus in memberships.values_list("pk", "person_id", "is_alumnus"):
        until = paid_until.get(pk)
        standings[person] = MembershipStanding(
            is_member=True,
            is_alumnus=is_alumnus,
            paid_until=until,
            paid_today=until is not None and today <= until,
        )
    return standings


def _objectives(enrolments: list[Enrolment]) -> dict[int, tuple[ChosenObjective, ...]]:
    chosen: dict[int, tuple[ChosenObjective, ...]] = {}
    for objective in Objective.objects.filter(enrolment__in=enrolments).order_by("position"):
        one = ChosenObjective(objective.theme, objective.text)
        chosen[objective.enrolment_id] = (*chosen.get(objective.enrolment_id, ()), one)
    return chosen


def _live_pairs(
    programme_id: int, people: list[int], counting: Collection[str]
) -> Counter[tuple[str, int]]:
    """How many pairs in these states each person has in the programme, in each role, across its cohorts."""
    live: Counter[tuple[str, int]] = Counter()
    pairs = Pair.objects.filter(cohort__programme_id=programme_id, state__in=counting)
    for mentor, mentee in pairs.filter(
        Q(mentor__person__in=people) | Q(mentee__person__in=people)
    ).values_list("mentor__person_id", "mentee__person_id"):
        live["mentor", mentor] += 1
        live["mentee", mentee] += 1
    return live


def _fees(enrolments: list[Enrolment]) -> dict[int, FeeStanding]:
    accounts = {
        account.enrolment_id: account
        for account in FeeAccount.objects.filter(enrolment__in=enrolments)
    }
    # Rules are read from their document once for each cohort, not once for each person.
    cohorts = {one.cohort_id: one.cohort for one in enrolments}
    fee_of = {pk: cohort.rules.fee for pk, cohort in cohorts.items()}
    standings = {}
    for enrolment in enrolments:
        fee = fee_of[enrolment.cohort_id]
        account = accounts.get(enrolment.pk)
        if fee is None or fee.role is not enrolment.as_role:
            standings[enrolment.pk] = FeeStanding()
        elif account is None:
            standings[enrolment.pk] = FeeStanding(amount=fee.amount)
        else:
            standings[enrolment.pk] = FeeStanding(
                amount=account.amount,
                is_settled=account.state == FeeState.SETTLED,
                is_waived=account.state == FeeState.WAIVED,
            )
    return standings
