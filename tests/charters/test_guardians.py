"""A parent who signs for a minor: spoken to as a stranger is, and given the document in the end (I5)."""

from __future__ import annotations

import pytest
from django.urls import reverse

from charters.links import token_for
from charters.models import Convention
from charters.services import conventions
from notifications import rendering
from notifications.models import OutboxMessage
from programmes.models import Coordinator
from programmes.policy.rules import PartyKind
from programmes.policy.terms import Role
from tests.charters.conftest import NOT_YET, WITH_MINORS
from tests.factories.charters import put_text, sign, sign_by_all
from tests.factories.programmes import (
    AT,
    make_accepted_pair,
    make_cohort,
    make_enrolment,
    make_programme,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def guardian(organisation, camille, nour, alix):
    """In a programme where people say tu, Nour has named her mother."""
    programme = make_programme(organisation, WITH_MINORS | {"vocabulary": {"address": "tu"}})
    Coordinator.objects.create(programme=programme, person=alix, may_sign=True)
    cohort = make_cohort(programme)
    mentor = make_enrolment(cohort, camille, Role.MENTOR, **NOT_YET)
    mentee = make_enrolment(
        cohort, nour, Role.MENTEE, **NOT_YET, answers={"birth_date": "2010-05-01"}
    )
    convention = Convention.objects.get(pair=make_accepted_pair(mentor, mentee, by=alix))
    return conventions.name_guardian(
        convention, name="Leïla Haddad", email="leila@example.org", by=nour, at=AT
    )


def test_a_guardian_is_spoken_to_as_vous_wherever_others_say_tu(guardian, client, nour):
    put_text(guardian.convention)
    link = reverse("charters:guardian_link", args=[token_for(guardian)])

    shown = client.get(link, follow=True).content.decode()
    client.force_login(nour)
    own = client.get(reverse("charters:convention", args=[guardian.convention.pair_id]))

    assert "il montre que c'est bien vous" in shown and "Touchez une page" in shown
    assert "Touche une page" in own.content.decode()


def test_once_all_have_signed_the_guardian_receives_a_link_to_the_document(
    guardian, client, alix, settings, tmp_path
):
    settings.MEDIA_ROOT = tmp_path
    sign_by_all(guardian.convention, for_organisation=alix, at=AT)

    row = OutboxMessage.objects.get(kind="convention_signed", address="leila@example.org")
    mail = rendering.preview(row)

    assert "est maintenant signée par tous. Voici votre exemplaire" in mail.body
    assert reverse("charters:guardian_link", args=[token_for(guardian)])[:60] in mail.body


def test_the_two_are_told_that_the_last_one_has_signed(convention, alix, camille, nour):
    sign_by_all(convention, for_organisation=alix, at=AT)

    rows = OutboxMessage.objects.filter(kind="convention_signed")

    assert {row.recipient for row in rows} == {camille, nour}
    body = rendering.preview(rows[0]).body
    assert "est signée par tous" in body
    assert reverse("charters:convention", args=[convention.pair_id]) in body


def test_who_signs_last_is_not_told_what_they_see(organisation, camille, nour, alix):
    parties = [{"kind": "mentor", "order": 2}, {"kind": "mentee", "order": 1}]
    agreement = {"kind": "convention", "parties": parties}
    cohort = make_cohort(make_programme(organisation, {"agreement": agreement}))
    mentor = make_enrolment(cohort, camille, Role.MENTOR, **NOT_YET)
    mentee = make_enrolment(cohort, nour, Role.MENTEE, **NOT_YET)
    convention = Convention.objects.get(pair=make_accepted_pair(mentor, mentee, by=alix))

    for kind, person in ((PartyKind.MENTEE, nour), (PartyKind.MENTOR, camille)):
        sign(convention, convention.parties.get(kind=kind), by=person, at=AT)

    assert [row.recipient for row in OutboxMessage.objects.filter(kind="convention_signed")] == [
        nour
    ]
