"""The charter of Ponts Alumni, clause by clause (ids: docs/charters.md)."""

from dataclasses import replace
from datetime import date

import pytest

from programmes.policy.arranging import MeetingPlan, asks_of, judge_meeting
from programmes.policy.course import judge_completion, judge_extension, judge_rhythm, planned_end
from programmes.policy.entering import (
    judge_admission,
    judge_first_meeting_preparation,
    judge_submission,
)
from programmes.policy.evidence import MembershipStanding
from programmes.policy.matching import judge_match, merits_of
from programmes.policy.rules import PlaceKind
from programmes.policy.terms import Role
from tests.factories.clauses import (
    NOON,
    TODAY,
    met,
    objectives,
    rules_of,
    running,
    sentences,
    someone,
)

STEM = "ponts-alumni"
RULES = rules_of(STEM)
MENTOR = {
    "experience_years": 20,
    "employer": "Setec",
    "sectors": ("energy",),
    "strengths": ("network",),
}
MENTEE = {
    "experience_years": 10,
    "employer": "Arcadis",
    "sectors": ("energy",),
    "expectations": "Y voir clair.",
}


def mentor(**changes):
    return someone(Role.MENTOR, MENTOR | changes)


def mentee(**changes):
    return someone(Role.MENTEE, MENTEE | changes)


def test_p2_both_pay_their_membership_fee():
    unpaid = MembershipStanding(is_member=True, is_alumnus=True)

    for person in (mentor(), mentee()):
        verdict = judge_admission(RULES, replace(person, standing=unpaid), today=TODAY)

        assert sentences(STEM, verdict) == ["La cotisation à l'association n'est pas à jour."]
    assert judge_admission(RULES, mentor(), today=TODAY).is_clear


def test_p2_a_lapsed_fee_is_told_with_its_date():
    lapsed = MembershipStanding(is_member=True, paid_until=date(2026, 8, 31))

    verdict = judge_admission(RULES, replace(mentor(), standing=lapsed), today=TODAY)

    assert sentences(STEM, verdict) == [
        "La cotisation à l'association n'est plus à jour depuis le 31 août 2026."
    ]


@pytest.mark.parametrize(
    ("years", "told"),
    [
        (20, []),
        (21, []),
        (19, ["Le mentor a 9 ans d'expérience de plus ; le programme en demande 10."]),
        (11, ["Le mentor a 1 an d'expérience de plus ; le programme en demande 10."]),
        (
            8,
            [
                "Le mentor a 2 ans d'expérience de moins que le mentee ; le programme en demande 10 de plus."
            ],
        ),
    ],
)
def test_p4_the_mentor_has_ten_years_more(years, told):
    verdict = judge_match(RULES, mentor(experience_years=years), mentee())

    assert sentences(STEM, verdict) == told


def test_p4_nobody_may_derogate_from_it():
    verdict = judge_match(
        RULES, mentor(experience_years=19), mentee(), granted=frozenset({"criterion:seniority"})
    )

    assert verdict.codes == ("criterion:seniority",)


def test_p11_the_same_employer_is_flagged_and_the_team_may_let_it_pass():
    same = mentee(employer=" SETEC ")

    verdict = judge_match(RULES, mentor(), same)

    assert sentences(STEM, verdict) == [
        "Le mentor et le mentee ont le même employeur : il faut s'assurer qu'aucun lien hiérarchique ne les unit."
    ]
    assert judge_match(RULES, mentor(), same, granted=frozenset({"criterion:employer"})).is_clear


@pytest.mark.parametrize(
    ("themes", "told"),
    [
        ((), ["Vous avez fixé 0 objectif ; le programme en demande au moins 2."]),
        (("network",), ["Vous avez fixé 1 objectif ; le programme en demande au moins 2."]),
        (("network", "balance"), []),
        (("network", "balance", "teamwork"), []),
        (
            ("network", "balance", "teamwork", "relations"),
            ["Vous avez fixé 4 objectifs ; le programme en demande au plus 3."],
        ),
    ],
)
def test_i6_two_or_three_objectives_before_the_first_meeting(themes, told):
    person = replace(mentee(), objectives=objectives(*themes))

    assert sentences(STEM, judge_first_meeting_preparation(RULES, person)) == told
    assert judge_submission(RULES, person, today=TODAY).is_clear


def test_i7_the_list_of_themes_is_open():
    own = replace(mentee(), objectives=objectives("", ""))
    unknown = replace(mentee(), objectives=objectives("astrology", "network"))

    assert judge_first_meeting_preparation(RULES, own).is_clear
    assert judge_first_meeting_preparation(RULES, unknown).codes == ("objectives:theme",)


def test_d2_six_months_then_once_more_and_twelve_in_all():
    end = planned_end(RULES, TODAY)
    pair = running(planned_end_on=end)
    once = replace(pair, planned_end_on=date(2027, 8, 1), extensions=1)

    assert end == date(2027, 4, 1)
    assert judge_extension(RULES, pair, until=date(2027, 10, 1), agreed_by=Role).is_clear
    assert sentences(
        STEM, judge_extension(RULES, pair, until=date(2027, 10, 2), agreed_by=Role)
    ) == ["Le programme dure 1 an au plus : pas au-delà du 1er octobre 2027."]
    assert sentences(
        STEM, judge_extension(RULES, once, until=date(2027, 9, 1), agreed_by=Role)
    ) == ["Le programme permet 1 prolongation ; elle a déjà eu lieu."]


def test_d2_it_does_not_end_before_six_months_without_a_reason():
    pair = running(
        planned_end_on=date(2027, 4, 1), done=frozenset({("bilan", role) for role in Role})
    )

    early = judge_completion(RULES, pair, today=date(2027, 3, 31))

    assert early.codes == ("length:least",)
    assert early.only_derogable
    assert judge_completion(RULES, pair, today=date(2027, 4, 1)).is_clear


def test_d5_one_meeting_a_month_is_only_recommended():
    verdict = judge_rhythm(RULES, running(started_on=date(2026, 8, 1)), today=TODAY)

    assert verdict.is_clear
    assert [advice.code for advice in verdict.advisories] == ["quota:monthly"]


@pytest.mark.parametrize(("number", "codes"), [(2, ()), (3, ("meeting:topic",))])
def test_s5_from_the_third_on_the_mentee_proposes_the_topic_too(number, codes):
    plan = MeetingPlan(
        number, NOON.replace(month=11), 60, PlaceKind.PUBLIC, proposed_by=Role.MENTEE
    )

    assert judge_meeting(RULES, plan, now=NOON).codes == codes


def test_s6_the_midway_review_is_asked_after_the_fourth_meeting():
    three = running(meetings=met(3))
    four = running(meetings=met(4))

    assert asks_of(RULES, three, today=date(2027, 2, 1)) == ()
    assert [
        (ask.milestone.code, ask.role) for ask in asks_of(RULES, four, today=date(2027, 2, 1))
    ] == [
        ("midway", Role.MENTOR),
        ("midway", Role.MENTEE),
    ]


def test_b3_without_the_joint_bilan_the_pair_is_not_complete():
    verdict = judge_completion(
        RULES, running(planned_end_on=date(2027, 4, 1)), today=date(2027, 4, 1)
    )

    assert sentences(STEM, verdict) == ["« Bilan commun » n'est pas encore fait."]


def test_objectives_covered_weigh_in_the_matching():
    person = replace(mentee(), objectives=objectives("network", "balance"))

    merits = {merit.code: merit.closeness for merit in merits_of(RULES, mentor(), person)}

    assert merits == {"themes": 0.5, "sectors": 1.0}
