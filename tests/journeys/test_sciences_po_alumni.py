"""Sciences Po Alumni: two alumni, five months, a calendar agreed at once, public places only."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse

from people import clock
from people.models import Person
from programmes.enums import PairState
from programmes.policy.durations import Duration
from programmes.policy.rules import PlaceKind
from programmes.policy.terms import Role
from sessions.appointments import in_series
from sessions.models import Meeting
from sessions.services import answering, arranging, recording
from tests.journeys.conftest import StartYear, Visit
from tests.journeys.screens import (
    accept_each_other,
    admit,
    answer,
    complete,
    enrol,
    in_a_form,
    link_in_mail,
    match,
    on,
)
from tests.journeys.year import Year, pay_up

pytestmark = pytest.mark.django_db

MENTOR = {
    "experience_years": 18,
    "position": "Directrice d'une fondation",
    "fields": ["culture", "solidarity"],
    "offer": "Lire un projet, le rendre clair.",
}
MENTEE = {
    "experience_years": 4,
    "position": "Chargée de mission",
    "fields": ["culture"],
    "expectations": "Y voir clair.",
    "project": "Diriger un lieu culturel.",
}


def test_five_months_at_sciences_po_alumni(begin: StartYear, camille: Person, nour: Person) -> None:
    year = begin("sciences-po-alumni", opens_on="2031-09-01")

    both_enter(year, camille, nour)
    the_charter_is_accepted_once_they_know_each_other(year, camille, nour)
    they_agree_on_the_whole_calendar(year, camille, nour)
    they_meet_where_everyone_may_come(year, camille, nour)
    they_close_after_five_months(year, camille, nour)


@pytest.mark.django_db(transaction=True)
def test_five_months_at_sciences_po_alumni_on_screen(
    begin: StartYear, visit: Visit, alix: Person, camille: Person, nour: Person
) -> None:
    on("2031-09-01")
    cohort = begin("sciences-po-alumni", opens_on="2031-09-01").cohort
    mentor, mentee, team = visit(camille), visit(nour), visit(alix)
    pay_up(cohort.programme.organisation, camille, nour, until="2032-12-31", alumni=True)
    team.open(reverse("programmes:invite", args=[cohort.pk]))
    team.fill({"role": "mentor", "addresses": camille.email})
    team.press("Envoyer les invitations")
    mentor.open(link_in_mail("invitation"))
    mentor.press("Commencer ma candidature")
    enrol(mentor, cohort, "mentor", in_a_form(MENTOR), begun=True)
    enrol(mentee, cohort, "mentee", in_a_form(MENTEE))
    admit(team, cohort, camille)
    admit(team, cohort, nour)
    pair = match(team, cohort)
    accept_each_other(mentor, mentee)
    for visitor in (mentor, mentee):
        visitor.next_step("La charte à accepter avant de commencer")
        visitor.tick_everything()
        visitor.press("Accepter la charte")

    mentee.open(reverse("portal:pair", args=[pair.pk]))
    mentee.follow("Fixer tout le calendrier")
    mentee.fill({"day": "2031-09-30", "time": "18:30", "count": 5, "place": "public"})
    mentee.press("Proposer ces dates")
    mentor.next_step("propose une date")
    mentor.press("Accepter tout le calendrier")
    on("2031-10-01")
    mentor.next_step("eu lieu ?")
    mentor.press("Oui, c'est fait")

    on("2032-02-05")
    for meeting in Meeting.objects.filter(pair=pair, state="planned"):
        recording.mark_held(meeting, minutes=60, by=nour, at=clock.now())
    answer(mentee, "Entretien de clôture", held=True, satisfaction=5)
    complete(team, pair)
    mentor.open(reverse("portal:space"))
    mentor.follow("Nour Haddad")
    mentor.reads("C'est terminé, bravo et merci")


def both_enter(year: Year, camille: Person, nour: Person) -> None:
    """Expectations and project are asked of the mentee (I1); both must be alumni and members (P1)."""
    association = year.cohort.programme.organisation
    pay_up(association, camille, until="2032-12-31", alumni=True)
    (membership,) = pay_up(association, nour, until="2032-12-31")
    unfinished = {code: MENTEE[code] for code in MENTEE if code != "project"}
    year.fill_in(nour, Role.MENTEE, unfinished)
    assert year.refusal(lambda: year.hand_in(nour)) == [
        "Il manque votre réponse à « Quel est votre projet ? »."
    ]

    year.fill_in(nour, Role.MENTEE, MENTEE)
    year.fill_in(camille, Role.MENTOR, MENTOR)
    year.hand_in(nour)
    year.hand_in(camille)
    assert year.refusal(lambda: year.admit(nour)) == [
        "Il faut être ancien élève et adhérent de l'association ; ce n'est pas connu de l'équipe."
    ]
    membership.is_alumnus = True
    membership.save()
    year.admit(nour, camille)
    assert year.mail() == {
        "enrolment_received": "Camille, Nour",
        "enrolment_decided": "Camille, Nour",
    }


def the_charter_is_accepted_once_they_know_each_other(
    year: Year, camille: Person, nour: Person
) -> None:
    """The charter is the agreement: the pair starts when the second has accepted it."""
    year.journal()
    year.on("2031-09-15")
    year.bring_together(camille, nour)
    assert year.mail() == {
        "pair_accepted": "Camille, Nour",
        "agreement_to_give": "Camille, Nour",
    }

    year.accept_charter(camille)
    assert year.pair.state == PairState.ACCEPTED
    year.on("2031-09-18")
    year.accept_charter(nour)
    assert (year.pair.state, year.pair.planned_end_on) == (PairState.ACTIVE, date(2032, 2, 18))
    assert year.journal() == [
        "pair_drafted",
        "pair_proposed",
        "proposal_accepted",
        "proposal_accepted",
        "pair_introduced",
        "charter_asked",
        "charter_accepted",
        "charter_accepted",
        "pair_started",
    ]
    assert year.mail() == {}


def they_agree_on_the_whole_calendar(year: Year, camille: Person, nour: Person) -> None:
    """Five dates proposed and accepted together (D10); one mail, not five."""
    first = year.appointment("2031-09-30", "18:30", place=PlaceKind.PUBLIC, place_name="Café")
    proposed = arranging.plan_series(
        year.pair, appointments=in_series(first, 5, every=Duration(months=1)), by=nour, at=year.at
    )
    assert year.mail() == {"meeting_proposed": "Camille"}
    answering.accept_series(proposed[0], by=camille, at=year.at)
    assert year.mail() == {"meeting_planned": "Camille, Nour"}

    days = [meeting.local_start for meeting in Meeting.objects.filter(pair=year.pair)]
    assert [f"{day:%d/%m %H:%M}" for day in days] == [
        "30/09 18:30",
        "30/10 18:30",
        "30/11 18:30",
        "30/12 18:30",
        "30/01 18:30",
    ]


def they_meet_where_everyone_may_come(year: Year, camille: Person, nour: Person) -> None:
    """Never at home (W1); a date agreed may still be moved when the other accepts (D12)."""
    at_home = year.refusal(
        lambda: year.suggest("2031-10-07", "18:00", by=nour, place=PlaceKind.PRIVATE, topic="other")
    )
    assert at_home == ["Ce genre de lieu n'est pas prévu par le programme."]
    assert year.refusal(lambda: year.suggest("2031-10-07", "18:00", by=nour)) == [
        "Proposez aussi le sujet de la rencontre."
    ]

    first, *others = Meeting.objects.filter(pair=year.pair)
    year.hold(first, by=camille)
    year.mail()
    moved = arranging.move_meeting(
        others[0], appointment=year.appointment("2031-11-04", "12:00", topic="progress"),
        by=nour, at=year.at,
    )  # fmt: skip
    assert year.mail() == {"meeting_proposed": "Camille"}
    year.agree(moved, by=camille)
    year.hold(moved, by=camille)
    for meeting in others[1:]:
        year.hold(meeting, by=nour)
    assert year.held() == 5
    year.mail()


def they_close_after_five_months(year: Year, camille: Person, nour: Person) -> None:
    """A closing interview two weeks before the end (B2), recommended: it does not hold back the end."""
    year.on("2032-02-04")
    assert year.mail() == {"milestone_asked": "Camille, Nour"}
    year.answer("closing", by=nour, held=True, satisfaction=5)
    year.on("2032-02-11")
    assert year.mail() == {"milestone_asked": "Camille"}

    year.on("2032-02-18")
    year.complete()
    assert year.pair.state == PairState.COMPLETED
    assert year.mail() == {"pair_ended": "Camille, Nour"}
    assert (year.asked(camille), year.asked(nour)) == ([], [])
