"""WeMentoring: commitments accepted one by one, mentore and mentorée everywhere, no given length."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse

from people.models import Person
from programmes.enums import ConcernKind, PairState
from programmes.policy.terms import Role
from programmes.services import concerns, enrolments
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
)
from tests.journeys.year import Year

pytestmark = pytest.mark.django_db

MENTOR = {"position": "Directrice financière", "subjects": ["career", "management"]}
MENTEE = {"position": "Cheffe de produit", "subjects": ["career"], "needs": "Oser postuler."}


def test_a_year_at_wementoring(begin: StartYear, camille: Person, nour: Person) -> None:
    year = begin("wementoring", opens_on="2031-09-01", ends_on="2032-07-15")

    both_accept_each_commitment(year, camille, nour)
    they_begin_at_once(year, camille, nour)
    they_meet_every_six_weeks(year, camille, nour)
    one_of_them_says_that_it_has_ended(year, camille, nour)


def test_a_mentor_accompanies_several(begin: StartYear, camille: Person, nour: Person) -> None:
    year = begin("wementoring", opens_on="2031-09-01")
    both_accept_each_commitment(year, camille, nour)
    they_begin_at_once(year, camille, nour)
    ines = make_person("Inès", "Costa")
    enter(year, ines, Role.MENTEE, MENTEE)

    year.bring_together(camille, ines)

    assert year.pair.state == PairState.ACTIVE


def test_who_solicits_is_excluded_for_good(begin: StartYear, camille: Person, nour: Person) -> None:
    year = begin("wementoring", opens_on="2031-09-01")
    both_accept_each_commitment(year, camille, nour)
    they_begin_at_once(year, camille, nour)
    concerns.raise_concern(
        year.enrolment(nour),
        kind=ConcernKind.CONDUCT,
        message="Elle m'a vendu une formation.",
        pair=year.pair,
        at=year.at,
    )
    assert year.mail() == {"concern_raised": "Alix"}

    year.on("2031-09-20")
    enrolments.exclude(
        year.enrolment(camille), by=year.team, at=year.at, reason="Démarchage commercial"
    )

    assert year.states() == {"Camille": "excluded", "Nour": "admitted"}
    assert year.pair.state == PairState.STOPPED
    assert year.mail() == {"pair_ended": "Camille, Nour"}
    again = Year(year.cohort.programme, team=year.team, opens_on="2032-09-01")
    assert again.refusal(lambda: again.fill_in(camille, Role.MENTOR, MENTOR)) == [
        "Cette personne a été exclue définitivement des programmes du réseau."
    ]


@pytest.mark.django_db(transaction=True)
def test_a_year_at_wementoring_on_screen(
    begin: StartYear, visit: Visit, alix: Person, camille: Person, nour: Person
) -> None:
    on("2031-09-01")
    cohort = begin("wementoring", opens_on="2031-09-01", ends_on="2032-07-15").cohort
    words = {"wrong_words": r"\bmentors?\b|\bmentorés?\b"}
    mentor, mentee, team = visit(camille, **words), visit(nour, **words), visit(**words)
    enrol(mentor, cohort, "mentor", in_a_form(MENTOR))
    enrol(mentee, cohort, "mentee", in_a_form(MENTEE))

    team.log_in(alix)
    admit(team, cohort, camille)
    admit(team, cohort, nour)
    pair = match(team, cohort)
    accept_each_other(mentor, mentee)
    mentee.reads("Camille", "vous êtes mentorée", camille.email)

    meet(mentee, mentor, pair, "2031-09-24", minutes=60, place="video")
    answer(mentee, "Plan d'action")
    on("2032-05-03")
    complete(team, pair)
    mentor.open(reverse("portal:pair", args=[pair.pk]))
    mentor.reads("C'est terminé, bravo et merci")


def enter(year: Year, person: Person, role: Role, answers: dict[str, object]) -> None:
    year.fill_in(person, role, answers)
    year.hand_in(person)
    year.admit(person)
    year.mail()


def both_accept_each_commitment(year: Year, camille: Person, nour: Person) -> None:
    """A list for the mentor, another for the mentee; one left out is one too many (I4)."""
    year.fill_in(camille, Role.MENTOR, MENTOR)
    year.fill_in(nour, Role.MENTEE, MENTEE)
    assert set(year.commitments(camille)) != set(year.commitments(nour))
    first, *others = year.commitments(nour)
    refusal = year.refusal(lambda: year.accept_charter(nour, commitments=others))
    assert [sentence.split(" « ")[0] for sentence in refusal] == ["Il reste à accepter :"]

    year.hand_in(nour)
    year.hand_in(camille)
    assert year.enrolment(nour).charter_commitments == sorted([first, *others])
    year.admit(camille, nour)
    assert year.mail() == {
        "enrolment_received": "Camille, Nour",
        "enrolment_decided": "Camille, Nour",
    }


def they_begin_at_once(year: Year, camille: Person, nour: Person) -> None:
    """Nothing else to sign: when both accept, the pair begins."""
    year.on("2031-09-10")
    year.journal()
    year.bring_together(camille, nour)
    assert year.pair.state == PairState.ACTIVE
    assert year.pair.planned_end_on == year.cohort.ends_on
    assert year.mail() == {"pair_accepted": "Camille, Nour"}
    assert year.journal()[-2:] == ["pair_introduced", "pair_started"]


def they_meet_every_six_weeks(year: Year, camille: Person, nour: Person) -> None:
    """One to two hours (D9), at least every month and a half (D6); an action plan after the first (S8)."""
    assert year.refusal(lambda: year.suggest("2031-09-24", "18:00", by=camille, minutes=45)) == [
        "45 minutes, c'est court ; le programme demande au moins 60."
    ]
    year.meet("2031-09-24", by=camille, with_=nour)
    assert year.mail() == {"milestone_asked": "Nour"}
    assert (year.asked(camille), year.asked(nour)) == ([], ["Plan d'action"])

    year.on("2031-10-24")
    assert year.mail() == {"milestone_asked": "Nour"}
    year.answer("action_plan", by=nour)
    assert year.asked(nour) == []

    year.on("2031-12-09")
    assert year.mail() == {"pair_silent": "Camille, Nour"}
    for day in ("2031-12-12", "2032-01-25", "2032-03-08", "2032-04-20"):
        year.meet(day, by=nour, with_=camille)
    year.mail()
    assert year.held() == 5


def one_of_them_says_that_it_has_ended(year: Year, camille: Person, nour: Person) -> None:
    """No length is given: nothing stands against the end, whenever it comes."""
    year.on("2032-05-03")
    year.complete()
    assert (year.pair.state, year.pair.ended_on) == (PairState.COMPLETED, date(2032, 5, 3))
    assert year.mail() == {"pair_ended": "Camille, Nour"}
