"""Ponts Alumni: paid-up members, ten years apart, two or three objectives, six months and once more."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

import pytest
from django.urls import reverse

from people.models import Person
from programmes.enums import PairState
from programmes.policy.rules import PlaceKind
from programmes.policy.terms import Role
from sessions.services import endings, reviews
from tests.factories.meetings import make_meeting
from tests.factories.people import make_person
from tests.journeys.conftest import StartYear, Visit
from tests.journeys.screens import (
    accept_each_other,
    admit,
    answer,
    complete,
    enrol,
    in_a_form,
    match,
    meet,
    on,
    sign_up,
)
from tests.journeys.year import Year, pay_up

pytestmark = pytest.mark.django_db

MENTOR = {
    "experience_years": 22,
    "employer": "Ponts et Ouvrages",
    "sectors": ["energy", "construction"],
    "strengths": ["orientation", "confidence"],
}
MENTEE = {
    "experience_years": 6,
    "employer": "Atelier du Fleuve",
    "sectors": ["energy"],
    "expectations": "Choisir entre expertise et encadrement.",
}
OBJECTIVES = (
    ("orientation", "Choisir ma voie d'ici l'été"),
    ("confidence", "Prendre la parole en comité"),
)
GOOD = {"feeling": 5, "progress": 4, "adjusted": True}
HAPPY = {"satisfaction": 5, "objectives_met": 4, "value": 5}


def test_a_year_at_ponts_alumni(begin: StartYear, camille: Person, nour: Person) -> None:
    year = begin("ponts-alumni", opens_on="2031-09-01", starts_on="2031-10-01")

    both_enter(year, camille, nour)
    the_team_brings_them_together(year, camille, nour)
    objectives_come_before_the_first_meeting(year, camille, nour)
    they_meet_each_month(year, camille, nour)
    halfway_they_go_on_beyond_six_months(year, camille, nour)
    together_they_conclude(year, camille, nour)
    afterwards_they_give_their_opinion(year, camille, nour)


@pytest.mark.django_db(transaction=True)
def test_a_year_at_ponts_alumni_on_screen(
    begin: StartYear, visit: Visit, alix: Person, camille: Person
) -> None:
    on("2031-10-01")
    cohort = begin("ponts-alumni", opens_on="2031-10-01").cohort
    words = {"wrong_words": r"mentoré"}
    mentor, mentee, team = visit(camille, **words), visit(**words), visit(alix, **words)
    enrol(mentor, cohort, "mentor", in_a_form(MENTOR))
    mentee.open(reverse("programmes:public", args=["ponts-savoir", "ponts-alumni"]))
    mentee.follow("Devenir mentee")
    nour = sign_up(mentee, "Nour", "Haddad", "nour.haddad@example.org")
    mentee.press("Commencer ma candidature")
    enrol(mentee, cohort, "mentee", in_a_form(MENTEE), begun=True)

    pay_up(cohort.programme.organisation, camille, nour, until="2032-12-31")
    admit(team, cohort, camille)
    admit(team, cohort, nour)
    pair = match(team, cohort)
    accept_each_other(mentor, mentee)
    mentor.open(reverse("portal:pair", args=[pair.pk]))
    mentor.reads("fixe d'abord ses objectifs", "entretien")
    mentee.next_step("Fixer vos objectifs")
    for number, (theme, text) in enumerate(OBJECTIVES, 1):
        mentee.fill({f"objective_{number}_theme": theme, f"objective_{number}_text": text})
    mentee.press("Enregistrer mes objectifs")
    meet(mentee, mentor, pair, "2031-10-14", place="public", place_name="Café")

    for day in (date(2031, 11, 14), date(2031, 12, 12), date(2032, 1, 16)):
        make_meeting(pair, starts_at=datetime.combine(day, time(17), tzinfo=UTC))
    on("2032-01-17")
    answer(mentee, "Point d'étape", **GOOD)
    on("2032-03-25")
    answer(mentor, "Point d'étape", **GOOD)
    answer(mentee, "Bilan commun", **HAPPY)
    answer(mentor, "Bilan commun", **HAPPY)
    mentor.press("J'approuve ces réponses")
    mentee.next_step("Bilan commun")
    mentee.press("J'approuve ces réponses")
    on("2032-04-01")
    complete(team, pair)
    on("2032-04-09")
    answer(mentee, "Votre avis sur le programme", recommend=5, support=5)


def both_enter(year: Year, camille: Person, nour: Person) -> None:
    """Charter accepted at the end of the questionnaire (I3); only the paid-up are admitted (P2)."""
    pay_up(year.cohort.programme.organisation, camille, until="2032-12-31")
    year.on("2031-09-03")
    year.fill_in(camille, Role.MENTOR, MENTOR)
    year.fill_in(nour, Role.MENTEE, MENTEE)
    year.hand_in(camille)
    year.hand_in(nour)
    assert year.states() == {"Camille": "submitted", "Nour": "submitted"}
    assert year.mail() == {"enrolment_received": "Camille, Nour"}

    assert year.refusal(lambda: year.admit(nour)) == [
        "La cotisation à l'association n'est pas à jour."
    ]
    pay_up(year.cohort.programme.organisation, nour, until="2032-12-31")
    year.admit(camille, nour)
    assert year.states() == {"Camille": "admitted", "Nour": "admitted"}
    assert year.mail() == {"enrolment_decided": "Camille, Nour"}
    assert year.journal() == [
        "enrolment_started",
        "enrolment_started",
        "charter_accepted",
        "enrolment_submitted",
        "charter_accepted",
        "enrolment_submitted",
        "enrolment_admitted",
        "enrolment_admitted",
    ]


def the_team_brings_them_together(year: Year, camille: Person, nour: Person) -> None:
    """Ten years of experience at least lie between the two (P4); the charter is the agreement."""
    lou = make_person("Lou", "Garnier")
    pay_up(year.cohort.programme.organisation, lou, until="2032-12-31")
    year.fill_in(lou, Role.MENTOR, MENTOR | {"experience_years": 15})
    year.hand_in(lou)
    year.admit(lou)
    assert year.mail() == {"enrolment_decided": "Lou", "enrolment_received": "Lou"}
    assert year.refusal(lambda: year.draft(lou, nour)) == [
        "Le mentor a 9 ans d'expérience de plus ; le programme en demande 10."
    ]
    year.journal()

    year.on("2031-10-02")
    year.draft(camille, nour)
    assert year.mail() == {}
    year.propose()
    assert year.mail() == {"pair_proposed": "Camille, Nour"}
    assert year.pair.answer_by == date(2031, 10, 16)

    year.on("2031-10-05")
    year.accept(camille)
    assert year.pair.state == PairState.PROPOSED
    year.accept(nour)
    assert year.pair.state == PairState.ACTIVE
    assert (year.pair.started_on, year.pair.planned_end_on) == (
        date(2031, 10, 5),
        date(2032, 4, 5),
    )
    assert year.mail() == {"pair_accepted": "Camille, Nour"}
    assert year.journal() == [
        "pair_drafted",
        "pair_proposed",
        "proposal_accepted",
        "proposal_accepted",
        "pair_introduced",
        "pair_started",
    ]


def objectives_come_before_the_first_meeting(year: Year, camille: Person, nour: Person) -> None:
    """Two or three objectives, each in one sentence, before anything is arranged (I6)."""
    year.on("2031-10-08")
    assert year.refusal(lambda: year.suggest("2031-10-14", "18:00", by=nour)) == [
        "Vous avez fixé 0 objectif ; le programme en demande au moins 2."
    ]
    assert year.refusal(lambda: year.suggest("2031-10-14", "18:00", by=camille)) == [
        "Le mentee fixe d'abord ses objectifs."
    ]

    year.set_objectives(nour, *OBJECTIVES)
    meeting = year.suggest("2031-10-14", "18:00", by=nour, place=PlaceKind.PUBLIC)
    assert year.mail() == {"meeting_proposed": "Camille"}
    year.on("2031-10-09")
    year.agree(meeting, by=camille)
    assert year.mail() == {"meeting_planned": "Camille, Nour"}

    year.on("2031-10-13", "12:00")
    assert year.mail() == {"meeting_reminder": "Camille, Nour"}
    year.hold(meeting, by=camille)
    assert year.held() == 1
    assert year.mail() == {}


def they_meet_each_month(year: Year, camille: Person, nour: Person) -> None:
    """The mentee takes the initiative (D11) and, from the third on, brings the topic (S5)."""
    year.on("2031-11-10")
    year.meet("2031-11-14", by=nour, with_=camille)
    year.mail()

    year.on("2031-12-30")
    assert year.mail() == {"pair_silent": "Nour"}
    year.on("2032-01-06")
    assert year.mail() == {"pair_silent": "Camille"}

    assert year.refusal(lambda: year.suggest("2032-01-09", "18:00", by=nour)) == [
        "Proposez aussi le sujet de l'entretien."
    ]
    year.meet("2032-01-09", by=nour, with_=camille, topic="objective_1")
    year.on("2032-02-03")
    year.meet("2032-02-05", by=nour, with_=camille, topic="confidence")
    assert year.held() == 4


def halfway_they_go_on_beyond_six_months(year: Year, camille: Person, nour: Person) -> None:
    """After the fourth meeting each says how it goes (S6); once longer, twelve months at most (D2)."""
    year.on("2032-02-06")
    year.mail()
    assert year.asked(camille) == year.asked(nour) == ["Point d'étape"]
    year.answer("midway", by=nour, **GOOD)
    assert (year.asked(camille), year.asked(nour)) == (["Point d'étape"], [])
    year.answer("midway", by=camille, **GOOD)

    too_long = year.refusal(
        lambda: endings.extend(year.pair, until=date(2032, 11, 5), by=nour, at=year.at)
    )
    assert too_long == ["Le programme dure 1 an au plus : pas au-delà du 5 octobre 2032."]
    endings.extend(year.pair, until=date(2032, 7, 5), by=nour, at=year.at)
    assert year.pair.planned_end_on == date(2032, 4, 5)
    endings.extend(year.pair, until=date(2032, 7, 5), by=camille, at=year.at)
    assert year.pair.planned_end_on == date(2032, 7, 5)
    again = year.refusal(
        lambda: endings.extend(year.pair, until=date(2032, 9, 5), by=nour, at=year.at)
    )
    assert again == ["Le programme permet 1 prolongation ; elle a déjà eu lieu."]


def together_they_conclude(year: Year, camille: Person, nour: Person) -> None:
    """No end without the joint bilan, which both approve (B3)."""
    year.on("2032-06-10")
    year.meet("2032-06-15", by=nour, with_=camille, topic="progress")
    year.mail()
    year.on("2032-06-22")
    assert year.mail() == {"milestone_asked": "Camille, Nour"}
    assert year.asked(nour) == ["Bilan commun"]
    assert year.refusal(year.complete) == ["« Bilan commun » n'est pas encore fait."]

    year.answer("bilan", by=nour, **HAPPY)
    assert year.refusal(year.complete) == ["« Bilan commun » n'est pas encore fait."]
    year.answer("bilan", by=camille, **HAPPY)
    for person in (nour, camille):
        reviews.approve_bilan(year.pair, code="bilan", by=person, at=year.at)
    year.on("2032-06-29")
    assert year.asked(nour) == year.asked(camille) == ["Témoignage"]
    year.answer("testimony", by=nour)

    year.on("2032-07-05")
    year.mail()
    year.journal()
    year.complete()
    assert (year.pair.state, year.pair.ended_on) == (PairState.COMPLETED, date(2032, 7, 5))
    assert year.mail() == {"pair_ended": "Camille, Nour"}
    assert year.journal() == ["pair_completed"]


def afterwards_they_give_their_opinion(year: Year, camille: Person, nour: Person) -> None:
    """Both are asked what they think of the programme (B5), until they answer."""
    year.on("2032-07-12")
    assert year.mail() == {"milestone_asked": "Camille, Nour"}
    year.answer("feedback", by=nour, recommend=5, support=4)

    year.on("2032-07-26")
    assert year.mail() == {"milestone_asked": "Camille"}
    assert (year.asked(camille), year.asked(nour)) == (["Votre avis sur le programme"], [])
