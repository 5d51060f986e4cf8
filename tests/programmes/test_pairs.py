from datetime import date

import pytest

from programmes.enums import LIVE_PAIR_STATES, PairState
from programmes.models import Pair
from programmes.policy.evidence import Agreement
from programmes.policy.terms import Role
from programmes.queries.visibility import own_pairs, pairs_of
from programmes.sentences import Refused, tell_all
from programmes.services import pairs
from tests.factories.programmes import (
    AT,
    make_acceptance,
    make_accepted_pair,
    make_cohort,
    make_enrolment,
    make_programme,
    make_running_pair,
)


@pytest.fixture
def cohort(organisation):
    document = {
        "vocabulary": {"mentor": "mentore", "mentee": "mentorée"},
        "length": {"usual": "P6M"},
        "seats": {"mentor": 1},
        "questions": [{"code": "years", "kind": "integer", "label": "Années d'expérience"}],
        "criteria": [
            {
                "code": "seniority",
                "label": "Expérience",
                "test": "gap",
                "mentor": "years",
                "mentee": "years",
                "minimum": 10,
            }
        ],
    }
    return make_cohort(make_programme(organisation, document))


def test_a_pair_goes_from_draft_to_start(cohort, camille, nour, alix):
    mentor = make_enrolment(cohort, camille, Role.MENTOR, answers={"years": 15})
    mentee = make_enrolment(cohort, nour, Role.MENTEE, answers={"years": 5})

    pair = make_running_pair(mentor, mentee, by=alix)

    assert pair.state == PairState.ACTIVE
    assert (pair.started_on, pair.planned_end_on) == (date(2026, 10, 1), date(2027, 4, 1))
    assert list(pair.journal.order_by("pk").values_list("event", flat=True)) == [
        "pair_drafted",
        "pair_proposed",
        "proposal_accepted",
        "proposal_accepted",
        "pair_introduced",
        "pair_started",
    ]


def test_a_breach_is_told_with_its_numbers_in_the_programmes_words(cohort, camille, nour, alix):
    mentor = make_enrolment(cohort, camille, Role.MENTOR, answers={"years": 14})
    mentee = make_enrolment(cohort, nour, Role.MENTEE, answers={"years": 5})

    with pytest.raises(Refused) as refusal:
        pairs.draft_pair(mentor, mentee, by=alix, at=AT)

    assert tell_all(refusal.value.verdict.breaches, cohort.vocabulary) == [
        "« Expérience » : 9 de plus pour la mentore ; le programme en demande au moins 10."
    ]
    assert not Pair.objects.exists()


def test_a_mentor_without_a_free_place_is_refused(cohort, camille, nour, sacha, alix):
    mentor = make_enrolment(cohort, camille, Role.MENTOR, answers={"years": 30})
    first = make_enrolment(cohort, nour, Role.MENTEE, answers={"years": 5})
    second = make_enrolment(cohort, sacha, Role.MENTEE, answers={"years": 5})
    pairs.draft_pair(mentor, first, by=alix, at=AT)

    with pytest.raises(Refused) as refusal:
        pairs.draft_pair(mentor, second, by=alix, at=AT)

    assert refusal.value.verdict.codes == ("capacity:mentor",)
    assert Pair.objects.filter(state__in=LIVE_PAIR_STATES).count() == 1


def test_no_pair_starts_before_both_accepted_the_charter(cohort, camille, nour, alix):
    not_yet = {"charter_version": None, "charter_accepted_at": None}
    mentor = make_enrolment(cohort, camille, Role.MENTOR, answers={"years": 15}, **not_yet)
    mentee = make_enrolment(cohort, nour, Role.MENTEE, answers={"years": 5}, **not_yet)
    pair = make_accepted_pair(mentor, mentee, by=alix)
    half = Agreement("charter", acceptances=(make_acceptance(Role.MENTOR),))

    with pytest.raises(Refused) as refusal:
        pairs.start_pair(pair, agreement=half, by=alix, at=AT)

    assert refusal.value.verdict.codes == ("agreement:mentee",)


def test_accepting_is_judged_again_by_what_holds_then(cohort, camille, nour, alix):
    mentor = make_enrolment(cohort, camille, Role.MENTOR, answers={"years": 15})
    mentee = make_enrolment(cohort, nour, Role.MENTEE, answers={"years": 5})
    pair = pairs.draft_pair(mentor, mentee, by=alix, at=AT)
    pairs.propose_pair(pair, by=alix, at=AT)
    mentor.answers = {"years": 14}
    mentor.save()

    with pytest.raises(Refused) as refusal:
        pairs.accept_proposal(pair, by=nour, at=AT)

    assert refusal.value.verdict.codes == ("criterion:seniority",)


def test_a_draft_that_was_dropped_is_never_shown_to_its_people(cohort, camille, nour, alix):
    mentor = make_enrolment(cohort, camille, Role.MENTOR, answers={"years": 15})
    mentee = make_enrolment(cohort, nour, Role.MENTEE, answers={"years": 5})
    pair = pairs.draft_pair(mentor, mentee, by=alix, at=AT)

    pairs.cancel_pair(pair, by=alix, at=AT)

    for person, enrolment in ((camille, mentor), (nour, mentee)):
        assert list(own_pairs(person)) == list(pairs_of(enrolment)) == []
    assert Pair.objects.get() == pair


def test_a_proposal_that_was_cancelled_stays_in_view(cohort, camille, nour, alix):
    mentor = make_enrolment(cohort, camille, Role.MENTOR, answers={"years": 15})
    mentee = make_enrolment(cohort, nour, Role.MENTEE, answers={"years": 5})
    pair = pairs.propose_pair(pairs.draft_pair(mentor, mentee, by=alix, at=AT), by=alix, at=AT)

    pairs.cancel_pair(pair, by=alix, at=AT)

    assert list(own_pairs(camille)) == list(own_pairs(nour)) == [pair]


def test_nobody_composes_a_pair_of_their_own(cohort, camille, nour):
    mentor = make_enrolment(cohort, camille, Role.MENTOR, answers={"years": 15})
    mentee = make_enrolment(cohort, nour, Role.MENTEE, answers={"years": 5})

    with pytest.raises(Refused) as refusal:
        pairs.draft_pair(mentor, mentee, by=camille, at=AT)

    assert tell_all(refusal.value.verdict.breaches, cohort.vocabulary) == [
        "Vous êtes l'une des deux personnes : quelqu'un d'autre de l'équipe décide de ce binôme."
    ]
