"""An import neither changes nor reveals an account known elsewhere; whoever takes part shows their own.

Nour has an account, made at another association; Alix has her on a list as « N. Hadad ».
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from people.models import Organisation, Person
from programmes.chronicle import tell_journal
from programmes.enums import DeclineReason, EnrolmentState
from programmes.models import Cohort, Enrolment, Invitation, Pair
from programmes.policy.evidence import ChosenObjective
from programmes.policy.terms import Role
from programmes.queries import desk
from programmes.queries.journal import journal_of
from programmes.queries.names import by_name
from programmes.services import (
    enrolments,
    importing,
    invitations,
    objectives,
    pairs,
    reopenings,
)
from programmes.services.journal import record
from programmes.services.taking_part import take_part
from tests.factories.imports import import_rows, make_import_draft
from tests.factories.people import make_organisation, make_person
from tests.factories.programmes import AT, make_cohort, make_enrolment, make_programme
from tests.factories.team import make_coordinator

pytestmark = pytest.mark.django_db

HEADINGS = ("Prénom", "Nom", "Courriel")
OBJECTIVES = {
    "objectives": {"minimum": 1, "maximum": 3, "other_theme": True, "due": "first_meeting"}
}


@pytest.fixture
def cohort(organisation: Organisation, alix: Person) -> Cohort:
    programme = make_programme(organisation, OBJECTIVES)
    make_coordinator(programme, alix)
    return make_cohort(programme)


@pytest.fixture
def elsewhere(nour: Person, robin: Person) -> Cohort:
    """Where Nour made her account and enrolled herself."""
    programme = make_programme(make_organisation("Réseau Horizon", slug="horizon"))
    make_coordinator(programme, robin)
    cohort = make_cohort(programme)
    make_enrolment(cohort, nour, Role.MENTEE)
    return cohort


@pytest.fixture
def listed(cohort: Cohort, elsewhere: Cohort, nour: Person) -> Enrolment:
    import_rows(cohort, [("N.", "Hadad", nour.email)], Role.MENTEE, headings=HEADINGS, admit=True)
    return Enrolment.objects.get(cohort=cohort, person=nour)


@pytest.fixture
def pair(cohort: Cohort, listed: Enrolment, camille: Person, alix: Person) -> Pair:
    mentor = make_enrolment(cohort, camille, Role.MENTOR)
    pair = pairs.draft_pair(mentor, listed, by=alix, at=AT)
    return pairs.propose_pair(pair, by=alix, at=AT)


def page(person: Person, name: str, *args: object) -> str:
    client = Client()
    client.force_login(person)
    return client.get(reverse(name, args=args)).content.decode()


def test_each_association_sees_the_name_it_knows(
    listed: Enrolment, elsewhere: Cohort, alix: Person, robin: Person
) -> None:
    there = page(robin, "programmes:cohort_enrolments", elsewhere.pk)
    here = page(alix, "programmes:cohort_enrolments", listed.cohort_id)

    assert ("Nour Haddad" in there, "N. Hadad" in there) == (True, False)
    assert ("Nour Haddad" in here, "N. Hadad" in here) == (False, True)


@pytest.mark.parametrize("way", ["screen", "command"])
def test_a_list_names_its_people_by_either_way(
    cohort: Cohort, elsewhere: Cohort, nour: Person, alix: Person, tmp_path: Path, way: str
) -> None:
    content = f"Prenom;Nom;Courriel\nN.;Hadad;{nour.email.upper()}\n".encode()
    if way == "screen":
        draft = make_import_draft(cohort, alix, content)
        importing.import_draft(draft, only_valid=False, admit=False, by=alix, at=AT)
    else:
        path = tmp_path / "liste.csv"
        path.write_bytes(content)
        where = f"ponts-savoir/{cohort.programme.slug}/{cohort.slug}"
        call_command("import_people", str(path), "--cohort", where, "--role", "mentor")

    enrolment = Enrolment.objects.get(cohort=cohort, person=nour)
    nour.refresh_from_db()
    assert str(enrolment.known_as) == "N. Hadad"
    assert str(nour) == "Nour Haddad"


def test_nothing_tells_an_address_that_has_an_account_from_one_that_has_none(
    cohort: Cohort, elsewhere: Cohort, nour: Person, alix: Person
) -> None:
    nour.language = Person.Language.ENGLISH
    nour.save()
    rows = [("Ana", "Une", nour.email), ("Ana", "Une", "inconnue@example.org")]
    import_rows(cohort, rows, headings=HEADINGS)
    known, new = Enrolment.objects.filter(cohort=cohort).order_by("pk")

    imported = re.findall("<tr>.*?</tr>", page(alix, "programmes:imported", cohort.pk), re.DOTALL)

    def told(one: Enrolment) -> str:
        pages = [
            page(alix, "programmes:decide", one.pk),
            page(alix, "programmes:membership", one.pk),
            *(row for row in imported if one.known_as.email in row),
        ]
        neutral = "".join(pages).replace(one.known_as.email, "@").replace(f"/{one.pk}/", "/n/")
        return "".join(line for line in neutral.splitlines() if "csrf" not in line)

    assert "Ana Une" in told(known)
    assert told(known) == told(new)


def test_who_accepts_a_proposal_shows_their_account_from_then_on(
    pair: Pair, nour: Person, camille: Person
) -> None:
    proposed = page(camille, "programmes:answer_proposal", pair.pk)
    pairs.accept_proposal(pair, by=camille, at=AT)
    waiting = str(Pair.objects.get(pk=pair.pk))
    pairs.accept_proposal(pair, by=nour, at=AT)

    assert ("N. Hadad" in proposed, "Nour Haddad" in proposed) == (True, False)
    assert waiting == "Camille Moreau & N. Hadad"
    assert str(Pair.objects.get(pk=pair.pk)) == "Camille Moreau & Nour Haddad"


def test_who_hands_in_or_sets_objectives_shows_their_account(
    listed: Enrolment, nour: Person, alix: Person
) -> None:
    Enrolment.objects.update(state=EnrolmentState.SUBMITTED)
    reopenings.reopen(listed, by=alix, at=AT, message="")
    given_back = known_as(listed)

    with undone():
        enrolments.submit(listed, acceptance=None, by=nour, at=AT)
        handed_in = known_as(listed)
    Enrolment.objects.update(state=EnrolmentState.ADMITTED, submitted_at=AT)
    objectives.choose_objectives(
        listed, objectives=[ChosenObjective(theme="", text="Oser")], by=nour, at=AT
    )

    assert (given_back, handed_in, known_as(listed)) == ("N. Hadad", "Nour Haddad", "Nour Haddad")


def test_looking_in_declining_and_withdrawing_show_nobodys_account(
    pair: Pair, listed: Enrolment, nour: Person, alix: Person
) -> None:
    page(nour, "portal:space")
    pairs.decline_proposal(pair, by=nour, at=AT, reason=DeclineReason.values[0])
    enrolments.withdraw(listed, by=nour, at=AT)

    told = [event.actor for event in tell_journal(journal_of(listed), listed.cohort)]
    assert known_as(listed) == "N. Hadad"
    assert told[:2] == ["N. Hadad", "N. Hadad"]
    assert "Haddad" not in page(alix, "programmes:decide", listed.pk)


def test_what_the_account_becomes_elsewhere_moves_nothing_here(
    cohort: Cohort, listed: Enrolment, nour: Person, alix: Person
) -> None:
    before = page(alix, "programmes:cohort_enrolments", cohort.pk)
    address = nour.email
    nour.last_name, nour.email = "Zidane", "nouvelle@example.org"
    nour.save()

    after = page(alix, "programmes:cohort_enrolments", cohort.pk)
    assert address in after
    assert ("Zidane" in after, "nouvelle" in after) == (False, False)
    assert len(after) == len(before)
    with pytest.raises(importing.NothingImported):
        import_rows(cohort, [("N.", "Hadad", address)], Role.MENTEE, headings=HEADINGS)


def test_people_are_found_and_sorted_by_what_they_are_called_here(
    cohort: Cohort, elsewhere: Cohort, listed: Enrolment, pair: Pair, nour: Person
) -> None:
    nour.last_name = "Zidane"
    nour.save()
    make_enrolment(cohort, make_person("Zoé", "Habib"), Role.MENTEE)

    def found(word: str, where: Cohort = cohort) -> list[str]:
        matching = desk.enrolments_matching(where.enrolments.all(), name=word)
        return [str(one.known_as) for one in matching]

    def found_pairs(word: str) -> list[Pair]:
        return list(desk.pairs_matching(cohort.pairs.all(), name=word))

    assert found("Zidane", elsewhere) == ["Nour Zidane"]
    assert (found("Zidane"), found_pairs("Zidane")) == ([], [])
    assert (found("N. hadad"), found_pairs("N. hadad")) == (["N. Hadad"], [pair])
    assert (found("Moreau"), found_pairs("Moreau")) == (["Camille Moreau"], [pair])
    names = [str(one.known_as) for one in cohort.enrolments.order_by(*by_name())]
    assert names == ["Zoé Habib", "N. Hadad", "Camille Moreau"]


def test_an_invitation_shows_the_address_alone_until_it_is_taken_up(
    cohort: Cohort, elsewhere: Cohort, nour: Person, alix: Person
) -> None:
    for email in (nour.email, "inconnue@example.org"):
        invitations.invite(cohort, email=email, role=Role.MENTEE, by=alix, at=AT)
    invited = page(alix, "programmes:invite", cohort.pk)

    invitations.take_up(Invitation.objects.get(email=nour.email), person=nour, at=AT)

    assert (nour.email in invited, "Nour" in invited) == (True, False)
    assert "Nour Haddad" in page(alix, "programmes:cohort_enrolments", cohort.pk)


def test_the_person_reads_under_which_name_the_team_knows_them(
    listed: Enrolment, nour: Person
) -> None:
    before = page(nour, "portal:space")
    take_part(listed, by=nour)

    assert "N. Hadad" in before
    assert "votre compte, Nour Haddad, qui s’affiche." in before
    assert "N. Hadad" not in page(nour, "portal:space")


def test_the_name_that_saying_yes_will_show_is_told_before(pair: Pair, nour: Person) -> None:
    proposal = page(nour, "programmes:answer_proposal", pair.pk)

    assert "votre compte, Nour Haddad, qui s’affiche." in proposal


def test_a_name_from_a_list_comes_with_its_address(listed: Enrolment) -> None:
    listed.listed_email = ""

    with pytest.raises(IntegrityError), transaction.atomic():
        listed.save()


def test_people_imported_before_stay_as_their_team_knew_them(
    cohort: Cohort, listed: Enrolment, camille: Person
) -> None:
    """The migration: whoever took part, or was on no list, shows their own account."""
    rows = [("Ana", "Une", "ana@example.org"), ("Bo", "Deux", "bo@example.org")]
    import_rows(cohort, rows, headings=HEADINGS)
    make_enrolment(cohort, camille, Role.MENTOR)
    bo = Enrolment.objects.get(person__email="bo@example.org")
    record("enrolment_submitted", by=bo.person, at=AT, enrolment=bo)
    Enrolment.objects.update(listed_first_name="", listed_last_name="", listed_email="")

    import_module("programmes.migrations.0003_names_as_listed").keep_names(apps, None)

    kept = cohort.enrolments.exclude(listed_email="").values_list("listed_first_name", flat=True)
    assert sorted(kept) == ["Ana", "Nour"]


def known_as(enrolment: Enrolment) -> str:
    return str(Enrolment.objects.get(pk=enrolment.pk).known_as)


@contextmanager
def undone() -> Iterator[None]:
    """What is done within is not kept."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
