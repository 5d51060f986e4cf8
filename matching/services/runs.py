"""Calculating, keeping what was found, and making pairs of it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime

from django.db import transaction

from matching.engine.solving import solve
from matching.engine.table import Table
from matching.gather import gather_pool
from matching.models import Run
from matching.queries import out_of_100
from matching.records import pairs_of, write_inputs, write_portrait, write_result
from matching.weights import usual_weights
from people.clock import PARIS
from people.models import Person
from programmes.models import Cohort, Enrolment
from programmes.services.journal import lock, record
from programmes.services.pair_batches import Couple, Drafted, draft_pairs, propose_pairs


@transaction.atomic
def keep_run(
    cohort: Cohort, *, weights: Mapping[str, int] | None = None, by: Person | None, at: datetime
) -> Run:
    """Find the best pairs among those who are free, and keep them with all that led there.

    Nobody is moved: a pair that is live holds its places, and its two people are out of the run.
    """
    gathered = gather_pool(cohort, today=at.astimezone(PARIS).date(), weights=weights)
    usual = usual_weights(gathered.rules, gathered.pool)
    table, result = Table(gathered.pool), solve(gathered.pool)
    run = Run.objects.create(
        cohort=cohort,
        by=by,
        at=at,
        weights={code: (weights or {}).get(code, weight) for code, weight in usual.items()},
        inputs=write_inputs(gathered, result),
        result=write_result(gathered, table, result),
        portrait=write_portrait(table, result),
        certificate=result.certificate.as_document(),
    )
    record(
        "matching_run",
        by=by,
        at=at,
        programme=cohort.programme,
        cohort=cohort.slug,
        matched=result.matched,
        unmatched=int(gathered.pool.ready.sum()) - result.matched,
    )
    return run


@transaction.atomic
def draft_from_run(
    run: Run, *, mentees: Collection[int] | None = None, by: Person, at: datetime
) -> Drafted:
    """Draft the pairs of a run, all or those of the mentees chosen, as far as the rules still allow."""
    cohort = lock(run.cohort)
    chosen = [one for one in pairs_of(run) if mentees is None or one.mentee in mentees]
    people = {
        one.pk: one
        for one in Enrolment.objects.filter(
            cohort=cohort, pk__in=[pk for one in chosen for pk in (one.mentor, one.mentee)]
        ).select_related("person")
    }
    couples = [
        Couple(people[one.mentor], people[one.mentee], out_of_100(one.score))
        for one in chosen
        if one.mentor in people and one.mentee in people  # erased since
    ]
    return draft_pairs(cohort, couples, by=by, at=at)


@transaction.atomic
def propose_from_run(
    run: Run, *, mentees: Collection[int] | None = None, by: Person, at: datetime
) -> Drafted:
    """Draft them and propose them to their two people at once."""
    drafted = draft_from_run(run, mentees=mentees, by=by, at=at)
    only = [pair.pk for pair in drafted.pairs]
    return Drafted(propose_pairs(run.cohort, only=only, by=by, at=at), drafted.left_out)
