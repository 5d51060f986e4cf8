"""What falls due with time until it is accepted or signed: the first asking, and reminders.

An absent interval means that nobody is asked again. Each function says what is due now, from the
present state alone; what was given, refused, void or ended meanwhile is due no more.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from django.db.models import Q, QuerySet

from charters.editions import asked_again
from charters.messages import AgreementReminder, CharterRenewed, CharterToAccept
from charters.queries import asked_for, awaited_conventions, awaited_parties, turn_came_at
from notifications.planner import Planned, paris_date
from programmes.enums import EnrolmentState, PairState
from programmes.models import Cohort, Enrolment, Pair
from programmes.policy.course import MOST_REMINDERS
from programmes.policy.durations import Duration, reminded_on
from programmes.queries.importing import imported_and_not_written_to


def charters_asked(now: datetime) -> Iterator[Planned]:
    """Where the charter comes before the match, who is admitted is asked for it, then reminded (I3).

    Whoever was entered from a list is written to by nobody before the team says so.
    """
    lacking = Q(enrolments__state=EnrolmentState.ADMITTED, enrolments__charter_version=None)
    for cohort in _cohorts().filter(lacking).distinct():
        terms = cohort.rules.acceptance
        if terms.due != "match":
            continue
        admitted = Enrolment.objects.filter(
            cohort=cohort, state=EnrolmentState.ADMITTED, charter_version=None
        ).exclude(pk__in=imported_and_not_written_to(cohort).values("pk"))
        for enrolment in admitted:
            on = _latest(enrolment.decided_at or now, terms.remind_every, now)
            yield CharterToAccept(enrolment.pk, on), now


def acceptances_missing(now: datetime) -> Iterator[Planned]:
    """Of a pair that waits for the charter, who has not accepted it is reminded (I3)."""
    for cohort in _cohorts_with_agreements_to_give():
        every = cohort.rules.acceptance.remind_every
        if every is None or cohort.rules.agreement.kind != "charter":
            continue
        waiting = Pair.objects.filter(cohort=cohort, state=PairState.ACCEPTED)
        for pair in waiting.select_related("mentor", "mentee").order_by("pk"):
            asked_at = pair.introduced_at or now
            on = _latest(asked_at, every, now)
            for enrolment in (pair.mentor, pair.mentee):
                if enrolment.charter_version is None and on > paris_date(asked_at):
                    yield AgreementReminder(pair.pk, on, enrolment.person_id), now


def signatures_missing(now: datetime) -> Iterator[Planned]:
    """Of a convention to be signed, whose turn has come and who has not signed is reminded (I5)."""
    for cohort in _cohorts_with_agreements_to_give():
        every = cohort.rules.agreement.remind_every
        if every is None:
            continue
        for convention in awaited_conventions().filter(
            pair__cohort=cohort, pair__state=PairState.ACCEPTED
        ):
            for party in awaited_parties(convention):
                asked_at = turn_came_at(party, convention)
                on = _latest(asked_at, every, now)
                if on > paris_date(asked_at):
                    for person_id in asked_for(party, convention):
                        reminder = AgreementReminder(convention.pair_id, on, person_id, party.pk)
                        yield reminder, now


def editions_renewed(now: datetime) -> Iterator[Planned]:
    """Where the programme wants it, who accepted a former edition is told of the one in force (I11)."""
    for cohort in _cohorts():
        for enrolment, version in asked_again(cohort, paris_date(now)):
            yield CharterRenewed(enrolment.pk, version.number), now


EVERY_PLAN = (charters_asked, acceptances_missing, signatures_missing, editions_renewed)


def _cohorts() -> QuerySet[Cohort]:
    return Cohort.objects.select_related("programme__organisation", "rule_set").order_by("pk")


def _cohorts_with_agreements_to_give() -> QuerySet[Cohort]:
    return _cohorts().filter(pairs__state=PairState.ACCEPTED).distinct()


def _latest(asked_at: datetime, every: Duration | None, now: datetime) -> date:
    return reminded_on(paris_date(asked_at), every, today=paris_date(now), most=MOST_REMINDERS)
