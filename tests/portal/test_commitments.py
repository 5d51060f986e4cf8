"""« Nos engagements »: a pair sees where each commitment stands; the team sees the states only."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from charters.facts import Notice
from charters.queries import current_charter
from charters.services.acceptances import accept_charter
from charters.services.texts import publish_charter
from charters.text import read_charter
from people.models import Membership
from programmes.policy.terms import Role
from reporting.queries.commitments import commitment_facts
from sessions.services.answering import accept_meeting, cancel_meeting
from sessions.services.arranging import move_meeting, propose_meeting
from tests.factories.meetings import make_appointment
from tests.harness.queries import queries_of
from tests.portal.conftest import START
from tests.portal.reading import text_of

NOT_YET = {"charter_version": None, "charter_accepted_at": None}
TERMS = {
    "acceptance": {"due": "agreement"},
    "meetings": {"notice_hours": 24},
    "membership": {"mentee": "member"},
    "quotas": [{"code": "two", "least": 2}],
    "milestones": [
        {"code": "news", "title": "Nouvelles", "after_meetings": 1, "roles": ["mentee"]}
    ],
    "charter": {
        "title": "Charte",
        "edition": date(2026, 9, 1),
        "english": {"title": "Charter"},
        "sections": [
            {
                "voice": "all",
                "commitments": [
                    {"code": "two", "text": "Deux fois.", "english": "Twice.", "watch": "meetings"},
                    {"code": "told", "text": "Prévenir.", "english": "Warn.", "watch": "notice"},
                    {"code": "heart", "text": "De bon cœur.", "english": "With a good heart."},
                ],
            },
            {
                "voice": "mentee",
                "commitments": [
                    {
                        "code": "news",
                        "text": "Des nouvelles.",
                        "english": "News.",
                        "watch": "milestone",
                        "milestone": "news",
                    },
                    {
                        "code": "member",
                        "text": "Adhérente.",
                        "english": "A member.",
                        "watch": "membership",
                    },
                ],
            },
        ],
    },
}

pytestmark = pytest.mark.django_db


@pytest.fixture
def pair(make_proposal, accept, make_meeting, organisation, nour):
    """Begun on the charter; they met once, and Nour's membership has lapsed since."""
    membership = Membership.objects.create(organisation=organisation, person=nour)
    pair = accept(make_proposal(TERMS, mentor=NOT_YET, mentee=NOT_YET))
    version = current_charter(pair.cohort.programme, START.date())
    for enrolment in (pair.mentor, pair.mentee):
        accept_charter(enrolment, version=version, commitments=(), by=enrolment.person, at=START)
    pair.refresh_from_db()
    make_meeting(pair, "held", days=3)
    membership.delete()
    return pair


def page(client, person, pair, name="portal:commitments"):
    client.force_login(person)
    return client.get(reverse(name, args=[pair.pk]))


def test_each_sees_where_the_commitments_stand(client, pair, camille):
    text = text_of(page(client, camille, pair))

    assert "Deux fois. en chemin 1 rencontre sur 2." in text
    assert "Prévenir. tenu Aucun rendez-vous n'a dû être déplacé." in text
    assert "Ce qui se vit, et ne se mesure pas De bon cœur." in text


def test_what_is_asked_now_leads_to_where_it_is_done_for_whom_it_concerns(
    client, pair, camille, nour
):
    address = reverse("meetings:milestone", args=[pair.pk, "news"])

    assert address in page(client, nour, pair).content.decode()
    assert address not in page(client, camille, pair).content.decode()


def test_who_has_done_their_part_is_left_alone(client, pair, nour):
    shown = page(client, nour, pair).context["asked"]
    pair.reviews.create(milestone="news", role="mentee", person=nour, done_at=START)

    left = page(client, nour, pair).context["asked"]

    assert [line.text for line in shown] == ["Des nouvelles.", "Adhérente."]
    assert [line.text for line in left] == ["Adhérente."]


def test_membership_is_a_matter_between_one_person_and_the_association(
    client, pair, camille, nour, alix
):
    order = "À remettre en ordre auprès de l'association."

    assert order in text_of(page(client, nour, pair))
    assert order in text_of(page(client, alix, pair, "portal:team_commitments"))
    other = text_of(page(client, camille, pair))
    assert "Adhérente." in other
    assert order not in other


def test_english_is_shown_to_who_reads_english(client, pair, camille):
    camille.language = "en"
    camille.save()

    assert "Twice." in text_of(page(client, camille, pair))


def test_the_commitments_are_those_one_accepted(client, pair, camille):
    newer = TERMS["charter"] | {
        "edition": date(2026, 9, 15),
        "sections": TERMS["charter"]["sections"][:1],
    }
    publish_charter(pair.cohort.programme, text=read_charter(newer), by=None, at=START)

    assert "Des nouvelles." in text_of(page(client, camille, pair))


def test_d13_notices_are_dates_agreed_and_not_kept(pair, camille, nour):
    def agree(days):
        meeting = propose_meeting(
            pair, appointment=make_appointment(START + timedelta(days=days)), by=nour, at=START
        )
        return accept_meeting(meeting, by=camille, at=START)

    moved, late, proposed = (
        agree(10),
        agree(20),
        propose_meeting(
            pair, appointment=make_appointment(START + timedelta(days=30)), by=nour, at=START
        ),
    )
    move_meeting(moved, appointment=make_appointment(START + timedelta(days=12)), by=nour, at=START)
    cancel_meeting(late, by=camille, at=START + timedelta(days=19, hours=20))
    cancel_meeting(proposed, by=nour, at=START)

    facts = commitment_facts(pair, today=START.date())

    assert set(facts.notices) == {Notice(Role.MENTEE, True), Notice(Role.MENTOR, False)}


def test_the_page_does_not_grow_with_the_meetings(client, pair, camille, make_meeting):
    address = reverse("portal:commitments", args=[pair.pk])
    client.force_login(camille)
    client.get(address)
    few = queries_of(lambda: client.get(address))
    for days in range(10, 40):
        make_meeting(pair, "held", days=days)

    assert queries_of(lambda: client.get(address)) == few
