"""A convention is opened, signed by each in turn, refused, replaced (I5)."""

from __future__ import annotations

from datetime import timedelta

import pytest

from charters.enums import ConventionState, RefusalReason
from charters.models import Convention, Signature
from charters.queries import agreement_of, agreement_steps, awaited_parties
from charters.services import conventions, signing
from notifications.models import OutboxMessage
from programmes.enums import FeeState, PairState, StopReason
from programmes.lifecycle import ImpossibleTransition
from programmes.models import FeeAccount
from programmes.policy.rules import PartyKind
from programmes.policy.terms import Role
from programmes.sentences import Refused
from programmes.services import pairs
from tests.charters.conftest import THREE_PARTIES
from tests.factories import charters as factories
from tests.factories.charters import AT_HOME, sign_by_all
from tests.factories.programmes import (
    AT,
    make_accepted_pair,
    make_cohort,
    make_enrolment,
    make_programme,
)

pytestmark = pytest.mark.django_db


def party_of(convention, kind):
    return convention.parties.get(kind=kind)


def sign(convention, kind, *, by, at=AT, has_ticked=True):
    party = party_of(convention, kind)
    return factories.sign(convention, party, by=by, at=at, has_ticked=has_ticked)


def test_the_text_is_frozen_when_both_accept(convention):
    convention.pair.cohort.programme.organisation.name = "Un autre nom"
    convention.pair.cohort.programme.organisation.save()

    convention = Convention.objects.get(pk=convention.pk)

    assert convention.document["organisation"] == "Les Ponts du Savoir"
    assert [party["name"] for party in convention.document["parties"]] == [
        "Camille Moreau",
        "Nour Haddad",
        "Les Ponts du Savoir",
    ]
    assert convention.is_intact


def test_around_an_english_charter_the_rest_is_french_throughout(organisation, alix, camille, nour):
    commitment = {"code": "listen", "text": "I listen to {the mentee}."}
    section = {"voice": "all", "commitments": [commitment]}
    programme = make_programme(
        organisation,
        {
            "fee": {"amount": "90.00"},
            "agreement": {"kind": "convention", "parties": THREE_PARTIES},
            "charter": {
                "title": "{Mentoring} charter",
                "edition": AT.date(),
                "language": "en",
                "sections": [section],
            },
        },
    )
    cohort = make_cohort(programme)
    mentee = make_enrolment(cohort, nour, Role.MENTEE)
    FeeAccount.objects.create(
        enrolment=mentee, amount=90, state=FeeState.SETTLED, settled_on=AT.date()
    )

    pair = make_accepted_pair(make_enrolment(cohort, camille, Role.MENTOR), mentee, by=alix)

    document = Convention.objects.get(pair=pair).document
    assert document["charter"]["title"] == "Mentoring charter"
    assert document["terms"][-1]["text"] == "Le mentoré verse 90,00 € à l'association."


def test_a_text_that_was_altered_is_signed_by_nobody(convention, camille):
    convention.document["purpose"] = "Autre chose."
    convention.save()

    with pytest.raises(Refused) as refusal:
        sign(convention, PartyKind.MENTOR, by=camille)

    assert refusal.value.verdict.codes == ("convention:altered",)


def test_the_last_signature_starts_the_pair(convention, camille, nour, alix):
    sign(convention, PartyKind.MENTEE, by=nour)
    sign(convention, PartyKind.MENTOR, by=camille, at=AT + timedelta(days=1))
    done = sign(convention, PartyKind.ORGANISATION, by=alix, at=AT + timedelta(days=2))

    assert done.state == ConventionState.SIGNED
    assert done.signed_at == AT + timedelta(days=2)
    done.pair.refresh_from_db()
    assert done.pair.state == PairState.ACTIVE
    assert [one.kind for one in agreement_of(done.pair).signatures] == [
        PartyKind.MENTEE,
        PartyKind.MENTOR,
        PartyKind.ORGANISATION,
    ]


def test_parties_sign_in_the_order_of_the_rules(convention, alix, camille):
    with pytest.raises(Refused) as refusal:
        sign(convention, PartyKind.ORGANISATION, by=alix)
    assert refusal.value.verdict.codes == ("signature:order",)

    sign(convention, PartyKind.MENTOR, by=camille)

    convention.refresh_from_db()
    assert convention.state == ConventionState.PARTLY_SIGNED
    assert [party.kind for party in awaited_parties(convention)] == ["mentee"]


@pytest.mark.parametrize("who", ["alix", "camille", "sacha", "superuser"])
def test_nobody_signs_for_another(request, convention, who, django_user_model):
    signer = (
        django_user_model.objects.create_superuser("root@example.org", "x")
        if who == "superuser"
        else request.getfixturevalue(who)
    )

    with pytest.raises(Refused) as refusal:
        sign(convention, PartyKind.MENTEE, by=signer)

    assert refusal.value.verdict.codes == ("signature:someone_else",)
    assert not Signature.objects.exists()


def test_a_coordinator_without_the_right_does_not_sign_for_the_association(
    convention, camille, nour, alix
):
    convention.pair.cohort.programme.coordinators.update(may_sign=False)
    sign(convention, PartyKind.MENTEE, by=nour)
    sign(convention, PartyKind.MENTOR, by=camille)

    with pytest.raises(Refused) as refusal:
        sign(convention, PartyKind.ORGANISATION, by=alix)

    assert refusal.value.verdict.codes == ("signature:someone_else",)


def test_one_of_the_two_never_signs_for_the_association(convention, camille, nour):
    convention.pair.cohort.programme.coordinators.create(person=camille, may_sign=True)
    sign(convention, PartyKind.MENTOR, by=camille)
    sign(convention, PartyKind.MENTEE, by=nour)

    with pytest.raises(Refused) as refusal:
        sign(convention, PartyKind.ORGANISATION, by=camille)

    assert refusal.value.verdict.codes == ("signature:someone_else",)


def test_the_statement_must_be_ticked(convention, camille):
    with pytest.raises(Refused) as refusal:
        sign(convention, PartyKind.MENTOR, by=camille, has_ticked=False)

    assert refusal.value.verdict.codes == ("signature:statement",)


def test_a_refusal_ends_the_text_and_the_team_opens_another(convention, nour, camille, alix):
    refused = signing.refuse_convention(
        convention,
        party=party_of(convention, PartyKind.MENTEE),
        by=nour,
        reason=RefusalReason.MISTAKE,
        at=AT,
        circumstances=AT_HOME,
    )
    with pytest.raises(Refused):
        sign(convention, PartyKind.MENTOR, by=camille)

    another = conventions.renew_convention(convention.pair, by=alix, at=AT)

    assert refused.state == ConventionState.REFUSED
    assert another.state == ConventionState.OPEN
    assert [str(step.who) for step in agreement_steps(another.pair, nour) if step.url] == [
        "Nour Haddad"
    ]


def test_a_new_text_replaces_one_still_to_sign_but_not_a_signed_one(convention, camille, alix):
    sign(convention, PartyKind.MENTOR, by=camille)

    another = conventions.renew_convention(convention.pair, by=alix, at=AT)

    convention.refresh_from_db()
    assert convention.state == ConventionState.SUPERSEDED
    assert not Signature.objects.filter(party__convention=another).exists()
    sign_by_all(another, for_organisation=alix, at=AT)
    with pytest.raises(ImpossibleTransition):
        conventions.renew_convention(another.pair, by=alix, at=AT)


def test_a_pair_that_is_cancelled_leaves_no_convention(convention, alix):
    pairs.cancel_pair(convention.pair, by=alix, at=AT)

    convention.refresh_from_db()
    assert convention.state == ConventionState.VOID


def test_a_pair_that_is_stopped_leaves_no_convention_in_force(convention, alix):
    sign_by_all(convention, for_organisation=alix, at=AT)

    pairs.stop_pair(convention.pair, reason=StopReason.UNAVAILABLE, by=alix, at=AT)

    convention.refresh_from_db()
    assert convention.state == ConventionState.VOID


def test_each_is_asked_when_it_is_their_turn(convention, camille, nour, alix):
    asked = OutboxMessage.objects.filter(kind="agreement_to_give")
    first = set(asked.values_list("recipient", flat=True))
    sign(convention, PartyKind.MENTOR, by=camille)
    sign(convention, PartyKind.MENTEE, by=nour)

    assert first == {camille.pk, nour.pk}
    assert asked.filter(recipient=alix).count() == 1
