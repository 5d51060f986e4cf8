"""Runs as the team reads them: with names, and with what has become of their pairs since."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from matching.engine.choosing import next_best
from matching.engine.result import Result
from matching.engine.solving import solve
from matching.engine.table import Table
from matching.facts import Part, parts_of
from matching.gather import Gathered, gather_pool
from matching.models import Ruling, Run
from matching.records import Proposed, Without, pairs_of
from matching.telling import LABELS, label_of, tell_absence
from people.models import Person
from programmes.enums import LIVE_PAIR_STATES
from programmes.models import Cohort, Enrolment, Pair
from programmes.policy.entering import judge_standing_in_cohort
from programmes.queries.candidates import candidates_of
from programmes.queries.names import NAME, said_in
from programmes.queries.visibility import programmes_coordinated_by


def runs_coordinated_by(person: Person) -> QuerySet[Run]:
    return Run.objects.filter(
        cohort__programme__in=programmes_coordinated_by(person)
    ).select_related("cohort__programme__organisation", "cohort__rule_set", "by")


def rulings_coordinated_by(person: Person) -> QuerySet[Ruling]:
    return Ruling.objects.filter(
        mentee__cohort__programme__in=programmes_coordinated_by(person)
    ).select_related(
        "mentor__person", "mentee__person", "mentee__cohort__programme", "mentor__cohort", "by"
    )


def rulings_of(cohort: Cohort) -> QuerySet[Ruling]:
    return Ruling.objects.filter(mentee__cohort=cohort).select_related(
        "mentor__person", "mentee__person", "by"
    )


@dataclass(frozen=True)
class Row:
    """One pair of a run with its two people; `pair` once they are together, `ruling` if the team decided.

    `parts` tell what each criterion brings, and what the two answered. `is_own`: whoever reads is one
    of the two, decides nothing about it and reads no answers.
    """

    found: Proposed
    mentor: Enrolment
    mentee: Enrolment
    parts: list[Part]
    pair: Pair | None
    ruling: Ruling | None
    is_own: bool


def rows_of(run: Run, found: Sequence[Proposed], *, reader: Person, today: date) -> list[Row]:
    """These pairs of a run for the screen; those of people erased since are left out."""
    people = people_of(run.cohort, [pk for one in found for pk in (one.mentor, one.mentee)])
    for person in people.values():
        person.cohort = run.cohort
    candidates = candidates_of(people.values(), today=today)
    two = [(people.get(one.mentor), people.get(one.mentee)) for one in found]
    mentees = [one.mentee for one in found]
    live = {
        (pair.mentor_id, pair.mentee_id): pair
        for pair in Pair.objects.filter(mentee__in=mentees, state__in=LIVE_PAIR_STATES)
    }
    rulings = {
        (ruling.mentor_id, ruling.mentee_id): ruling
        for ruling in Ruling.objects.filter(mentee__in=mentees)
    }
    return [
        Row(
            one,
            mentor,
            mentee,
            parts_of(run.cohort.rules, one.parts, candidates[mentor.pk], candidates[mentee.pk]),
            live.get((mentor.pk, mentee.pk)),
            rulings.get((mentor.pk, mentee.pk)),
            reader.pk in (mentor.person_id, mentee.person_id),
        )
        for one, (mentor, mentee) in zip(found, two, strict=True)
        if mentor and mentee
    ]


def open_pairs_of(run: Run) -> list[Proposed]:
    """The pairs of a run that nobody made pairs of yet, weakest first: those want reading most."""
    mentees = [pair[0] for pair in run.result["pairs"]]
    taken = set(
        Pair.objects.filter(
            cohort=run.cohort, mentee__in=mentees, state__in=LIVE_PAIR_STATES
        ).values_list("mentor_id", "mentee_id")
    )
    return [one for one in reversed(pairs_of(run)) if (one.mentor, one.mentee) not in taken]


def named(run: Run, found: Sequence[Proposed], word: str) -> list[Proposed]:
    """Those of these pairs in which the name of one of the two has the word in it."""
    said = Enrolment.objects.filter(said_in(word, *NAME), cohort=run.cohort)
    numbers = set(said.values_list("pk", flat=True))
    return [one for one in found if one.mentor in numbers or one.mentee in numbers]


@dataclass(frozen=True)
class Left:
    """A mentee whom a run left without, and why, in sentences; `suited` mentors went to others."""

    mentee: Enrolment
    ready: bool
    suited: int
    reasons: list[str]


def left_of(run: Run, found: Sequence[Without], *, today: date) -> list[Left]:
    """These people by name; what kept who was not ready is told as it stands today."""
    people = people_of(run.cohort, [one.mentee for one in found])
    for person in people.values():
        person.cohort = run.cohort
    candidates = candidates_of(people.values(), today=today)
    return [
        Left(
            people[one.mentee],
            one.why.ready,
            one.why.suited,
            tell_absence(
                one.why,
                run.cohort.vocabulary,
                judge_standing_in_cohort(run.cohort.rules, candidates[one.mentee]),
            ),
        )
        for one in found
        if one.mentee in people
    ]


@dataclass(frozen=True)
class Change:
    """What another run does to one mentee: the mentor and points before and after, or nobody."""

    mentee: Enrolment
    before: Enrolment | None
    after: Enrolment | None
    points_before: int | None
    points_after: int | None


def changed(before: Run, after: Run) -> list[tuple[int, Proposed | None, Proposed | None]]:
    """The mentees of both runs whose mentor differs from one to the other."""
    old = {one.mentee: one for one in pairs_of(before)}
    new = {one.mentee: one for one in pairs_of(after)}
    in_both = set(before.inputs["mentees"]) & set(after.inputs["mentees"])
    return [
        (mentee, old.get(mentee), new.get(mentee))
        for mentee in sorted((old.keys() | new.keys()) & in_both)
        if _mentor(old.get(mentee)) != _mentor(new.get(mentee))
    ]


def waiting_in_one(before: Run, after: Run) -> int:
    """How many mentees waited for a mentor in one of two runs only."""
    return len(set(before.inputs["mentees"]) ^ set(after.inputs["mentees"]))


def ranks_side_by_side(before: Run, after: Run) -> list[tuple[str, int, int, int]]:
    """For each list of wishes its name, and rank by rank how many each of two runs fulfils."""
    counted = [
        {code: dict(ranks) for code, ranks in run.portrait["ranks"].items()}
        for run in (before, after)
    ]
    return [
        (
            label_of(code, "", after.cohort.vocabulary),
            rank,
            *(one.get(code, {}).get(rank, 0) for one in counted),
        )
        for code in LABELS
        for rank in sorted({rank for one in counted for rank in one.get(code, {})})
    ]


def changes_of(
    cohort: Cohort, found: Sequence[tuple[int, Proposed | None, Proposed | None]]
) -> list[Change]:
    """These changes with names."""
    numbers = [mentee for mentee, _, _ in found]
    numbers += [one.mentor for _, *two in found for one in two if one]
    people = people_of(cohort, numbers)
    return [
        Change(
            people[mentee],
            people.get(old.mentor) if old else None,
            people.get(new.mentor) if new else None,
            old.score if old else None,
            new.score if new else None,
        )
        for mentee, old, new in found
        if mentee in people
    ]


@dataclass(frozen=True)
class Other:
    """Another mentor for a mentee, and what choosing them would make of the whole.

    `mentees` is how many more would have a mentor (0 or less); `changes` are the others who would have
    another one, or none, those who lose most first; `total` sums all points gained and lost;
    `least` and `least_before` are the lowest scores, None where nobody has a mentor.
    """

    mentor: Enrolment
    points: int
    mentees: int
    changes: list[Change]
    total: int
    least: int | None
    least_before: int | None


def others_for(run: Run, mentee: int, *, today: date) -> list[Other] | None:
    """The next-best mentors for a mentee as things stand today, under the weights of the run.

    None where the mentee is not in the pool any more.
    """
    gathered = gather_pool(run.cohort, today=today, weights=run.weights)
    row = next((i for i, one in enumerate(gathered.mentees) if one.pk == mentee), None)
    if row is None or not gathered.pool.ready[row]:
        return None
    result = solve(gathered.pool)
    return [
        Other(
            gathered.mentors[one.mentor],
            one.score,
            one.result.matched - result.matched,
            _changes(gathered, result, one.result, but=row),
            sum(match.score for match in one.result.pairs) - sum(m.score for m in result.pairs),
            one.result.minimum,
            result.minimum,
        )
        for one in next_best(Table(gathered.pool), result, row)
    ]


def _changes(gathered: Gathered, before: Result, after: Result, *, but: int) -> list[Change]:
    """The other mentees for whom two results differ."""
    old = {match.mentee: match for match in before.pairs}
    new = {match.mentee: match for match in after.pairs}
    found = []
    for row in sorted((old.keys() | new.keys()) - {but}):
        had, has = old.get(row), new.get(row)
        if (had and had.mentor) != (has and has.mentor):
            found.append(
                Change(
                    gathered.mentees[row],
                    gathered.mentors[had.mentor] if had else None,
                    gathered.mentors[has.mentor] if has else None,
                    had.score if had else None,
                    has.score if has else None,
                )
            )
    return sorted(found, key=lambda one: (one.points_after or 0) - (one.points_before or 0))


def people_of(cohort: Cohort, numbers: Iterable[int]) -> dict[int, Enrolment]:
    return Enrolment.objects.filter(cohort=cohort).select_related("person").in_bulk(set(numbers))


def _mentor(found: Proposed | None) -> int | None:
    return found.mentor if found else None
