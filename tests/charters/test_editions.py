"""A newer edition: everyone keeps what they accepted, and is asked again where the programme says so (I11)."""

from __future__ import annotations

from datetime import date, time
from html import unescape

import pytest
from django.urls import reverse

from charters.editions import newer_edition
from charters.models import Acceptance
from charters.queries import current_charter
from charters.services.acceptances import accept_charter
from charters.services.texts import publish_charter
from charters.text import read_charter
from notifications import planner
from notifications.models import OutboxMessage
from notifications.planner import paris_time
from notifications.rendering import preview
from people import clock
from programmes.policy.terms import Role
from tests.charters.test_texts import CHARTER
from tests.factories.programmes import AT, make_cohort, make_enrolment, make_programme

pytestmark = pytest.mark.django_db

TURN = date(2050, 11, 1)  # after any day on which these tests run
SECTION = CHARTER["sections"][0] | {
    "commitments": [{"code": "listen", "text": "J'écoute {le mentoré} sans l'interrompre."}]
}
NEWER = CHARTER | {"edition": TURN, "sections": [SECTION, *CHARTER["sections"][1:]]}


@pytest.fixture
def accepted(organisation, camille):
    """Camille accepted the first edition; a second one comes into force on TURN."""

    def make(**terms):
        programme = make_programme(
            organisation, {"charter": CHARTER, "acceptance": {"due": "match"} | terms}
        )
        enrolment = make_enrolment(
            make_cohort(programme),
            camille,
            Role.MENTOR,
            charter_version=None,
            charter_accepted_at=None,
        )
        version = current_charter(programme, AT.date())
        accept_charter(enrolment, version=version, commitments=(), by=camille, at=AT)
        publish_charter(programme, text=read_charter(NEWER), by=None, at=AT)
        enrolment.refresh_from_db()
        return enrolment

    return make


def at_turn():
    return paris_time(TURN, time(12))


def test_before_its_day_a_newer_edition_concerns_nobody(accepted):
    assert newer_edition(accepted(ask_again=True), date(2050, 10, 31)) is None


def test_everyone_keeps_what_they_accepted_unless_the_programme_asks_again(accepted):
    newer = newer_edition(accepted(), TURN)

    planner.plan_due(at_turn())

    assert newer is not None
    assert (newer.former.number, newer.version.number, newer.is_asked) == (1, 2, False)
    assert not OutboxMessage.objects.filter(kind="charter_renewed").exists()


def test_who_is_asked_again_is_written_to_once_until_it_is_accepted(accepted, camille):
    enrolment = accepted(ask_again=True)

    for _ in range(3):
        planner.plan_due(at_turn())
    [row] = OutboxMessage.objects.filter(kind="charter_renewed")
    was_due = row.message().is_still_due(at_turn())
    accept_charter(
        enrolment,
        version=current_charter(enrolment.cohort.programme, TURN),
        commitments=(),
        by=camille,
        at=at_turn(),
    )

    assert row.recipient == camille
    assert (was_due, row.message().is_still_due(at_turn())) == (True, False)
    enrolment.refresh_from_db()
    assert enrolment.charter_version == 2
    assert [one.version.number for one in Acceptance.objects.order_by("pk")] == [1, 2]


def test_the_mail_says_what_is_asked_and_leads_to_what_changed(accepted):
    enrolment = accepted(ask_again=True)
    planner.plan_due(at_turn())

    mail = preview(OutboxMessage.objects.get(kind="charter_renewed"))

    assert mail.subject == "Une nouvelle édition de la charte : Programme simple"
    assert reverse("charters:changes", args=[enrolment.pk]) in mail.body


def test_a_withdrawn_person_is_not_asked_again(accepted):
    enrolment = accepted(ask_again=True)
    enrolment.state = "withdrawn"
    enrolment.save()

    newer = newer_edition(enrolment, TURN)

    assert newer is not None
    assert not newer.is_asked


def test_the_page_shows_the_words_that_changed(client, accepted, camille):
    enrolment = accepted(ask_again=True)
    clock.advance_to(at_turn())
    client.force_login(camille)

    changes = client.get(reverse("charters:changes", args=[enrolment.pk])).content.decode()
    shown = unescape(changes)
    form = client.get(reverse("charters:accept", args=[enrolment.pk]))

    assert "J'écoute le mentoré" in shown
    assert "<ins>" in shown
    assert "[ajouté :" in shown
    assert "sans l'interrompre" in shown
    assert form.context["form"] is not None
