"""The cards by which people choose each other without knowing who it is.

A card holds the answers that the programme marked `on_card`, and nothing else: no name, no picture,
no address. The number of the enrolment stands in the form, and leads nowhere.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from matching.engine.reading import read_pool
from matching.engine.table import Table
from matching.gather import kept_apart
from matching.models import Wish
from programmes.answers import answer_in_words
from programmes.enums import EnrolmentState
from programmes.models import Enrolment
from programmes.policy.terms import Role
from programmes.queries.candidates import answers_of, candidates_of
from programmes.words import fill

MOST_SHOWN = 40


@dataclass(frozen=True)
class Card:
    """Someone without a name: what they answered, the rank they were given, if any, and whether they
    still have a place."""

    number: int
    rows: tuple[tuple[str, str], ...]
    rank: int | None
    is_free: bool


def cards_for(chooser: Enrolment, *, today: date) -> list[Card]:
    """Those who have a place and whom the rules allow, ranked ones first, then who suits best.

    Who was ranked is shown without a place too: a choice does not vanish from a list unsaid.
    """
    cohort, role = chooser.cohort, chooser.as_role
    ranks = dict(Wish.objects.filter(chooser=chooser).values_list("chosen", "rank"))
    others = list(
        Enrolment.objects.filter(
            Q(may_be_rematched=True, on_hold_since=None) | Q(pk__in=ranks),
            cohort=cohort,
            role=role.other,
            state=EnrolmentState.ADMITTED,
        )
        .select_related("person")
        .order_by("pk")
    )
    for one in others:
        one.cohort = cohort
    candidates = candidates_of([chooser, *others], today=today)
    own, theirs = [candidates[chooser.pk]], [candidates[one.pk] for one in others]
    by_mentee = role is Role.MENTEE
    pool = read_pool(
        cohort.rules,
        own if by_mentee else theirs,
        theirs if by_mentee else own,
        forbidden=kept_apart(cohort),
    )
    table = Table(pool)
    scores, free = {}, set()
    for position, one in enumerate(others):
        row, column = (0, position) if by_mentee else (position, 0)
        has_place = pool.places[column] > 0 if by_mentee else pool.ready[row]
        if has_place and one.may_be_rematched and one.on_hold_since is None:
            free.add(one.pk)
        if (one.pk in free or one.pk in ranks) and table.allowed(row)[column]:
            scores[one.pk] = int(table.scores(row)[column])
    suited = sorted(
        (one for one in others if one.pk in scores),
        key=lambda one: (ranks.get(one.pk, MOST_SHOWN), -scores[one.pk], one.pk),
    )
    return [_card(one, ranks.get(one.pk), one.pk in free) for one in suited[:MOST_SHOWN]]


def _card(shown: Enrolment, rank: int | None, is_free: bool) -> Card:
    rules, answers = shown.cohort.rules, answers_of(shown)
    rows = (
        (
            fill(question.label, shown.cohort.vocabulary),
            answer_in_words(rules, question, answers.get(question.code)),
        )
        for question in rules.questions_for(shown.as_role)
        if question.on_card
    )
    return Card(shown.pk, tuple(row for row in rows if row[1]), rank, is_free)
