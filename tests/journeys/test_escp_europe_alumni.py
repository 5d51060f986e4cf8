"""ESCP Europe Alumni: a fee, a first date within a month, notice of a day, four meetings at least."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.urls import reverse

from people.models import Person
from programmes.enums import PairState, StopReason
from programmes.policy.rules import PlaceKind
from programmes.policy.terms import Role
from programmes.queries.desk import people_lapsed
from programmes.services import fees, pairs
from sessions.models import Meeting
from sessions.queries import pairs_late_for_first_date
from sessions.services import answering, arranging, endings
from tests.factories.meetings import make_meeting
from tests.factories.people import make_person
from tests.journeys import screens
from tests.journeys.conftest import StartYear, Visit
from tests.journeys.screens import (
    accept_each_other,
    admit,
    answer,
    complete,
    in_a_form,
    match,
    meet,
    on,
)
from tests.journeys.year import Year, pay_up

pytestmark = pytest.mark.django_db

MENTOR = {
    "experience_years": 20,
    "level_held": "executive",
    "sector": "luxury",
    "function": "marketing",
    "skills": ["leadership", "strategy"],
}
MENTEE = {
    "experience_years": 12,
    "in_post": True,
    "trajectory": "within_two_years",
    "level_aimed": "director",
    "sector": "luxury",
    "function": "marketing",
    "expectations": "Passer de l'expertise à la direction.",
    "motivations": "Un poste s'ouvre l'an prochain.",
}
OBJECTIVES = (("leadership", "Diriger sans faire"), ("strategy", ""))


def test_six_months_at_escp_europe_alumni(begin: StartYear, camille: Person, nour: Person) -> None:
    year = begin("escp-europe-alumni", opens_on="2031-09-01")

    both_enter(year, camille, nour)
    the_fee_comes_before_the_match(year, camille, nour)
    the_mentee_takes_the_initiative_within_a_month(year, camille, nour)
    whoever_is_prevented_says_so_a_day_ahead(year, camille, nour)
    four_meetings_make_a_whole(year, camille, nour)
    afterwards_the_mentee_gives_news(year, camille, nour)


@pytest.mark.django_db(transaction=True)
def test_six_months_at_escp_europe_alumni_on_screen(
    begin: StartYear, visit: Visit, alix: Person, camille: Person, nour: Person
) -> None:
    on("2031-09-01")
    cohort = begin("escp-europe-alumni", opens_on="2031-09-01").cohort
    mentor, mentee, team = visit(camille), visit(nour), visit(alix)
    chosen = {"objective_1_theme": "leadership", "objective_2_theme": "strategy"}
    screens.enrol(mentor, cohort, "mentor", in_a_form(MENTOR))
    screens.enrol(mentee, cohort, "mentee", in_a_form(MENTEE) | chosen)
    mentee.reads("150 € à régler")

    team.open(reverse("programmes:cohort_enrolments", args=[cohort.pk]))
    team.follow("Nour Haddad")
    team.reads("La cotisation à l'association n'est pas à jour.")
    team.press("Enregistrer le règlement")
    team.open(reverse("programmes:membership", args=[cohort.enrolments.get(role="mentee").pk]))
    team.fill({"starts_on": "2031-01-01", "ends_on": "2032-12-31"})
    team.press("Ajouter une cotisation")
    admit(team, cohort, camille)
    admit(team, cohort, nour)
    pair = match(team, cohort)
    accept_each_other(mentor, mentee)
    mentee.reads("avant le 1er octobre")

    meet(mentee, mentor, pair, "2031-09-20", minutes=90, place="public", topic="leadership")
    mentor.open(reverse("portal:pair", args=[pair.pk]))
    mentor.reads("Arrêter après la première rencontre")
    for month in (10, 11, 12):
        make_meeting(pair, starts_at=datetime(2031, month, 10, 17, tzinfo=UTC))
    on("2032-01-05")
    mentee.open(reverse("portal:pair", args=[pair.pk]))
    mentee.follow("terminé")
    mentee.press("C'est terminé")
    complete(team, pair)
    on("2032-04-06")
    answer(mentee, "Des nouvelles")


def test_who_is_not_eligible_reads_everything_at_once(begin: StartYear, nour: Person) -> None:
    year = begin("escp-europe-alumni", opens_on="2031-09-01")
    beginner = MENTEE | {"experience_years": 5, "in_post": False, "trajectory": "neither"}
    year.fill_in(nour, Role.MENTEE, beginner)

    assert year.refusal(lambda: year.hand_in(nour)) == [
        "Vous avez fixé 0 objectif ; le programme en demande au moins 1.",
        "« Expérience professionnelle » : vous indiquez 5 ; le programme demande de 8 à 20.",
        "Le programme s'adresse à des personnes en poste.",
        "Le programme s'adresse à qui prendra de plus larges responsabilités dans les deux ans, ou les a prises depuis moins de six mois.",
    ]


def test_a_mentor_may_stop_after_the_first_meeting_and_the_mentee_is_owed_no_other(
    begin: StartYear, camille: Person, nour: Person
) -> None:
    year = begin("escp-europe-alumni", opens_on="2031-09-01")
    both_enter(year, camille, nour)
    the_fee_comes_before_the_match(year, camille, nour)
    early = year.refusal(lambda: endings.stop_after_first(year.pair, by=camille, at=year.at))
    assert early == [
        "Aucune rencontre n'a encore eu lieu ; cet arrêt n'est possible qu'après la première rencontre."
    ]
    year.meet("2031-09-25", by=nour, with_=camille, topic="leadership")

    endings.stop_after_first(year.pair, by=camille, at=year.at)

    assert year.pair.stop_reason == StopReason.MENTOR_AFTER_FIRST
    assert year.states() == {"Camille": "admitted", "Nour": "closed"}
    assert not year.enrolment(nour).may_be_rematched


def test_a_mentor_accompanies_two_at_most(begin: StartYear, camille: Person, nour: Person) -> None:
    year = begin("escp-europe-alumni", opens_on="2031-09-01")
    both_enter(year, camille, nour)
    the_fee_comes_before_the_match(year, camille, nour)
    others = [make_person("Inès", "Costa"), make_person("Paul", "Roche")]
    for other in others:
        enter(year, other)
    year.draft(camille, others[0])

    assert year.refusal(lambda: year.draft(camille, others[1])) == [
        "Le mentor accompagne déjà 2 personnes ; sa limite est de 2."
    ]


def test_who_lets_a_month_pass_is_shown_to_the_team(
    begin: StartYear, camille: Person, nour: Person
) -> None:
    year = begin("escp-europe-alumni", opens_on="2031-09-01")
    both_enter(year, camille, nour)
    the_fee_comes_before_the_match(year, camille, nour)
    year.on("2031-10-16")
    assert pairs_late_for_first_date(year.cohort, year.today) == []

    year.on("2031-10-17")
    assert pairs_late_for_first_date(year.cohort, year.today) == [year.pair]
    pairs.stop_pair(year.pair, reason=StopReason.NO_FIRST_DATE, by=year.team, at=year.at)

    assert year.pair.state == PairState.STOPPED
    assert year.states() == {"Camille": "admitted", "Nour": "admitted"}


def enter(year: Year, person: Person) -> None:
    """Another mentee in order, fee settled."""
    pay_up(year.cohort.programme.organisation, person, until="2031-12-31")
    year.fill_in(person, Role.MENTEE, MENTEE, objectives=OBJECTIVES)
    year.hand_in(person)
    year.admit(person)
    fees.settle_fee(year.enrolment(person).fee_account, on=year.today, by=year.team, at=year.at)


def both_enter(year: Year, camille: Person, nour: Person) -> None:
    """The charter ends the questionnaire (I3); the mentee is paid up (P3), the mentor need not be."""
    pay_up(year.cohort.programme.organisation, nour, until="2031-12-31")
    year.on("2031-09-08")
    year.fill_in(camille, Role.MENTOR, MENTOR)
    year.fill_in(nour, Role.MENTEE, MENTEE, objectives=OBJECTIVES)
    year.hand_in(camille)
    year.hand_in(nour)
    year.admit(camille, nour)
    assert year.mail() == {
        "enrolment_received": "Camille, Nour",
        "enrolment_decided": "Camille, Nour",
    }


def the_fee_comes_before_the_match(year: Year, camille: Person, nour: Person) -> None:
    """No match before the fee is settled or waived (P19); settled, it has a receipt."""
    year.on("2031-09-12")
    assert year.refusal(lambda: year.draft(camille, nour)) == [
        "Le mentoré : les frais de participation (150,00 €) ne sont ni réglés ni remis."
    ]
    year.journal()
    account = fees.settle_fee(
        year.enrolment(nour).fee_account, on=date(2031, 9, 11), by=year.team, at=year.at
    )
    assert account.receipt_number.startswith("2031-")

    year.on("2031-09-16")
    year.bring_together(camille, nour)
    pair = year.pair
    assert (pair.state, pair.planned_end_on) == (PairState.ACTIVE, date(2032, 3, 16))
    assert year.mail() == {"pair_accepted": "Camille, Nour"}
    assert year.journal() == [
        "fee_settled",
        "pair_drafted",
        "pair_proposed",
        "proposal_accepted",
        "proposal_accepted",
        "pair_introduced",
        "pair_started",
    ]


def the_mentee_takes_the_initiative_within_a_month(
    year: Year, camille: Person, nour: Person
) -> None:
    """Reminded every ten days until a date is proposed (M6), with its topic (S5)."""
    year.on("2031-09-26")
    assert year.mail() == {"first_date_reminder": "Nour"}
    year.on("2031-10-06")
    assert year.mail() == {"first_date_reminder": "Nour"}
    assert year.refusal(lambda: year.suggest("2031-10-20", "18:00", by=nour)) == [
        "Proposez aussi le sujet de la rencontre."
    ]
    meeting = year.suggest(
        "2031-10-20", "18:00", by=nour, place=PlaceKind.PUBLIC, topic="acquaintance"
    )
    assert year.mail() == {"meeting_proposed": "Camille"}
    answering.decline_meeting(meeting, by=camille, at=year.at)
    assert year.mail() == {"meeting_cancelled": "Nour"}
    year.on("2031-10-18")  # a date proposed is enough, whatever became of it
    assert year.mail() == {}
    assert pairs_late_for_first_date(year.cohort, year.today) == []


def whoever_is_prevented_says_so_a_day_ahead(year: Year, camille: Person, nour: Person) -> None:
    """Less than twenty-four hours is recorded as late, and a new date is sought within days (D13)."""
    meeting = year.suggest("2031-10-24", "18:00", by=nour, topic="leadership")
    year.agree(meeting, by=camille)
    year.on("2031-10-23", "19:00")
    year.mail()
    answering.cancel_meeting(meeting, by=camille, at=year.at)
    assert year.mail() == {"meeting_cancelled": "Nour"}
    assert Meeting.objects.get(pk=meeting.pk).late_notice

    again = year.suggest("2031-10-28", "18:00", by=nour, topic="leadership")
    countered = arranging.counter_propose(
        again,
        appointment=year.appointment("2031-10-29", "08:00", topic="leadership"),
        by=camille,
        at=year.at,
    )
    year.agree(countered, by=nour)
    year.hold(countered, by=nour, minutes=75)
    assert year.held() == 1
    year.mail()


def four_meetings_make_a_whole(year: Year, camille: Person, nour: Person) -> None:
    """The membership has lapsed on the way (P3); with three meetings it is not yet complete (D8)."""
    year.meet("2031-11-28", by=nour, with_=camille, topic="leadership")
    year.mail()
    year.on("2031-12-02")
    assert year.mail() == {"membership_lapsing": "Nour"}
    year.on("2032-01-01")
    assert year.mail() == {"membership_lapsing": "Nour"}
    assert [one.person for one in people_lapsed(year.cohort, today=year.today)] == [nour]

    year.meet("2032-01-09", by=nour, with_=camille, topic="strategy")
    year.on("2032-01-16")
    year.mail()
    assert year.refusal(year.complete) == ["3 rencontres ont eu lieu ; le programme en demande 4."]
    year.meet("2032-02-12", by=nour, with_=camille, topic="strategy")
    year.mail()
    endings.declare_end(year.pair, by=nour, at=year.at)
    assert year.mail() == {"end_declared": "Alix, Camille"}
    year.complete()
    assert (year.pair.state, year.pair.ended_on) == (PairState.COMPLETED, date(2032, 2, 12))
    assert year.mail() == {"pair_ended": "Camille, Nour"}


def afterwards_the_mentee_gives_news(year: Year, camille: Person, nour: Person) -> None:
    """Three months later (B8), again each month until she does."""
    year.on("2032-05-12")
    assert year.mail() == {"milestone_asked": "Nour"}
    assert (year.asked(camille), year.asked(nour)) == ([], ["Des nouvelles"])
    year.on("2032-06-11")
    assert year.mail() == {"milestone_asked": "Nour"}
    year.answer("news", by=nour)
    year.on("2032-07-15")
    assert year.mail() == {}
