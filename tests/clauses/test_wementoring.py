"""The charter of WeMentoring, clause by clause (ids: docs/charters.md)."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from charters.enums import IdentifiedBy
from charters.queries import current_charter
from charters.services.acceptances import accept_charter
from programmes.policy.arranging import asks_of, judge_minutes
from programmes.policy.course import judge_extension, judge_rhythm, planned_end
from programmes.policy.entering import judge_admission, judge_submission
from programmes.policy.evidence import MembershipStanding
from programmes.policy.matching import judge_match
from programmes.policy.terms import Role
from programmes.sentences import Refused
from tests.factories.clauses import (
    TODAY,
    accepted,
    file_of,
    met,
    rules_of,
    running,
    sentences,
    someone,
)
from tests.factories.programmes import AT, make_cohort, make_enrolment, make_preset

STEM = "wementoring"
RULES = rules_of(STEM)
MENTOR = {"position": "Ingénieure", "experience_years": 20, "subjects": ("career",)}
MENTEE = {"position": "Étudiante", "subjects": ("career",), "needs": "Prendre confiance."}


def mentor(**changes):
    return someone(Role.MENTOR, MENTOR | changes)


def mentee(**changes):
    return someone(Role.MENTEE, MENTEE | changes)


def test_p15_everything_reads_in_the_feminine():
    other = replace(mentor(), capacity=1, live_pairs=1)

    assert sentences(STEM, judge_match(RULES, other, mentee())) == [
        "La mentore accompagne déjà 1 personne ; sa limite est de 1."
    ]
    assert file_of(STEM).vocabulary.mentee.plural == "mentorées"


def test_p15_no_rule_says_women_only():
    assert RULES.eligibility == ()


def test_membership_is_not_asked_for():
    stranger = MembershipStanding()

    assert judge_admission(RULES, replace(mentee(), standing=stranger), today=TODAY).is_clear


def test_p14_several_on_both_sides_without_a_number():
    assert judge_match(
        RULES, replace(mentor(), live_pairs=4), replace(mentee(), live_pairs=2)
    ).is_clear


@pytest.mark.parametrize(
    ("missing", "told"),
    [
        ((), []),
        (("kindness",), ["Il reste 1 engagement de la charte à accepter."]),
        (("kindness", "respect"), ["Il reste 2 engagements de la charte à accepter."]),
    ],
)
def test_i4_acceptance_is_commitment_by_commitment(missing, told):
    person = replace(mentee(), acceptance=accepted(Role.MENTEE, missing=frozenset(missing)))

    assert sentences(STEM, judge_submission(RULES, person, today=TODAY)) == told


def test_d6_at_least_one_meeting_in_a_month_and_a_half_is_advised():
    slow = running(started_on=date(2026, 6, 1), meetings=met(2, every=timedelta(days=60)))
    today = slow.meetings[1].starts_at.date()

    assert judge_rhythm(RULES, slow, today=today + timedelta(days=44)).advisories == ()
    assert [
        advice.code
        for advice in judge_rhythm(RULES, slow, today=today + timedelta(days=46)).advisories
    ] == ["quota:rhythm"]


@pytest.mark.parametrize(
    ("minutes", "told"),
    [
        (59, ["59 minutes, c'est court ; le programme demande au moins 60."]),
        (60, []),
        (120, []),
        (121, ["121 minutes, c'est long ; le programme demande au plus 120."]),
    ],
)
def test_d9_a_meeting_lasts_one_to_two_hours(minutes, told):
    assert sentences(STEM, judge_minutes(RULES, minutes)) == told


def test_length_is_not_given_so_nothing_ends_or_blocks():
    assert planned_end(RULES, TODAY) is None
    assert judge_extension(RULES, running(), until=date(2027, 1, 1), agreed_by=Role).codes == (
        "extension:not_started",
    )


def test_s8_an_action_plan_is_asked_of_the_mentee_after_the_first_meeting():
    asks = asks_of(RULES, running(meetings=met(1)), today=date(2026, 10, 2))

    assert [(ask.milestone.code, ask.role) for ask in asks] == [("action_plan", Role.MENTEE)]


def test_k1_who_was_excluded_does_not_come_back():
    verdict = judge_submission(RULES, replace(mentor(), is_excluded=True), today=TODAY)

    assert sentences(STEM, verdict) == [
        "Cette personne a été exclue définitivement des programmes du réseau."
    ]


@pytest.mark.django_db
def test_i4_an_acceptance_keeps_each_commitment_and_how_it_was_given(organisation, nour):
    cohort = make_cohort(make_preset(organisation, STEM))
    version = current_charter(cohort.programme, AT.date())
    codes = [one.code for one in version.text.commitments_for(Role.MENTEE)]
    answers = {"position": "Étudiante", "subjects": ["career"], "needs": "Prendre confiance."}
    enrolment = make_enrolment(
        cohort,
        nour,
        Role.MENTEE,
        state="draft",
        submitted_at=None,
        charter_version=None,
        charter_accepted_at=None,
        answers=answers,
    )
    how = {"version": version, "by": nour, "at": AT, "identified_by": IdentifiedBy.CODE}

    with pytest.raises(Refused) as refusal:
        accept_charter(enrolment, commitments=codes[1:], **how)
    acceptance = accept_charter(enrolment, commitments=codes, **how)

    assert refusal.value.verdict.codes == (f"acceptance:commitment:{codes[0]}",)
    assert (acceptance.commitments, acceptance.accepted_at) == (codes, AT)
    assert (acceptance.version, acceptance.digest) == (version, version.digest)
    assert (acceptance.identified_by, acceptance.language) == ("code", "fr")
