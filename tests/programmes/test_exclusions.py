"""Whoever was excluded for good does not come back under the same identity (K1)."""

import pytest
from allauth.account.models import EmailAddress

from programmes.models import Exclusion
from programmes.policy.terms import Role
from programmes.queries.candidates import candidate_of
from programmes.queries.importing import known_in
from programmes.queries.standing import excluded_among
from programmes.sentences import Refused
from programmes.services.enrolments import exclude, start_enrolment
from tests.factories.people import make_person
from tests.factories.programmes import AT, make_cohort, make_enrolment, make_programme


@pytest.fixture
def programme(organisation):
    return make_programme(organisation)


@pytest.fixture
def excluded(programme, camille, alix):
    """Camille, excluded while mentoring."""
    enrolment = make_enrolment(make_cohort(programme), camille, Role.MENTOR)
    exclude(enrolment, by=alix, at=AT, reason="A vendu une formation.")
    return camille


@pytest.fixture
def next_year(programme, excluded):
    return make_cohort(programme, name="Campagne 2027", slug="2027")


def test_not_by_changing_the_address_of_the_account(next_year, excluded):
    excluded.email = "tout.autre@example.org"
    excluded.save()

    with pytest.raises(Refused):
        start_enrolment(next_year, person=excluded, role=Role.MENTOR, at=AT)


def test_not_by_changing_it_once_a_draft_exists(next_year, excluded):
    excluded.email = "tout.autre@example.org"
    excluded.save()
    draft = make_enrolment(next_year, excluded, Role.MENTOR)

    assert candidate_of(draft, today=AT.date()).is_excluded


@pytest.mark.parametrize(
    "address", ["camille.moreau+retour@example.org", "Camille.Moreau+Retour@Example.org"]
)
def test_not_by_another_writing_of_the_address(next_year, address):
    returning = make_person("Camille", "Moreau", email=address)

    with pytest.raises(Refused):
        start_enrolment(next_year, person=returning, role=Role.MENTEE, at=AT)
    assert candidate_of(
        make_enrolment(next_year, returning, Role.MENTEE), today=AT.date()
    ).is_excluded


def test_not_by_the_address_with_which_a_tagged_account_was_excluded(programme, alix):
    tagged = make_person("Dana", "Autre", email="dana+mentorat@example.org")
    cohort = make_cohort(programme)
    exclude(
        make_enrolment(cohort, tagged, Role.MENTOR), by=alix, at=AT, reason="A vendu une formation."
    )

    with pytest.raises(Refused):
        start_enrolment(
            cohort,
            person=make_person("Dana", "Autre", email="dana@example.org"),
            role=Role.MENTEE,
            at=AT,
        )


def test_not_by_an_account_that_holds_the_address_as_a_second_one(next_year, excluded):
    EmailAddress.objects.filter(user=excluded).delete()
    returning = make_person("Camille", "Moreau", email="nouvelle@example.org")
    EmailAddress.objects.create(
        user=returning, email="camille.moreau@example.org", verified=True, primary=False
    )

    with pytest.raises(Refused):
        start_enrolment(next_year, person=returning, role=Role.MENTOR, at=AT)


def test_neither_invited_nor_imported_by_another_writing(next_year, excluded):
    address = "camille.moreau+retour@example.org"

    assert excluded_among(next_year, [address, "autre@example.org"]) == {address}
    assert known_in(next_year, Role.MENTEE).excludes(address)
    assert not known_in(next_year, Role.MENTEE).excludes("autre@example.org")


def test_a_namesake_is_welcome(next_year):
    namesake = make_person("Camille", "Moreau", email="camille.moreau@elsewhere.example.org")

    assert start_enrolment(next_year, person=namesake, role=Role.MENTEE, at=AT).is_draft


def test_another_association_decides_for_itself(excluded, other_organisation):
    cohort = make_cohort(make_programme(other_organisation))

    assert start_enrolment(cohort, person=excluded, role=Role.MENTOR, at=AT).is_draft
    assert Exclusion.objects.count() == 1
