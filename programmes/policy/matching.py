"""Who may be matched with whom (P4, P5, P8, P9, P11, P13, P14, P19, M2, M3)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from programmes.policy.coherence import OBJECTIVES
from programmes.policy.criteria import Criterion, Outcome, blocks, breach_of, try_criterion
from programmes.policy.entering import judge_standing_in_cohort
from programmes.policy.evidence import Candidate
from programmes.policy.questionnaire import Answer
from programmes.policy.rules import Rules
from programmes.policy.terms import Role, Strength
from programmes.policy.verdict import Breach, Sentence, Verdict, gettext_noop, verdict_of


def judge_match(
    rules: Rules, mentor: Candidate, mentee: Candidate, *, granted: frozenset[str] = frozenset()
) -> Verdict:
    """May these two become a pair? Every breach at once; `granted` holds this pair's derogations."""
    criteria = judge_criteria(rules, mentor, mentee)
    return (
        verdict_of(_same_person(mentor, mentee))
        + criteria
        + verdict_of([*_seat(rules, mentor), *_seat(rules, mentee)])
        + _standing_of_one(rules, mentor)
        + _standing_of_one(rules, mentee)
    ).without(granted)


def judge_criteria(rules: Rules, mentor: Candidate, mentee: Candidate) -> Verdict:
    """What the criteria alone say: those that bind are breaches, recommendations advise."""
    breaches: list[Breach] = []
    advisories: list[Breach] = []
    for rule in rules.criteria:
        if rule.strength is Strength.PREFERENCE:
            continue
        outcome = _try(rules, rule, mentor, mentee)
        if not outcome.holds:
            breach = breach_of("criterion", rule, outcome)
            (breaches if blocks(rule.strength) else advisories).append(breach)
    return verdict_of(breaches, advisories)


def judge_seats(rules: Rules, candidate: Candidate) -> Verdict:
    """Has this person a free place (P13, P14)?"""
    return verdict_of(_seat(rules, candidate))


@dataclass(frozen=True)
class Merit:
    """How well one soft criterion is met: closeness 0 to 1, weight as set by the programme."""

    code: str
    label: str
    closeness: float
    weight: int


def merits_of(rules: Rules, mentor: Candidate, mentee: Candidate) -> tuple[Merit, ...]:
    """Every weighted criterion with how well the two meet it, in the programme's order."""
    return tuple(
        Merit(rule.code, rule.label, _try(rules, rule, mentor, mentee).closeness, rule.weight)
        for rule in rules.criteria
        if rule.weight
    )


def capacity_of(rules: Rules, candidate: Candidate) -> int | None:
    """How many live pairs this person may have: the lower of the rule and their own limit."""
    limits = [
        n for n in (getattr(rules.seats, candidate.role), candidate.capacity) if n is not None
    ]
    return min(limits, default=None)


def answers_for(rule: Criterion, candidate: Candidate) -> Answer:
    """What this person brings to a criterion: an answer, or the themes of their objectives."""
    code = rule.mentor if candidate.role is Role.MENTOR else rule.mentee
    if code == OBJECTIVES:
        return tuple(objective.theme for objective in candidate.objectives if objective.theme)
    return candidate.answers.get(code)


def _try(rules: Rules, rule: Criterion, mentor: Candidate, mentee: Candidate) -> Outcome:
    return try_criterion(
        rule, answers_for(rule, mentor), answers_for(rule, mentee), ranks=rules.ranks()
    )


def _standing_of_one(rules: Rules, candidate: Candidate) -> Verdict:
    standing = judge_standing_in_cohort(rules, candidate)
    return verdict_of(replace(breach, among_two=True) for breach in standing.breaches)


def _same_person(mentor: Candidate, mentee: Candidate) -> Iterator[Breach]:
    if mentor.key == mentee.key:
        yield Breach(
            "same_person",
            Sentence(gettext_noop("{le mentor} et {le mentoré} sont la même personne.")),
        )


def _seat(rules: Rules, candidate: Candidate) -> Iterator[Breach]:
    capacity = capacity_of(rules, candidate)
    if capacity is None or candidate.live_pairs < capacity:
        return
    facts = {"live": candidate.live_pairs, "capacity": capacity}
    if candidate.role is Role.MENTOR:
        one = gettext_noop(
            "{le mentor} accompagne déjà %(live)s personne ; sa limite est de %(capacity)s."
        )
        many = gettext_noop(
            "{le mentor} accompagne déjà %(live)s personnes ; sa limite est de %(capacity)s."
        )
    else:
        one = gettext_noop("{le mentoré} a déjà {un mentor} ; sa limite est de %(capacity)s.")
        many = gettext_noop(
            "{le mentoré} a déjà %(live)s {mentors} ; sa limite est de %(capacity)s."
        )
    yield Breach(
        f"capacity:{candidate.role}",
        Sentence(one, facts, many, candidate.live_pairs),
        about=candidate.role,
    )
