"""One enrolment as the team weighs it: what stands against it, and where membership, fee and charter stand."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from people.mailboxes import mailbox_of
from programmes.enums import EnrolmentState
from programmes.lifecycle import ENROLMENT
from programmes.models import (
    Cohort,
    Derogation,
    Enrolment,
    Exclusion,
    FeeAccount,
    Pair,
    Programme,
)
from programmes.policy.entering import judge_admission, judge_membership, judge_standing_in_cohort
from programmes.policy.evidence import Candidate, MembershipStanding
from programmes.policy.verdict import Verdict
from programmes.queries.candidates import candidate_of, candidates_of
from programmes.queries.desk import enrolments_matching
from programmes.queries.exclusions import excluded_mailboxes
from programmes.queries.names import by_name

DECISIONS = ("admit", "waitlist", "reconsider", "reopen", "refuse")


@dataclass(frozen=True)
class Weighing:
    """What the rules say of an enrolment today; `verdict` is about its next step."""

    candidate: Candidate
    verdict: Verdict
    membership: Verdict
    acts: tuple[str, ...]


def weigh(enrolment: Enrolment, *, today: date) -> Weighing:
    """To be decided: may it be admitted? Admitted: may it be matched? Else nothing is asked."""
    candidate = candidate_of(enrolment, today=today)
    rules = enrolment.cohort.rules
    verdict = Verdict()
    if enrolment.state in (EnrolmentState.SUBMITTED, EnrolmentState.WAITLISTED):
        verdict = judge_admission(rules, candidate, today=today)
    elif enrolment.state == EnrolmentState.ADMITTED:
        verdict = judge_standing_in_cohort(rules, candidate)
    return Weighing(
        candidate=candidate,
        verdict=verdict,
        membership=judge_membership(rules, candidate.role, candidate.standing),
        acts=acts_on(enrolment),
    )


def acts_on(enrolment: Enrolment) -> tuple[str, ...]:
    """The decisions that the state of an enrolment allows."""
    return tuple(
        act
        for act in DECISIONS
        if enrolment.state in ENROLMENT[act].sources
        and (act != "reconsider" or enrolment.submitted_at is not None)
    )


def fee_of(enrolment: Enrolment) -> FeeAccount | None:
    return FeeAccount.objects.filter(enrolment=enrolment).first()


def exclusion_of(enrolment: Enrolment) -> Exclusion | None:
    """Why and since when an excluded person is (K1): for the teams, never for the person."""
    if enrolment.state != EnrolmentState.EXCLUDED:
        return None
    return Exclusion.objects.filter(
        organisation=enrolment.cohort.programme.organisation_id, person=enrolment.person_id
    ).first()


def derogations_of(enrolment: Enrolment) -> QuerySet[Derogation]:
    """What was let pass for this enrolment, alone or in a pair."""
    return Derogation.objects.filter(Q(enrolment=enrolment) | Q(other=enrolment)).select_related(
        "granted_by", "enrolment__person", "enrolment__cohort__rule_set", "other__person"
    )


def pairs_of(enrolment: Enrolment) -> QuerySet[Pair]:
    return (
        Pair.objects.filter(Q(mentor=enrolment) | Q(mentee=enrolment))
        .select_related("mentor__person", "mentee__person", "cohort__rule_set", "cohort__programme")
        .order_by("-created_at")
    )


@dataclass(frozen=True)
class StandingLine:
    """Someone in a programme, their membership, and whether it is what their role asks."""

    enrolment: Enrolment
    standing: MembershipStanding
    is_enough: bool


IN_PROGRAMME = (EnrolmentState.SUBMITTED, EnrolmentState.WAITLISTED, EnrolmentState.ADMITTED)


def standings_in(programme: Programme, *, name: str, today: date) -> list[StandingLine]:
    """The standing of everyone in a programme, by name, in a fixed number of queries."""
    enrolments = enrolments_matching(
        Enrolment.objects.filter(cohort__programme=programme, state__in=IN_PROGRAMME), name=name
    )
    enrolments = enrolments.select_related(
        "person", "cohort__programme__organisation", "cohort__rule_set"
    ).order_by(*by_name())
    candidates = candidates_of(enrolments, today=today)
    lines = []
    for enrolment in enrolments:
        standing = candidates[enrolment.pk].standing
        verdict = judge_membership(enrolment.cohort.rules, enrolment.as_role, standing)
        lines.append(StandingLine(enrolment, standing, verdict.is_clear))
    return lines


def excluded_among(cohort: Cohort, addresses: Iterable[str]) -> frozenset[str]:
    """Which of these addresses the association has excluded for good (K1)."""
    excluded = excluded_mailboxes(cohort.programme.organisation_id)
    return frozenset(address for address in addresses if mailbox_of(address) in excluded)
