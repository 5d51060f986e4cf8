"""The charter of the Espace Jeunes Anne Frank, clause by clause (ids: docs/charters.md)."""

from dataclasses import replace
from datetime import date

import pytest

from programmes.policy.arranging import MeetingPlan, judge_meeting
from programmes.policy.course import judge_completion, judge_start, planned_end
from programmes.policy.entering import judge_admission, judge_submission
from programmes.policy.evidence import Agreement, MembershipStanding, PartySignature
from programmes.policy.matching import judge_match
from programmes.policy.rules import PartyKind, PlaceKind
from programmes.policy.terms import Role
from tests.factories.clauses import (
    NOON,
    TODAY,
    objectives,
    rules_of,
    running,
    sentences,
    someone,
)

STEM = "espace-jeunes-anne-frank"
RULES = rules_of(STEM)
MENTOR = {"profession": "Juriste", "experience": True, "helps_with": ("plan",)}
MENTEE = {
    "lives_in_town": True,
    "studies_in_town": False,
    "is_student": True,
    "birth_date": "2006-03-01",
    "studies": "Licence de droit",
    "expectations": "Choisir un métier.",
}
NO_CONFLICT = frozenset({"no_conflict"})


def mentor(**changes):
    return someone(
        Role.MENTOR, MENTOR | changes, standing=MembershipStanding(), declarations=NO_CONFLICT
    )


def mentee(**changes):
    return someone(
        Role.MENTEE,
        MENTEE | changes,
        standing=MembershipStanding(),
        declarations=NO_CONFLICT,
        objectives=objectives("plan"),
    )


@pytest.mark.parametrize(
    ("lives", "studies", "told"),
    [
        (True, True, []),
        (True, False, []),
        (False, True, []),
        (False, False, ["Le programme s'adresse à qui habite la ville ou y étudie."]),
    ],
)
def test_p10_the_mentee_lives_or_studies_in_the_town(lives, studies, told):
    person = mentee(lives_in_town=lives, studies_in_town=studies)

    assert sentences(STEM, judge_admission(RULES, person, today=TODAY)) == told


def test_p10_the_enrolment_still_reaches_the_team_which_may_let_it_pass():
    person = mentee(lives_in_town=False)

    assert judge_submission(RULES, person, today=TODAY).is_clear
    assert [advice.code for advice in judge_submission(RULES, person, today=TODAY).advisories] == [
        "eligibility:town"
    ]
    let_pass = replace(person, derogations=frozenset({"eligibility:town"}))
    assert judge_admission(RULES, let_pass, today=TODAY).is_clear


def test_p10_student_and_professional_both_wrong_are_told_together():
    assert sentences(
        STEM, judge_admission(RULES, mentee(is_student=False, lives_in_town=False), today=TODAY)
    ) == [
        "Le programme s'adresse à qui habite la ville ou y étudie.",
        "Le programme s'adresse aux étudiants.",
    ]
    assert sentences(STEM, judge_admission(RULES, mentor(experience=False), today=TODAY)) == [
        "Le programme demande une expérience professionnelle significative."
    ]


def test_p12_a_missing_declaration_of_interests_is_flagged_not_refused():
    person = replace(mentor(), declarations=frozenset())

    handed_in = judge_submission(RULES, person, today=TODAY)
    assert handed_in.is_clear
    assert [one.code for one in handed_in.advisories] == ["declaration:no_conflict"]
    assert judge_admission(RULES, person, today=TODAY).codes == ("declaration:no_conflict",)
    assert judge_admission(RULES, person, today=TODAY).only_derogable


def test_no_membership_is_asked_for():
    assert judge_admission(RULES, mentee(), today=TODAY).is_clear


@pytest.mark.parametrize(
    ("birth_date", "told"),
    [("2008-10-01", []), ("2008-10-02", ["Il faut avoir 18 ans pour participer."])],
    ids=["eighteen today", "eighteen tomorrow"],
)
def test_the_programme_does_not_admit_minors(birth_date, told):
    assert (
        sentences(STEM, judge_submission(RULES, mentee(birth_date=birth_date), today=TODAY)) == told
    )


def test_i5_three_parties_sign_before_the_pair_starts():
    signed = [
        PartySignature(kind, NOON)
        for kind in (PartyKind.MENTOR, PartyKind.MENTEE, PartyKind.ORGANISATION)
    ]
    two = Agreement("convention", signatures=tuple(signed[:2]))
    three = Agreement("convention", signatures=tuple(signed))

    assert sentences(STEM, judge_start(RULES, two)) == ["Il manque la signature du centre."]
    assert judge_start(RULES, three).is_clear


def test_i5_accepting_the_charter_does_not_replace_the_convention():
    assert judge_start(RULES, Agreement("charter")).codes == ("agreement:kind",)


def test_i9_a_theme_of_ones_own_is_welcome():
    own = replace(mentee(), objectives=objectives(""))

    assert judge_submission(RULES, own, today=TODAY).is_clear


def test_d4_nine_months_from_september_or_until_the_cohort_ends():
    summer = date(2027, 6, 30)

    assert planned_end(RULES, date(2026, 9, 15), cohort_ends_on=summer) == date(2027, 6, 15)
    assert planned_end(RULES, date(2027, 1, 15), cohort_ends_on=summer) == summer


def test_d4_who_starts_during_the_year_may_end_before_six_months():
    late = running(started_on=date(2027, 2, 1), planned_end_on=date(2027, 6, 30))

    assert judge_completion(RULES, late, today=date(2027, 6, 29)).codes == ("length:least",)
    assert judge_completion(RULES, late, today=date(2027, 6, 30)).is_clear


def test_w2_the_first_meeting_takes_place_in_a_room_of_the_centre():
    elsewhere = MeetingPlan(1, NOON.replace(month=11), 60, PlaceKind.VIDEO)
    no_room = replace(elsewhere, place=PlaceKind.ROOM)

    assert sentences(STEM, judge_meeting(RULES, elsewhere, now=NOON)) == [
        "La première rencontre se tient dans une salle du centre."
    ]
    assert sentences(STEM, judge_meeting(RULES, no_room, now=NOON)) == [
        "Choisissez une salle libre à cette heure."
    ]
    assert judge_meeting(RULES, replace(no_room, room_booked=True), now=NOON).is_clear


def test_w5_later_meetings_may_be_by_video():
    later = MeetingPlan(2, NOON.replace(month=11), 60, PlaceKind.VIDEO)

    assert judge_meeting(RULES, later, now=NOON).is_clear


def test_m4_who_had_a_pair_before_may_be_matched_again():
    assert judge_match(RULES, mentor(), mentee()).is_clear
    assert RULES.matching.mentee_rematched_after_stop


def test_c3_the_bilan_may_stay_inside_the_pair():
    assert RULES.milestone("bilan").may_stay_private


def test_what_is_not_answered_is_told_once():
    verdict = judge_submission(RULES, mentee(is_student=None), today=TODAY)

    assert verdict.codes == ("answer:is_student",)
    assert verdict.advisories == ()
