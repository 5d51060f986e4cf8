"""Three associations that nobody thought of: a file each, loaded by command, and no code."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from django.core.management import call_command

from charters.models import Convention
from charters.services import conventions
from people.models import Organisation, Person
from programmes.enums import PairState
from programmes.models import Programme
from programmes.policy.rules import PlaceKind
from programmes.policy.terms import Role
from programmes.services import fees
from sessions.services import endings
from sessions.services.rooms import add_room
from tests.factories.people import make_person
from tests.journeys.year import Year

pytestmark = pytest.mark.django_db

FILES = Path(__file__).parent / "programmes"
EXAMPLES = Path(__file__).resolve().parents[2] / "docs" / "examples"

PUPIL = {"birth_date": "2015-02-11", "grade": "premiere", "hobbies": "Le théâtre"}
ADULT = {"record": True, "helps_with": ["oral", "method"]}
SPEAK = (("oral", "Passer le grand oral sans trembler"),)
RULES = ("school_rules",)

ENGINEER = {"level": "engineer", "team": "Presses", "site": "lyon"}
OPERATOR = {"level": "technician", "team": "Peinture", "site": "lyon"}


def begin(organisation: Organisation, team: Person, stem: str, **dates: str) -> Year:
    """The file is checked and loaded as an association does it; a cohort opens."""
    file = str(FILES / f"{stem}.toml")
    call_command("programme", "check", file)
    call_command("programme", "load", file, organisation=organisation.slug)
    return Year(Programme.objects.get(slug=stem), team=team, **dates)


@pytest.mark.parametrize(
    "path", sorted([*FILES.glob("*.toml"), *EXAMPLES.glob("*.toml")]), ids=lambda path: path.stem
)
def test_what_is_exported_loads_as_the_same_programme(
    organisation: Organisation, path: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("programme", "load", str(path), organisation=organisation.slug)
    capsys.readouterr()
    call_command("programme", "export", Programme.objects.get().slug)
    written = tmp_path / "written.toml"
    written.write_text(capsys.readouterr().out)

    call_command("programme", "load", str(written), organisation=organisation.slug)

    assert Programme.objects.get().rule_sets.count() == 1


def test_a_pupil_under_age_has_a_parent_sign(
    organisation: Organisation, alix: Person, camille: Person, nour: Person
) -> None:
    year = begin(
        organisation, alix, "parrainage-du-lycee", opens_on="2031-09-01", ends_on="2032-06-30"
    )
    year.fill_in(camille, Role.MENTOR, ADULT, declarations=RULES)
    year.fill_in(nour, Role.MENTEE, PUPIL, objectives=(("oral", ""),))
    assert year.refusal(lambda: year.hand_in(nour)) == [
        "Objectif 1 : dis en une phrase ce que tu vises.",
        "Il manque ta déclaration : « Je respecte le règlement du lycée ».",
    ]
    year.fill_in(nour, Role.MENTEE, PUPIL, objectives=SPEAK, declarations=RULES)
    year.hand_in(camille)
    year.hand_in(nour)
    year.admit(camille, nour)
    year.bring_together(camille, nour)
    assert year.pair.answer_by == date(2031, 9, 8)
    year.mail()

    pupil_then_parent_then_mentor_then_school(year, camille, nour)
    they_talk_at_school_for_two_hours_in_all(year, camille, nour)


def pupil_then_parent_then_mentor_then_school(year: Year, camille: Person, nour: Person) -> None:
    """Four parties, one after the other; the parent has no account, only a link."""
    assert year.refusal(lambda: year.sign("mentor", by=camille)) == [
        "Ce n'est pas encore ton tour : Nour Haddad d'abord."
    ]
    year.sign("mentee", by=nour)
    conventions.name_guardian(
        Convention.objects.get(pair=year.pair),
        name="Salma Haddad",
        email="salma@example.org",
        by=nour,
        at=year.at,
    )
    assert year.mail() == {"agreement_to_give": "salma@example.org"}
    year.sign("guardian", by=None)
    assert year.mail() == {"agreement_to_give": "Camille"}
    year.sign("mentor", by=camille)
    year.sign("organisation", by=year.team)
    assert (year.pair.state, year.pair.planned_end_on) == (PairState.ACTIVE, date(2032, 5, 1))


def they_talk_at_school_for_two_hours_in_all(year: Year, camille: Person, nour: Person) -> None:
    """Minutes count, and only those in person; no extension; a report asked of one side."""
    room = add_room(year.cohort.programme.organisation, name="CDI", address="", seats=6)
    year.on("2031-09-08")
    assert year.refusal(
        lambda: year.suggest("2031-09-10", "12:00", by=camille, place=PlaceKind.PUBLIC, minutes=90)
    ) == [
        "90 minutes, c'est long ; le programme demande au plus 60.",
        "La première causerie se tient dans une salle de l'association.",
    ]
    for day in ("2031-09-10", "2031-10-09"):
        year.meet(day, by=camille, with_=nour, place=PlaceKind.ROOM, room=room, minutes=50)
    year.meet("2031-11-06", by=camille, with_=nour)
    year.mail()
    year.on("2031-12-01")
    assert year.mail() == {"milestone_asked": "Nour"}
    assert year.refusal(lambda: year.answer("report", by=nour, mood="great")) == [
        "« Comment ça va ? » : cette réponse n'est pas proposée."
    ]
    year.answer("report", by=nour, mood="well")
    year.on("2032-01-01")
    assert year.mail() == {"pair_silent": "Camille"}

    longer = year.refusal(
        lambda: endings.extend(year.pair, until=date(2032, 6, 1), by=camille, at=year.at)
    )
    assert longer == ["Ce programme ne prévoit pas de prolongation."]
    year.on("2032-05-01")
    assert year.refusal(year.complete) == ["100 minutes d'échange ; le programme en demande 120."]
    year.complete(despite="Le lycée était fermé en mars.")
    assert year.pair.state == PairState.COMPLETED


def test_mentors_pay_and_the_charter_comes_before_the_match(
    organisation: Organisation, alix: Person, camille: Person, nour: Person
) -> None:
    year = begin(organisation, alix, "tandems-industrie", opens_on="2031-09-01")
    ines, lou = make_person("Inès", "Costa"), make_person("Lou", "Garnier")
    year.fill_in(camille, Role.MENTOR, ENGINEER)
    for person in (nour, ines, lou):
        year.fill_in(person, Role.MENTEE, OPERATOR)
    for person in (camille, nour, ines, lou):
        year.hand_in(person)
        year.admit(person)
    year.mail()

    assert year.refusal(lambda: year.draft(camille, nour)) == [
        "L'accompagnatrice : les frais de participation (40,50 €) ne sont ni réglés ni remis.",
        "L'accompagnatrice : le code n'est pas encore accepté.",
        "La tutorée : le code n'est pas encore accepté.",
    ]
    fees.settle_fee(year.enrolment(camille).fee_account, on=year.today, by=alix, at=year.at)
    assert year.commitments(camille) == ["time", "silence"]
    for person in (camille, nour, ines, lou):
        year.accept_charter(person)
    year.bring_together(camille, nour)
    assert (year.pair.state, year.pair.planned_end_on) == (PairState.ACTIVE, date(2032, 7, 1))
    for other in (ines, lou):
        year.bring_together(camille, other)

    they_visit_each_other_at_work(year, camille, lou)


def they_visit_each_other_at_work(year: Year, camille: Person, lou: Person) -> None:
    """The mentor brings the topic; two visits in person and the review make it complete."""
    year.on("2031-09-03")
    at_work = {"place": PlaceKind.PROFESSIONAL, "place_name": "Atelier 3"}
    year.meet("2031-09-05", by=lou, with_=camille, **at_work)
    assert year.refusal(lambda: year.suggest("2031-10-07", "18:00", by=camille, **at_work)) == [
        "Proposez aussi le sujet de la séance."
    ]
    year.meet("2031-10-07", by=lou, with_=camille, place=PlaceKind.PHONE)
    assert (year.asked(camille), year.asked(lou)) == (["Mi-parcours"], [])
    endings.extend(year.pair, until=date(2032, 8, 1), by=camille, at=year.at)
    assert year.pair.planned_end_on == date(2032, 8, 1)

    assert year.refusal(year.complete) == [
        "1 séance a eu lieu ; le programme en demande 2.",
        "« Mi-parcours » n'est pas encore fait.",
    ]
    year.meet("2031-11-07", by=lou, with_=camille, **at_work)
    year.answer("halfway", by=camille, useful=True)
    year.complete()
    assert year.pair.state == PairState.COMPLETED


def test_two_people_a_charter_and_a_coffee(
    organisation: Organisation, alix: Person, camille: Person, nour: Person
) -> None:
    year = begin(organisation, alix, "cafes", opens_on="2031-09-01")
    year.fill_in(camille, Role.MENTOR, {})
    year.fill_in(nour, Role.MENTEE, {})
    for person in (camille, nour):
        year.hand_in(person)
        year.admit(person)
    year.mail()
    year.bring_together(camille, nour)
    assert year.mail() == {
        "pair_accepted": "Camille, Nour",
        "agreement_to_give": "Camille, Nour",
    }
    year.accept_charter(nour)
    year.accept_charter(camille)
    assert (year.pair.state, year.pair.planned_end_on) == (PairState.ACTIVE, None)

    year.meet("2031-09-05", by=camille, with_=nour, place=PlaceKind.PUBLIC)
    year.mail()
    year.on("2032-03-01")
    # This programme says nothing of rhythm or reviews: nobody is reminded of anything.
    assert year.mail() == {}
    assert (year.asked(camille), year.asked(nour)) == ([], [])
    year.complete()
    assert year.mail() == {"pair_ended": "Camille, Nour"}
