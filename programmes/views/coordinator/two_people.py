"""Choosing two people of a cohort by name, the second with what the rules say of the two."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from people import clock
from people.models import Person
from people.numbers import is_key
from programmes.models import Cohort, Enrolment
from programmes.policy.terms import BOTH, Role
from programmes.policy.verdict import Verdict
from programmes.queries.desk import enrolments_matching
from programmes.queries.pool import pool_of
from programmes.queries.prospects import Prospect, prospects_of, recall_on_hold
from programmes.sentences import tell_all
from programmes.words import fill

SHOWN = 10

Chosen = Mapping[Role, Enrolment | None]


@dataclass(frozen=True)
class Found:
    """Someone to choose; beside who was chosen before, what stands against the two and how they suit."""

    enrolment: Enrolment
    beside: Enrolment | None
    against: list[str]
    advice: list[str]
    alike: list[str]
    closeness: int | None


@dataclass(frozen=True)
class Side:
    """Who was chosen in a role, or the first of those who may be; `rest` is the other side's address.

    `anyway` is what stands against whoever was chosen on the other side, whomever they are put with.
    """

    role: Role
    chosen: Enrolment | None
    word: str
    found: list[Found]
    count: int
    rest: str
    anyway: list[str]


def chosen_from(given: Mapping[str, str], cohort: Cohort) -> Chosen:
    """The two people whom an address or a form names (`mentor=12`), if they are in the pool."""
    return {role: _named(given.get(role, ""), role, cohort) for role in BOTH}


def sides_of(given: Mapping[str, str], cohort: Cohort, chosen: Chosen, *, by: Person) -> list[Side]:
    """Both sides, the one that is chosen first; who is missing is searched for (`mentor_q=nom`)."""
    return [
        _side(role, given.get(f"{role}_q", "")[:100], cohort, chosen, by)
        for role in sorted(BOTH, key=lambda role: chosen[role] is None)
    ]


def _named(number: str, role: Role, cohort: Cohort) -> Enrolment | None:
    one = pool_of(cohort, role).filter(pk=number).first() if is_key(number) else None
    if one:
        one.cohort = cohort
    return one


def _side(role: Role, word: str, cohort: Cohort, chosen: Chosen, by: Person) -> Side:
    other = chosen[role.other]
    rest = f"{role.other}={other.pk}" if other else ""
    if one := chosen[role]:
        return Side(role, one, word, [], 0, rest, [])
    people = enrolments_matching(pool_of(cohort, role), name=word)
    if other is None:
        first = [_alone(one, cohort) for one in people[:SHOWN]]
        return Side(role, None, word, first, people.count(), rest, [])
    prospects = prospects_of(other, list(people), by=by, today=clock.today())
    prospects.sort(key=_order)
    first = [_beside(one, role, cohort) for one in prospects[:SHOWN]]
    anyway = _told_of(prospects[0].verdict, role.other, cohort) if prospects else []
    return Side(role, None, word, first, len(prospects), rest, anyway)


def _alone(one: Enrolment, cohort: Cohort) -> Found:
    advice = tell_all(recall_on_hold(one).advisories, cohort.vocabulary)
    return Found(one, None, [], advice, [], None)


def _beside(prospect: Prospect, role: Role, cohort: Cohort) -> Found:
    two = {Role.MENTOR: prospect.mentor, Role.MENTEE: prospect.mentee}
    vocabulary = cohort.vocabulary
    against, advice = (
        [one for one in told if one.about != role.other]
        for told in (prospect.verdict.breaches, prospect.verdict.advisories)
    )
    return Found(
        two[role],
        two[role.other],
        tell_all(against, vocabulary),
        tell_all(advice, vocabulary),
        [fill(merit.label, vocabulary) for merit in prospect.merits if merit.closeness > 0.99],
        prospect.closeness if prospect.merits else None,
    )


def _told_of(verdict: Verdict, role: Role, cohort: Cohort) -> list[str]:
    """What is said of one of the two alone."""
    about = [one for one in (*verdict.breaches, *verdict.advisories) if one.about == role]
    return tell_all(about, cohort.vocabulary)


def _order(prospect: Prospect) -> tuple[bool, bool, int, int]:
    """Whom nothing stands against, then who a derogation may be given; who suits best first."""
    verdict = prospect.verdict
    return (
        not verdict.only_derogable,
        not verdict.is_clear,
        len(verdict.advisories),
        -prospect.closeness,
    )
