"""The charter is accepted by each for oneself, and the pair starts on it (I3, I4)."""

from __future__ import annotations

import pytest

from charters.models import Acceptance, CharterVersion
from charters.queries import agreement_of, agreement_steps, current_charter
from charters.services.acceptances import accept_charter
from notifications.models import OutboxMessage
from programmes.enums import EnrolmentState, PairState
from programmes.policy.terms import Role
from programmes.sentences import Refused, tell_all
from tests.charters.test_texts import CHARTER
from tests.factories.programmes import (
    AT,
    make_accepted_pair,
    make_cohort,
    make_enrolment,
    make_programme,
)

NOT_YET = {"charter_version": None, "charter_accepted_at": None}

pytestmark = pytest.mark.django_db


@pytest.fixture
def both(organisation, camille, nour):
    """Camille and Nour in a programme whose charter is accepted at the agreement."""
    cohort = make_cohort(make_programme(organisation, {"charter": CHARTER}))
    mentor = make_enrolment(cohort, camille, Role.MENTOR, **NOT_YET)
    return mentor, make_enrolment(cohort, nour, Role.MENTEE, **NOT_YET)


def accept(enrolment, *, by=None, commitments=(), version=None):
    version = version or current_charter(enrolment.cohort.programme, AT.date())
    return accept_charter(
        enrolment, version=version, commitments=commitments, by=by or enrolment.person, at=AT
    )


def codes_of(enrolment):
    version = current_charter(enrolment.cohort.programme, AT.date())
    return [one.code for one in version.text.commitments_for(enrolment.as_role)]


def test_a_draft_is_handed_in_with_the_charter(draft):
    acceptance = accept(draft, commitments=codes_of(draft))

    draft.refresh_from_db()
    assert draft.state == EnrolmentState.SUBMITTED
    assert (draft.charter_version, draft.charter_digest) == (1, acceptance.digest)
    assert draft.charter_missing == []


def test_commitments_not_ticked_are_told_one_by_one_and_nothing_is_kept(draft):
    codes = codes_of(draft)

    with pytest.raises(Refused) as refusal:
        accept(draft, commitments=codes[:-2])

    assert tell_all(refusal.value.verdict.breaches, draft.cohort.vocabulary) == [
        "Il reste à accepter : « Nous tenons les dates convenues et prévenons au plus tôt en cas d'empêchement. »",
        "Il reste à accepter : « Je partage mon expérience, sans décider à la place du mentoré. »",
    ]
    assert not Acceptance.objects.exists()


def test_nobody_accepts_for_another(draft, alix):
    with pytest.raises(Refused) as refusal:
        accept(draft, by=alix, commitments=codes_of(draft))

    assert refusal.value.verdict.codes == ("acceptance:someone_else",)


def test_what_else_is_missing_keeps_the_charter_from_being_accepted(draft):
    draft.capacity = 9
    draft.save()
    rule_set = draft.cohort.rule_set
    rule_set.document |= {"seats": {"mentor": 2}}
    rule_set.save()

    with pytest.raises(Refused) as refusal:
        accept(draft, commitments=codes_of(draft))

    assert refusal.value.verdict.codes == ("capacity:own",)
    assert not Acceptance.objects.exists()


def test_an_edition_that_was_replaced_meanwhile_is_not_accepted(draft):
    old = CharterVersion.objects.get(programme=draft.cohort.programme)
    make_programme(draft.cohort.programme.organisation, {"charter": CHARTER})

    with pytest.raises(Refused) as refusal:
        accept(
            draft, commitments=[c.code for c in old.text.commitments_for(Role.MENTOR)], version=old
        )

    assert refusal.value.verdict.codes == ("acceptance:not_current",)


def test_the_charter_is_not_asked_before_the_introduction(both):
    with pytest.raises(Refused) as refusal:
        accept(both[0])

    assert refusal.value.verdict.codes == ("acceptance:not_asked",)


def test_the_pair_starts_once_both_accepted(both, alix):
    pair = make_accepted_pair(*both, by=alix)
    accept(both[0])
    pair.refresh_from_db()
    after_one = pair.state
    accept(both[1])

    pair.refresh_from_db()
    assert (after_one, pair.state) == (PairState.ACCEPTED, PairState.ACTIVE)


def test_both_are_asked_and_see_what_is_left(both, alix, nour, camille):
    pair = make_accepted_pair(*both, by=alix)
    accept(both[0])

    asked = OutboxMessage.objects.filter(kind="agreement_to_give")
    pair.refresh_from_db()
    steps = agreement_steps(type(pair).objects.get(pk=pair.pk), nour)

    assert {row.recipient_id for row in asked} == {camille.pk, nour.pk}
    assert [row.message().is_still_due(AT) for row in asked.order_by("recipient_id")] == [
        False,
        True,
    ]
    assert [(step.who, step.done_at, step.url) for step in steps] == [
        ("Camille Moreau", AT, ""),
        ("Nour Haddad", None, f"/candidatures/{both[1].pk}/charte/"),
    ]


def test_a_pair_starts_at_once_when_both_accepted_before(organisation, camille, nour, alix):
    cohort = make_cohort(make_programme(organisation, {"acceptance": {"due": "submission"}}))
    mentor = make_enrolment(cohort, camille, Role.MENTOR)
    mentee = make_enrolment(cohort, nour, Role.MENTEE)

    pair = make_accepted_pair(mentor, mentee, by=alix)

    assert pair.state == PairState.ACTIVE
    assert [one.role for one in agreement_of(pair).acceptances] == [Role.MENTOR, Role.MENTEE]


def test_accepting_twice_is_accepting_once(draft):
    first = accept(draft, commitments=codes_of(draft))

    assert accept(draft, commitments=codes_of(draft)) == first
    assert draft.journal.filter(event="charter_accepted").count() == 1
