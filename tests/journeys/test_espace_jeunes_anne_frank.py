"""Espace Jeunes Anne Frank: a convention of three parties, the centre's rooms, a school year."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse

from charters import tasks
from charters.models import Convention
from people.models import Person
from programmes.enums import PairState
from programmes.models import Room
from programmes.policy.rules import PlaceKind
from programmes.policy.terms import Role
from sessions.models import RoomBooking
from sessions.queries import free_rooms, reviews_open_to_team
from sessions.services.rooms import add_room
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
    sign,
)
from tests.journeys.year import Year

pytestmark = pytest.mark.django_db

MENTOR = {"profession": "Ingénieure", "experience": True, "helps_with": ["studies", "plan"]}
MENTEE = {
    "lives_in_town": False,
    "studies_in_town": True,
    "is_student": True,
    "birth_date": "2011-04-12",
    "studies": "Licence de droit",
    "expectations": "Choisir un métier.",
}
DECLARED = ("no_conflict",)
OBJECTIVES = (("plan", ""), ("", "Oser demander un stage"))
HAPPY = {"satisfaction": 5, "objectives_met": 4, "continue": True}


def test_a_school_year_at_the_youth_centre(begin: StartYear, camille: Person, nour: Person) -> None:
    year = begin(
        "espace-jeunes-anne-frank",
        opens_on="2031-08-25",
        starts_on="2031-10-01",
        ends_on="2032-06-30",
    )

    both_enter(year, camille, nour)
    three_parties_sign(year, camille, nour)
    the_first_meeting_is_in_a_room_of_the_centre(year, camille, nour)
    the_centre_asks_how_it_goes(year, camille, nour)
    the_year_ends_with_a_private_bilan(year, camille, nour)


@pytest.mark.django_db(transaction=True)
def test_a_school_year_at_the_youth_centre_on_screen(
    begin: StartYear, visit: Visit, alix: Person, camille: Person, nour: Person
) -> None:
    on("2031-09-02")
    cohort = begin("espace-jeunes-anne-frank", opens_on="2031-08-25", starts_on="2031-09-02").cohort
    mentor, mentee, team = visit(camille), visit(nour), visit(alix)
    declared = {"declaration_no_conflict": True}
    chosen = {"objective_1_theme": "plan", "objective_2_theme": "-", "objective_2_text": "Oser"}
    enrol(mentor, cohort, "mentor", in_a_form(MENTOR) | declared)
    enrol(mentee, cohort, "mentee", in_a_form(MENTEE) | chosen | declared)
    admit(team, cohort, camille)
    admit(team, cohort, nour)
    pair = match(team, cohort)
    accept_each_other(mentor, mentee)

    for visitor in (mentee, mentor):
        visitor.next_step("La convention à signer avant de commencer")
        sign(visitor)
    team.open(reverse("charters:cohort_conventions", args=[cohort.pk]))
    team.follow("Camille Moreau")
    sign(team)
    team.reads("Tous ont signé le 2 septembre 2031.")
    tasks.sweep()
    file = mentee.context.request.get(reverse("charters:convention_pdf", args=[pair.pk]))
    assert file.body().startswith(b"%PDF")

    mentee.next_step("La première rencontre")
    mentee.reads("dans une salle du centre et aucune n'est encore enregistrée")
    assert mentee.page.get_by_text("Fixer mes objectifs").count() == 0
    team.open(reverse("meetings:rooms", args=["ponts-savoir", "espace-jeunes-anne-frank"]))
    team.fill({"name": "Salle bleue", "address": "15 rue Diderot", "seats": 4})
    team.press("Ajouter")
    room = Room.objects.get()
    meet(mentee, mentor, pair, "2031-09-10", place="room", room=room.pk)
    on("2031-11-03")
    answer(mentee, "Des nouvelles au centre", going_well=4, needs_help=False)
    answer(mentor, "Des nouvelles au centre", going_well=4, needs_help=False)
    on("2032-05-13")
    answer(mentee, "Bilan", is_private=True, **HAPPY)
    on("2032-06-02")
    complete(team, pair)
    mentee.open(reverse("portal:space"))
    mentee.reads("Ce parcours est terminé.")
    mentee.follow("Camille Moreau")
    mentee.reads("C'est terminé, bravo et merci")


def test_who_neither_lives_nor_studies_in_the_town_needs_a_derogation(
    begin: StartYear, nour: Person
) -> None:
    year = begin("espace-jeunes-anne-frank", opens_on="2031-08-25")
    year.fill_in(nour, Role.MENTEE, MENTEE | {"studies_in_town": False}, objectives=OBJECTIVES)
    year.hand_in(nour)

    assert year.refusal(lambda: year.admit(nour)) == [
        "Le programme s'adresse à qui habite la ville ou y étudie.",
        "Non déclaré : « Je n'ai pas de conflit d'intérêts avec une personne que je pourrais rencontrer dans ce programme ».",
    ]

    year.derogate(nour, "eligibility:town", "Elle emménage en octobre.")
    year.derogate(nour, "declaration:no_conflict", "Vu avec elle.")
    year.admit(nour)
    assert year.states() == {"Nour": "admitted"}


def test_a_minor_may_not_take_part(begin: StartYear, nour: Person) -> None:
    year = begin("espace-jeunes-anne-frank", opens_on="2031-08-25")
    young = MENTEE | {"birth_date": "2013-08-26"}
    year.fill_in(nour, Role.MENTEE, young, objectives=OBJECTIVES, declarations=DECLARED)

    assert year.refusal(lambda: year.hand_in(nour)) == ["Il faut avoir 18 ans pour participer."]


def test_a_pair_that_starts_during_the_year_ends_with_it(
    begin: StartYear, camille: Person, nour: Person
) -> None:
    year = begin("espace-jeunes-anne-frank", opens_on="2031-08-25", ends_on="2032-06-30")
    year.on("2032-02-01")
    both_enter(year, camille, nour, day="2032-02-01")
    year.bring_together(camille, nour)
    year.sign("mentee", by=nour)
    year.sign("mentor", by=camille)
    year.sign("organisation", by=year.team)

    assert year.pair.planned_end_on == date(2032, 6, 30)
    year.on("2032-06-30")
    year.complete()
    assert year.pair.state == PairState.COMPLETED


def both_enter(year: Year, camille: Person, nour: Person, *, day: str = "2031-09-02") -> None:
    """Nothing but the questionnaire: the charter is part of the convention."""
    year.on(day)
    year.fill_in(camille, Role.MENTOR, MENTOR, declarations=DECLARED)
    year.fill_in(nour, Role.MENTEE, MENTEE, objectives=OBJECTIVES, declarations=DECLARED)
    year.hand_in(camille)
    year.hand_in(nour)
    year.admit(camille, nour)
    assert year.mail() == {
        "enrolment_received": "Camille, Nour",
        "enrolment_decided": "Camille, Nour",
    }


def three_parties_sign(year: Year, camille: Person, nour: Person) -> None:
    """Mentor and mentee in any order, then the centre; dated, full names, objectives within (I5)."""
    year.on("2031-09-20")
    year.journal()
    year.bring_together(camille, nour)
    assert year.pair.state == PairState.ACCEPTED
    assert year.mail() == {
        "pair_accepted": "Camille, Nour",
        "agreement_to_give": "Camille, Nour",
    }
    convention = Convention.objects.get(pair=year.pair)
    assert [party["name"] for party in convention.document["parties"]] == [
        "Camille Moreau",
        "Nour Haddad",
        "Les Ponts du Savoir",
    ]

    assert year.refusal(lambda: year.sign("organisation", by=year.team)) == [
        "Ce n'est pas encore votre tour : Camille Moreau, Nour Haddad d'abord."
    ]
    year.sign("mentee", by=nour)
    year.sign("mentor", by=camille)
    assert year.mail() == {"agreement_to_give": "Alix"}
    year.on("2031-09-22")
    year.sign("organisation", by=year.team)

    assert year.mail() == {"convention_signed": "Camille, Nour"}

    # Signed in September, the pair begins with the campaign and lasts nine months.
    pair = year.pair
    assert (pair.state, pair.started_on) == (PairState.ACTIVE, date(2031, 10, 1))
    assert pair.planned_end_on == date(2032, 6, 30)
    assert year.journal() == [
        "pair_drafted",
        "pair_proposed",
        "proposal_accepted",
        "proposal_accepted",
        "pair_introduced",
        "convention_opened",
        "convention_signed",
        "convention_signed",
        "convention_signed",
        "pair_started",
    ]


def the_first_meeting_is_in_a_room_of_the_centre(year: Year, camille: Person, nour: Person) -> None:
    """In a room that the centre lends and that nobody else has at that time (W2, W3)."""
    year.on("2031-10-02")
    centre = year.cohort.programme.organisation
    room = add_room(centre, name="Salle bleue", address="15 rue Diderot", seats=4)

    assert year.refusal(lambda: year.suggest("2031-10-10", "17:00", by=nour)) == [
        "La première rencontre se tient dans une salle du centre."
    ]
    meeting = year.suggest("2031-10-10", "17:00", by=nour, place=PlaceKind.ROOM, room=room)
    assert year.mail() == {"meeting_proposed": "Camille"}
    year.agree(meeting, by=camille)
    assert year.mail() == {"meeting_planned": "Camille, Nour"}

    assert not free_rooms(centre, starts_at=meeting.starts_at, ends_at=meeting.ends_at).exists()
    year.hold(meeting, by=nour)
    assert year.held() == 1

    year.on("2031-11-03")
    year.meet("2031-11-07", by=camille, with_=nour, place=PlaceKind.ROOM, room=room)
    assert RoomBooking.objects.filter(room=room).count() == 2


def the_centre_asks_how_it_goes(year: Year, camille: Person, nour: Person) -> None:
    """After two months each may ask to be called; the other does not see it (B1, K5)."""
    year.mail()
    year.on("2031-12-01")
    assert year.mail() == {"milestone_asked": "Camille, Nour"}
    year.answer("followed", by=nour, going_well=3, needs_help=True)
    assert (year.asked(camille), year.asked(nour)) == (["Des nouvelles au centre"], [])

    year.on("2031-12-15")
    assert year.mail() == {"milestone_asked": "Camille"}
    year.answer("followed", by=camille, going_well=5, needs_help=False)

    year.on("2032-02-03")
    assert year.mail() == {"pair_silent": "Camille, Nour"}
    for month in ("02", "03", "04", "05"):
        year.meet(f"2032-{month}-12", by=nour, with_=camille)
    year.mail()


def the_year_ends_with_a_private_bilan(year: Year, camille: Person, nour: Person) -> None:
    """One side is enough to keep the bilan between the two (C3); the team closes the pair."""
    year.on("2032-06-09")
    assert year.mail() == {"milestone_asked": "Camille, Nour"}
    year.answer("bilan", by=nour, is_private=True, **HAPPY)
    year.answer("bilan", by=camille, **HAPPY)
    assert {review.milestone for review in reviews_open_to_team(year.pair)} == {"followed"}

    year.on("2032-06-30")
    year.complete()
    assert year.pair.state == PairState.COMPLETED
    assert year.mail() == {"pair_ended": "Camille, Nour"}
    # The engine offers her no second round; the team may.
    assert not year.enrolment(nour).may_be_rematched
    other = make_person("Lou", "Garnier")
    year.fill_in(other, Role.MENTOR, MENTOR, declarations=DECLARED)
    year.hand_in(other)
    year.admit(other)
    assert year.draft(other, nour).state == PairState.DRAFTED
