"""Who has not accepted or signed is asked, then asked again: not too often, nor for nothing (I3, I5)."""

from __future__ import annotations

from datetime import date, time, timedelta
from typing import Any

import pytest
from django.urls import reverse

from charters.enums import RefusalReason
from charters.models import Convention
from charters.queries import current_charter
from charters.services import conventions, signing
from charters.services.acceptances import accept_charter
from notifications import planner
from notifications.models import OutboxMessage
from notifications.planner import paris_time
from notifications.rendering import preview
from programmes.enums import EnrolmentState
from programmes.policy.rules import PartyKind
from programmes.policy.terms import Role
from programmes.services import enrolments, importing, pairs
from tests.charters.conftest import NOT_YET, THREE_PARTIES, WITH_MINORS
from tests.factories import charters as factories
from tests.factories.charters import AT_HOME, make_signatory
from tests.factories.imports import import_rows
from tests.factories.programmes import (
    AT,
    make_accepted_pair,
    make_cohort,
    make_enrolment,
    make_programme,
)
from tests.factories.team import make_coordinator

pytestmark = pytest.mark.django_db

ADMITTED_ON = date(2026, 9, 15)  # AT
BEFORE_MATCH: dict[str, Any] = {"acceptance": {"due": "match"}}
EVERY_WEEK = {"remind_every": "P7D"}
BY_CHARTER: dict[str, Any] = {"acceptance": {"due": "agreement", **EVERY_WEEK}}
BY_CONVENTION: dict[str, Any] = {
    "agreement": {"kind": "convention", "parties": THREE_PARTIES, **EVERY_WEEK}
}


def on_day(days: int):
    return paris_time(ADMITTED_ON + timedelta(days=days), time(12))


def plan(kind: str, now, *, times: int = 2) -> list[tuple[str, str]]:
    """Plan so many times; to whom the messages of a kind go, and for which business day."""
    for _ in range(times):
        planner.plan_due(now)
    rows = OutboxMessage.objects.filter(kind=kind).order_by("pk").select_related("recipient")
    return [
        (row.recipient.first_name if row.recipient else row.address, row.payload["on"])
        for row in rows
    ]


def are_due(kind: str, now) -> list[bool]:
    rows = OutboxMessage.objects.filter(kind=kind).order_by("pk")
    return [row.message().is_still_due(now) for row in rows]


def submitted(cohort, person, role=Role.MENTEE):
    return make_enrolment(cohort, person, role, state=EnrolmentState.SUBMITTED, **NOT_YET)


def accept(enrolment, *, at=AT):
    version = current_charter(enrolment.cohort.programme, ADMITTED_ON)
    commitments = [one.code for one in version.text.commitments_for(enrolment.as_role)]
    accept_charter(enrolment, version=version, commitments=commitments, by=enrolment.person, at=at)


def sign(convention, kind, *, by, at=AT):
    party = convention.parties.get(kind=kind)
    return factories.sign(convention, party, by=by, at=at)


@pytest.fixture
def make_pair(organisation, camille, nour, alix):
    """Camille and Nour, who both accepted one another, in a programme that says this."""

    def make(document: dict[str, Any], **mentee: Any):
        cohort = make_cohort(make_programme(organisation, document))
        return make_accepted_pair(
            make_enrolment(cohort, camille, Role.MENTOR, **NOT_YET),
            make_enrolment(cohort, nour, Role.MENTEE, **NOT_YET, **mentee),
            by=alix,
        )

    return make


@pytest.fixture
def signed_by_both(make_pair, camille, nour, alix):
    """A convention that waits for the association alone."""
    convention = make_pair(BY_CONVENTION).conventions.get()
    make_signatory(convention, alix)
    sign(convention, PartyKind.MENTOR, by=camille)
    return sign(convention, PartyKind.MENTEE, by=nour, at=on_day(3))


def test_a_charter_due_before_the_match_is_asked_for_once_admitted(organisation, nour, alix):
    cohort = make_cohort(make_programme(organisation, BEFORE_MATCH))
    enrolment = submitted(cohort, nour)
    assert plan("charter_to_accept", AT) == []

    enrolments.admit(enrolment, by=alix, at=AT)

    assert plan("charter_to_accept", AT) == [("Nour", "2026-09-15")]
    assert plan("charter_to_accept", on_day(60)) == [("Nour", "2026-09-15")]
    accept(enrolment, at=on_day(1))
    assert are_due("charter_to_accept", on_day(1)) == [False]


@pytest.mark.parametrize("due", ["submission", "agreement"])
def test_a_charter_due_at_another_moment_is_not_asked_for_on_admission(
    organisation, nour, alix, due
):
    cohort = make_cohort(make_programme(organisation, {"acceptance": {"due": due}}))
    make_enrolment(cohort, nour, Role.MENTEE, **NOT_YET)

    assert plan("charter_to_accept", on_day(1)) == []


def test_a_charter_is_asked_for_again_three_times_where_the_programme_says_so(
    organisation, nour, alix
):
    terms = {"acceptance": {"due": "match", "remind_every": "P5D"}}
    enrolment = submitted(make_cohort(make_programme(organisation, terms)), nour)
    enrolments.admit(enrolment, by=alix, at=AT)

    for day in range(60):
        asked = plan("charter_to_accept", on_day(day), times=1)

    days = ["2026-09-15", "2026-09-20", "2026-09-25", "2026-09-30"]
    assert asked == [("Nour", day) for day in days]
    rows = OutboxMessage.objects.filter(kind="charter_to_accept").order_by("pk")
    first, *again = (preview(row).subject for row in rows)
    assert first == "La charte vous attend : Programme simple"
    assert set(again) == {"Rappel : la charte vous attend (Programme simple)"}

    enrolments.withdraw(enrolment, by=nour, at=on_day(60))
    assert set(are_due("charter_to_accept", on_day(60))) == {False}


def test_who_was_entered_from_a_list_is_asked_once_the_team_has_written(organisation, alix):
    cohort = make_cohort(make_programme(organisation, BEFORE_MATCH))
    import_rows(
        cohort,
        [["Zoé", "Çelik", "zoe.celik@example.org"]],
        Role.MENTEE,
        headings=["Prénom", "Nom", "Courriel"],
        admit=True,
    )
    assert cohort.enrolments.get().state == EnrolmentState.ADMITTED
    assert plan("charter_to_accept", on_day(1)) == []

    importing.welcome_imported(cohort, by=alix, at=on_day(1))

    assert plan("charter_to_accept", on_day(1)) == [("Zoé", "2026-09-15")]


def test_of_a_pair_that_waits_for_the_charter_who_has_not_accepted_it_is_reminded(make_pair, alix):
    pair = make_pair(BY_CHARTER)
    accept(pair.mentor)

    assert plan("agreement_reminder", on_day(6)) == []
    assert plan("agreement_reminder", on_day(7)) == [("Nour", "2026-09-22")]
    # Someone away for ten days finds one more mail, not two.
    reminded = [("Nour", "2026-09-22"), ("Nour", "2026-10-06")]
    assert plan("agreement_reminder", on_day(22)) == reminded
    assert plan("agreement_reminder", on_day(90)) == reminded
    assert are_due("agreement_reminder", on_day(22)) == [True, True]

    accept(pair.mentee, at=on_day(23))
    assert are_due("agreement_reminder", on_day(23)) == [False, False]


def test_of_a_convention_each_is_reminded_from_the_day_of_their_turn(signed_by_both, alix):
    assert plan("agreement_reminder", on_day(9)) == []
    assert plan("agreement_reminder", on_day(10)) == [("Alix", "2026-09-25")]
    assert are_due("agreement_reminder", on_day(10)) == [True]

    sign(signed_by_both, PartyKind.ORGANISATION, by=alix, at=on_day(11))
    assert are_due("agreement_reminder", on_day(11)) == [False]
    assert len(plan("agreement_reminder", on_day(30))) == 1


def test_only_who_has_not_signed_is_reminded(make_pair, camille):
    convention = make_pair(BY_CONVENTION).conventions.get()
    sign(convention, PartyKind.MENTOR, by=camille, at=on_day(1))

    assert plan("agreement_reminder", on_day(8)) == [("Nour", "2026-09-22")]


@pytest.mark.parametrize(
    "document",
    [
        {"acceptance": {"due": "agreement"}},
        {"agreement": {"kind": "convention", "parties": THREE_PARTIES}},
    ],
)
def test_a_programme_that_gives_no_interval_reminds_nobody(make_pair, document):
    make_pair(document)

    assert plan("agreement_reminder", on_day(60)) == []
    assert OutboxMessage.objects.filter(kind="agreement_to_give").count() == 2


@pytest.mark.parametrize("document", [BY_CHARTER, BY_CONVENTION])
def test_a_pair_that_is_cancelled_reminds_nobody(make_pair, alix, document):
    pair = make_pair(document)
    assert len(plan("agreement_reminder", on_day(7))) == 2

    pairs.cancel_pair(pair, by=alix, at=on_day(8))

    assert len(plan("agreement_reminder", on_day(14))) == 2
    assert are_due("agreement_reminder", on_day(8)) == [False, False]


def test_a_new_text_has_its_own_reminders(make_pair, alix):
    pair = make_pair(BY_CONVENTION)
    plan("agreement_reminder", on_day(7))

    conventions.renew_convention(pair, by=alix, at=on_day(10))

    assert are_due("agreement_reminder", on_day(10)) == [False, False]
    assert [day for _, day in plan("agreement_reminder", on_day(17))[2:]] == ["2026-10-02"] * 2


def test_a_signature_asks_nobody_a_second_time(make_pair, camille):
    convention = make_pair(BY_CONVENTION).conventions.get()

    sign(convention, PartyKind.MENTOR, by=camille, at=on_day(1))

    asked = OutboxMessage.objects.filter(kind="agreement_to_give")
    assert sorted(row.recipient.first_name for row in asked) == ["Camille", "Nour"]


def test_a_guardian_is_named_by_the_mentee_then_reminded(make_pair, camille, nour):
    agreement = WITH_MINORS["agreement"] | EVERY_WEEK
    convention = make_pair(
        WITH_MINORS | {"agreement": agreement}, answers={"birth_date": "2010-05-01"}
    ).conventions.get()
    sign(convention, PartyKind.MENTOR, by=camille)
    # Who has not signed either finds on signing that a guardian is to be named: one mail, not two.
    assert plan("agreement_reminder", on_day(7)) == [("Nour", "2026-09-22")]
    sign(convention, PartyKind.MENTEE, by=nour, at=on_day(8))

    to_name = plan("agreement_reminder", on_day(14))[1:]
    assert to_name == [("Nour", "2026-09-29")]
    told = preview(OutboxMessage.objects.filter(kind="agreement_reminder").latest("pk"))
    assert "votre représentant légal. Il reste à dire qui c'est" in told.body

    conventions.name_guardian(
        convention, name="Lina Haddad", email="lina@example.org", by=nour, at=on_day(15)
    )
    assert are_due("agreement_reminder", on_day(15)) == [False, False]
    assert plan("agreement_reminder", on_day(21))[2:] == []
    assert plan("agreement_reminder", on_day(22))[2:] == [("lina@example.org", "2026-10-07")]
    told = preview(OutboxMessage.objects.filter(kind="agreement_reminder").latest("pk"))
    assert told.subject == "Rappel : la convention vous attend (Camille Moreau & Nour Haddad)"
    assert "http://testserver/signature/" in told.body


def test_a_reminder_says_what_is_missing_and_where_to_turn(make_pair, signed_by_both):
    plan("agreement_reminder", on_day(10))

    told = preview(OutboxMessage.objects.get(kind="agreement_reminder"))

    assert told.subject == "Rappel : la convention vous attend (Camille Moreau & Nour Haddad)"
    assert "Il suffit de répondre à ce courriel" in told.body
    assert "{" not in told.subject + told.body + told.html.split("</head>")[1]
    assert Convention.objects.get().is_awaited


@pytest.fixture
def refused(make_pair, nour, alix):
    """Nour does not sign; Alix coordinates, and so does Camille, who is one of the two."""
    convention = make_pair(BY_CONVENTION).conventions.get()
    for person in (alix, convention.pair.mentor.person):
        make_coordinator(convention.pair.cohort.programme, person)
    return signing.refuse_convention(
        convention,
        party=convention.parties.get(kind=PartyKind.MENTEE),
        by=nour,
        reason=RefusalReason.MISTAKE,
        at=on_day(2),
        circumstances=AT_HOME,
    )


def test_a_refusal_is_told_to_the_team_with_what_it_can_do(refused):
    row = OutboxMessage.objects.get(kind="convention_refused")
    told = preview(row)

    assert row.recipient.first_name == "Alix"
    assert told.subject == "Convention refusée : Camille Moreau & Nour Haddad"
    assert (
        "Nour Haddad ne souhaite pas signer la convention : « le texte contient une erreur »."
        in told.body
    )
    pair = refused.pair
    for text in (told.body, told.html):
        assert f"http://testserver{reverse('programmes:team_pair', args=[pair.pk])}" in text
        assert f"http://testserver{reverse('charters:renew', args=[pair.pk])}" in text
        assert "{" not in text.split("</head>")[-1]


def test_a_refused_text_reminds_nobody(refused):
    assert plan("agreement_reminder", on_day(30)) == []


@pytest.mark.parametrize(
    "act",
    [
        lambda pair, alix: conventions.renew_convention(pair, by=alix, at=on_day(3)),
        lambda pair, alix: pairs.cancel_pair(pair, by=alix, at=on_day(3)),
    ],
    ids=["another text", "cancelled"],
)
def test_a_refusal_the_team_has_seen_to_is_told_no_more(refused, alix, act):
    assert are_due("convention_refused", on_day(2)) == [True]

    act(refused.pair, alix)

    assert are_due("convention_refused", on_day(3)) == [False]
