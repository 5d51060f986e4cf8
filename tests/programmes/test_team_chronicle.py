"""The journal is told in the programme's words, from the events of every app."""

import re

import pytest

from charters.events import EVENTS as CHARTER_EVENTS
from programmes import chronicle
from programmes.models import JournalEntry
from programmes.phrases import check_text
from sessions.chronicle import SENTENCES as MEETING_EVENTS
from tests.factories.programmes import AT, make_cohort, make_programme
from tests.harness import tree

SERVICES = [p for p in tree.product_sources() if "/services" in tree.shown(p)]


@pytest.fixture
def cohort(organisation):
    document = {
        "vocabulary": {"meeting": "entretien", "mentee": "mentorée", "convention": "contrat"},
    }
    return make_cohort(make_programme(organisation, document))


def told(cohort, event: str, **facts) -> str:
    return chronicle.tell_event(JournalEntry(event=event, at=AT, facts=facts), cohort)


@pytest.mark.parametrize(
    ("event", "facts", "sentence"),
    [
        ("meeting_cancelled", {"on": "2026-10-01"}, "Rendez-vous du 1er octobre 2026 annulé"),
        (
            "milestone_answered",
            {"title": "Bilan commun", "role": "mentee"},
            "« Bilan commun » : fait par la mentorée",
        ),
        ("convention_signed", {"party": "organisation"}, "Contrat signé par l'association"),
        (
            "proposal_declined",
            {"role": "mentor", "reason": "busy"},
            "Proposition déclinée par le mentor : je n'ai pas assez de temps en ce moment",
        ),
        (
            "fee_settled",
            {"receipt": "2026-1-0001"},
            "Frais de participation réglés, reçu n° 2026-1-0001",
        ),
        ("fee_settled", {}, "Frais de participation réglés, reçu n° –"),
        ("of_a_later_version", {}, "Étape enregistrée (of_a_later_version)"),
    ],
)
def test_events_are_told(cohort, event, facts, sentence):
    assert told(cohort, event, **facts) == sentence


def test_every_sentence_speaks_the_phrase_language():
    sentences = {**CHARTER_EVENTS, **MEETING_EVENTS}

    assert [problem for text in sentences.values() for problem in check_text(str(text))] == []


def test_what_services_write_in_the_journal_of_people_has_its_sentence(cohort):
    written = {
        event
        for path in SERVICES
        for event in re.findall(r'record(?:_of)?\(\s*"([a-z_]+)"', path.read_text(encoding="utf-8"))
    }
    of_the_programme = {
        "charter_published",
        "charter_withdrawn",
        "cohort_opened",
        "cohort_changed",
        "concern_closed",
        "concern_in_hand",
        "concern_raised",
        "coordinator_added",
        "coordinator_invited",
        "coordinator_removed",
        "coordinator_uninvited",
        "matching_run",
        "people_imported",
        "person_invited",
        "rules_published",
    }

    untold = {
        event for event in written if "(" in told(cohort, event) and event in told(cohort, event)
    }

    assert len(written) > 20
    assert untold - of_the_programme == set()


def test_a_pair_closed_all_the_same_is_told_with_the_teams_reason(cohort):
    assert told(cohort, "pair_completed") == "Binôme mené à terme"
    assert (
        told(cohort, "pair_completed", despite="Un départ à l'étranger")
        == "Binôme mené à terme, malgré ce qui manquait : « Un départ à l'étranger »"
    )
