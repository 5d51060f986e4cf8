"""The charter of Sciences Po Alumni, clause by clause (ids: docs/charters.md)."""

from dataclasses import replace
from datetime import date

import pytest

from programmes.policy.arranging import MeetingPlan, asks_of, judge_meeting
from programmes.policy.course import judge_start, planned_end
from programmes.policy.entering import judge_admission, judge_submission
from programmes.policy.evidence import Agreement, MembershipStanding
from programmes.policy.matching import judge_match
from programmes.policy.rules import PlaceKind
from programmes.policy.terms import Role
from tests.factories.clauses import (
    NOON,
    TODAY,
    accepted,
    rules_of,
    running,
    sentences,
    someone,
)

STEM = "sciences-po-alumni"
RULES = rules_of(STEM)
MENTOR = {
    "experience_years": 18,
    "position": "Directrice",
    "fields": ("law",),
    "offer": "La fonction publique.",
}
MENTEE = {
    "experience_years": 3,
    "position": "Juriste",
    "fields": ("law",),
    "expectations": "Un regard.",
    "project": "Changer de voie.",
}


def mentor(**changes):
    return someone(Role.MENTOR, MENTOR | changes)


def mentee(**changes):
    return someone(Role.MENTEE, MENTEE | changes)


@pytest.mark.parametrize(
    "standing",
    [
        MembershipStanding(),
        MembershipStanding(is_member=True),
        MembershipStanding(is_alumnus=True),
    ],
    ids=["neither", "not an alumnus", "not a member"],
)
def test_p1_both_are_alumni_and_members(standing):
    for person in (mentor(), mentee()):
        verdict = judge_admission(RULES, replace(person, standing=standing), today=TODAY)

        assert sentences(STEM, verdict) == [
            "Il faut être ancien élève et adhérent de l'association ; ce n'est pas connu de l'équipe."
        ]


def test_p1_no_fee_to_pay_beyond_membership():
    member = MembershipStanding(is_member=True, is_alumnus=True)

    assert judge_admission(RULES, replace(mentee(), standing=member), today=TODAY).is_clear
    assert RULES.fee is None


@pytest.mark.parametrize("blank", ["expectations", "project"])
def test_i1_the_mentee_works_out_expectations_and_project(blank):
    verdict = judge_submission(RULES, mentee(**{blank: ""}), today=TODAY)

    assert verdict.codes == (f"answer:{blank}",)


def test_i1_everything_missing_is_told_at_once():
    verdict = judge_submission(RULES, mentee(expectations="", project="", position=""), today=TODAY)

    assert sentences(STEM, verdict) == [
        "Il manque votre réponse à « Situation actuelle ».",
        "Il manque votre réponse à « Qu'attendez-vous de ce mentorat ? ».",
        "Il manque votre réponse à « Quel est votre projet ? ».",
    ]


def test_seniority_is_no_condition_here():
    assert judge_match(RULES, mentor(experience_years=2), mentee(experience_years=30)).is_clear


def test_no_limit_of_places_is_given():
    assert judge_match(RULES, replace(mentor(), live_pairs=7), mentee()).is_clear


def test_d1_five_months():
    assert planned_end(RULES, date(2026, 9, 30)) == date(2027, 2, 28)


@pytest.mark.parametrize(
    ("place", "codes"),
    [
        (PlaceKind.PUBLIC, ()),
        (PlaceKind.PROFESSIONAL, ()),
        (PlaceKind.VIDEO, ()),
        (PlaceKind.PRIVATE, ("meeting:place",)),
    ],
)
def test_w1_in_person_only_in_public_or_professional_places(place, codes):
    plan = MeetingPlan(1, NOON.replace(month=11), 60, place, topic="law", proposed_by=Role.MENTEE)

    assert judge_meeting(RULES, plan, now=NOON).codes == codes


def test_s5_the_mentee_brings_the_topics():
    plan = MeetingPlan(1, NOON.replace(month=11), 60, PlaceKind.PUBLIC, proposed_by=Role.MENTEE)

    assert sentences(STEM, judge_meeting(RULES, plan, now=NOON)) == [
        "Proposez aussi le sujet de la rencontre."
    ]
    assert judge_meeting(RULES, replace(plan, proposed_by=Role.MENTOR), now=NOON).is_clear


def test_the_pair_starts_once_both_accepted_the_charter():
    half = Agreement("charter", acceptances=(accepted(Role.MENTEE),))
    whole = Agreement("charter", acceptances=tuple(accepted(role) for role in Role))

    assert sentences(STEM, judge_start(RULES, half)) == [
        "Le mentor n'a pas encore accepté la charte."
    ]
    assert judge_start(RULES, whole).is_clear


def test_b2_the_closing_interview_is_asked_two_weeks_before_the_end():
    pair = running(planned_end_on=date(2027, 3, 1))

    assert asks_of(RULES, pair, today=date(2027, 2, 14)) == ()
    assert [
        (ask.milestone.code, ask.since) for ask in asks_of(RULES, pair, today=date(2027, 2, 15))
    ] == [("closing", date(2027, 2, 15))] * 2
