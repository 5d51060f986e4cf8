"""Who signs, and where they are written to, stands in the chain of proof as well (I5)."""

from __future__ import annotations

import io

import pytest
from pypdf import PdfReader

from charters.enums import ProofKind
from charters.files import keep_file, read_file
from charters.models import ConventionParty
from charters.services import conventions
from charters.services.proving import check_chain
from programmes.policy.rules import PartyKind
from programmes.sentences import Refused
from tests.factories.charters import AT_HOME, put_text, sign, sign_by_all
from tests.factories.programmes import AT

pytestmark = pytest.mark.django_db

OTHERWISE = ["parties: not those that the chain tells of"]


@pytest.fixture
def named(minor_convention, nour):
    """Nour said who represents her."""
    party = conventions.name_guardian(
        minor_convention,
        name="Leïla Haddad",
        email="leila@example.org",
        by=nour,
        at=AT,
        circumstances=AT_HOME,
    )
    return minor_convention, party


def test_naming_a_guardian_is_told_with_who_said_so_and_from_where(named, nour):
    convention, _ = named

    told = convention.proof.get(kind=ProofKind.NAMED)

    assert (told.person, told.address) == (nour, "192.0.2.7")
    assert (told.facts["guardian"], told.facts["email"]) == ("Leïla Haddad", "leila@example.org")
    assert check_chain(convention) == []


def test_each_guardian_named_is_told_and_the_last_one_counts(named, nour):
    convention, _ = named

    conventions.name_guardian(
        convention, name="Karim Haddad", email="karim@example.org", by=nour, at=AT
    )

    told = convention.proof.filter(kind=ProofKind.NAMED).order_by("number")
    assert [one.facts["guardian"] for one in told] == ["Leïla Haddad", "Karim Haddad"]
    assert check_chain(convention) == []


@pytest.mark.parametrize("change", [{"name": "Léon Haddad"}, {"email": "autre@example.org"}])
def test_a_guardian_changed_beside_the_chain_is_found_and_signs_nothing(named, change):
    convention, party = named
    put_text(convention)
    ConventionParty.objects.filter(pk=party.pk).update(**change)
    party.refresh_from_db()

    with pytest.raises(Refused) as refusal:
        sign(convention, party, by=None, at=AT)

    assert check_chain(convention) == OTHERWISE
    assert "proof:altered" in refusal.value.verdict.codes


def test_nobody_is_put_in_anothers_place(convention, sacha):
    convention.parties.filter(kind=PartyKind.MENTOR).update(person=sacha)

    assert check_chain(convention) == OTHERWISE


def test_a_party_taken_away_is_found(minor_convention):
    minor_convention.parties.filter(kind=PartyKind.GUARDIAN).delete()

    assert check_chain(minor_convention) == OTHERWISE


def test_the_proof_page_says_who_was_named(named, alix):
    convention, _ = named
    signed = sign_by_all(convention, for_organisation=alix, at=AT)
    keep_file(signed)

    pages = PdfReader(io.BytesIO(read_file(signed))).pages

    text = " ".join(" ".join(page.extract_text() for page in pages).split())
    assert "représentant légal indiqué Leïla Haddad (leila@example.org)" in text
