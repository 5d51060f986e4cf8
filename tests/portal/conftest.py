"""Camille and Nour on the programme that a test asks for, at the step that a test asks for."""

from datetime import UTC, datetime, timedelta

import pytest

from programmes.models import Coordinator
from programmes.policy.terms import Role
from programmes.services import pairs
from sessions.models import Meeting
from tests.factories.programmes import make_cohort, make_enrolment, make_programme

START = datetime(2026, 10, 1, 8, 0, tzinfo=UTC)


@pytest.fixture
def make_proposal(organisation, camille, nour, alix):
    """Propose Camille and Nour to each other under these terms; Alix coordinates."""

    def make(document=None, *, mentor=None, mentee=None):
        programme = make_programme(organisation, document)
        Coordinator.objects.create(programme=programme, person=alix)
        cohort = make_cohort(programme)
        pair = pairs.draft_pair(
            make_enrolment(cohort, camille, Role.MENTOR, **(mentor or {})),
            make_enrolment(cohort, nour, Role.MENTEE, **(mentee or {})),
            by=alix,
            at=START,
        )
        return pairs.propose_pair(pair, by=alix, at=START)

    return make


@pytest.fixture
def accept(camille, nour):
    """Both say yes."""

    def both(pair):
        pairs.accept_proposal(pair, by=camille, at=START)
        return pairs.accept_proposal(pair, by=nour, at=START)

    return both


@pytest.fixture
def start(accept):
    """Both say yes; their charter is accepted already, so that the pair begins at once."""
    return accept


@pytest.fixture
def make_meeting(nour):
    """A meeting so many days after the start, proposed by Nour unless a test says otherwise."""

    def make(pair, state, *, days, by=None):
        at = START + timedelta(days=days)
        accepted = {"accepted_at": START} if state in ("planned", "held") else {}
        held = {"held_at": at} if state == "held" else {}
        return Meeting.objects.create(
            pair=pair,
            state=state,
            starts_at=at,
            minutes=60,
            place="public",
            proposed_by=by or nour,
            proposed_at=START,
            changed_at=START,
            **accepted,
            **held,
        )

    return make
