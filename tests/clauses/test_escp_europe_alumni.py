"""The charter of ESCP Europe Alumni, clause by clause (ids: docs/charters.md)."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from programmes.policy.arranging import (
    MeetingPlan,
    asks_of,
    first_date,
    is_late_notice,
    judge_meeting,
    new_date_due_on,
)
from programmes.policy.course import (
    judge_completion,
    judge_extension,
    judge_mentor_stop,
    judge_start,
)
from programmes.policy.entering import judge_admission, judge_membership, judge_submission
from programmes.policy.evidence import Agreement, FeeStanding, MembershipStanding
from programmes.policy.matching import judge_match, merits_of
from programmes.policy.rules import PlaceKind
from programmes.policy.terms import Role
from programmes.sentences import Refused
from programmes.services.pairs import draft_pair
from tests.factories.clauses import (
    NOON,
    PAID_FEE,
    TODAY,
    accepted,
    met,
    objectives,
    rules_of,
    running,
    sentences,
    someone,
)
from tests.factories.programmes import AT, make_cohort, make_enrolment, make_preset

STEM = "escp-europe-alumni"
RULES = rules_of(STEM)
MENTOR = {
    "experience_years": 20,
    "level_held": "executive",
    "sector": "luxury",
    "function": "finance",
    "skills": ("strategy", "leadership"),
}
MENTEE = {
    "experience_years": 12,
    "in_post": True,
    "trajectory": "within_two_years",
    "level_aimed": "director",
    "sector": "luxury",
    "function": "finance",
    "expectations": "Un regard extérieur.",
    "motivations": "Prendre une direction.",
}


def mentor(**changes):
    return someone(Role.MENTOR, MENTOR | changes, standing=MembershipStanding())


def mentee(**changes):
    return someone(Role.MENTEE, MENTEE | changes, objectives=objectives("strategy"), fee=PAID_FEE)


def test_p3_only_the_mentee_must_be_paid_up():
    unpaid = MembershipStanding(is_member=True, paid_until=date(2026, 9, 30))

    assert judge_admission(RULES, mentor(), today=TODAY).is_clear
    assert sentences(
        STEM, judge_admission(RULES, replace(mentee(), standing=unpaid), today=TODAY)
    ) == ["La cotisation à l'association n'est plus à jour depuis le 30 septembre 2026."]


def test_p3_it_must_last_the_whole_relationship():
    lapsed = judge_membership(RULES, Role.MENTEE, MembershipStanding(is_member=True))

    assert RULES.membership.throughout
    assert lapsed.codes == ("membership",)


@pytest.mark.parametrize(
    ("years", "told"),
    [
        (16, ["Le mentor a 4 ans d'expérience de plus ; le programme en demande 5."]),
        (17, []),
        (22, []),
        (23, ["Le mentor a 11 ans d'expérience de plus ; le programme en demande 10 au plus."]),
    ],
)
def test_p5_about_five_to_ten_years_more_else_the_team_gives_a_reason(years, told):
    verdict = judge_match(RULES, mentor(experience_years=years), mentee())

    assert sentences(STEM, verdict) == told
    assert verdict.only_derogable


def test_p5_the_further_outside_the_lower_the_score():
    def closeness(years):
        return merits_of(RULES, mentor(experience_years=years), mentee())[0].closeness

    assert closeness(20) == 1.0
    assert closeness(20) > closeness(24) > closeness(30) > 0


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"experience_years": 8}, []),
        ({"experience_years": 20}, []),
        (
            {"experience_years": 7},
            ["« Expérience professionnelle » : vous indiquez 7 ; le programme demande de 8 à 20."],
        ),
        ({"in_post": False}, ["Le programme s'adresse à des personnes en poste."]),
        (
            {"experience_years": 21, "in_post": False},
            [
                "« Expérience professionnelle » : vous indiquez 21 ; le programme demande de 8 à 20.",
                "Le programme s'adresse à des personnes en poste.",
            ],
        ),
    ],
)
def test_p6_eight_to_twenty_years_and_in_post(changes, told):
    assert sentences(STEM, judge_submission(RULES, mentee(**changes), today=TODAY)) == told


@pytest.mark.parametrize(
    ("trajectory", "codes"),
    [("within_two_years", ()), ("just_taken", ()), ("neither", ("eligibility:trajectory",))],
)
def test_p7_larger_responsibilities_soon_or_just_taken(trajectory, codes):
    assert judge_submission(RULES, mentee(trajectory=trajectory), today=TODAY).codes == codes


@pytest.mark.parametrize(
    ("held", "aimed", "codes"),
    [
        ("executive", "director", ()),
        ("director", "director", ()),
        ("large_teams", "director", ("criterion:level",)),
    ],
)
def test_p8_the_mentor_held_at_least_the_level_aimed_for(held, aimed, codes):
    assert judge_match(RULES, mentor(level_held=held), mentee(level_aimed=aimed)).codes == codes


def test_p9_and_m3_sector_and_function_are_scored_never_required():
    elsewhere = mentor(sector="health", function="it")

    assert judge_match(RULES, elsewhere, mentee()).is_clear
    assert {m.code: m.closeness for m in merits_of(RULES, elsewhere, mentee())} == {
        "seniority": 1.0,
        "skills": 1.0,
        "sector": 0.0,
        "function": 0.0,
    }


def test_p13_one_mentor_at_a_time():
    verdict = judge_match(RULES, mentor(), replace(mentee(), live_pairs=1))

    assert sentences(STEM, verdict) == ["Le mentoré a déjà un mentor ; sa limite est de 1."]


@pytest.mark.parametrize(
    ("live", "own_limit", "codes"),
    [(1, None, ()), (2, None, ("capacity:mentor",)), (1, 1, ("capacity:mentor",)), (0, 1, ())],
)
def test_p14_two_mentees_at_most_and_a_lower_limit_of_ones_own(live, own_limit, codes):
    person = replace(mentor(), live_pairs=live, capacity=own_limit)

    assert judge_match(RULES, person, mentee()).codes == codes


def test_p14_nobody_offers_more_places_than_the_programme_has():
    verdict = judge_submission(RULES, replace(mentor(), capacity=3), today=TODAY)

    assert sentences(STEM, verdict) == [
        "Vous proposez 3 places ; le programme en permet 2 au plus."
    ]


@pytest.mark.parametrize(
    ("fee", "told"),
    [
        (
            FeeStanding(Decimal("150.00")),
            ["Le mentoré : les frais de participation (150,00 €) ne sont ni réglés ni remis."],
        ),
        (FeeStanding(Decimal("150.00"), is_settled=True), []),
        (FeeStanding(Decimal("150.00"), is_waived=True), []),
    ],
    ids=["due", "settled", "waived"],
)
def test_p19_no_match_before_the_fee_is_settled_or_waived(fee, told):
    assert sentences(STEM, judge_match(RULES, mentor(), replace(mentee(), fee=fee))) == told


def test_i2_expectations_and_motivations_are_written_and_shown_to_the_mentor():
    verdict = judge_submission(RULES, mentee(expectations="", motivations=""), today=TODAY)

    assert verdict.codes == ("answer:expectations", "answer:motivations")
    assert [q.code for q in RULES.questions if q.expectation] == ["expectations", "motivations"]


def test_i3_no_submission_and_no_match_before_the_charter_is_accepted():
    person = replace(mentee(), acceptance=None)

    assert judge_submission(RULES, person, today=TODAY).codes == ("charter",)
    assert judge_match(RULES, mentor(), person).codes == ("charter",)


@pytest.mark.django_db
def test_i3_the_team_cannot_match_who_has_not_accepted(organisation, camille, nour, alix):
    cohort = make_cohort(make_preset(organisation, STEM))
    not_yet = {"charter_version": None, "charter_accepted_at": None}
    mentor_here = make_enrolment(cohort, camille, Role.MENTOR, answers=MENTOR)
    mentee_here = make_enrolment(cohort, nour, Role.MENTEE, answers=MENTEE, **not_yet)

    with pytest.raises(Refused) as refusal:
        draft_pair(mentor_here, mentee_here, by=alix, at=AT)

    assert "charter" in refusal.value.verdict.codes


def test_i3_the_charter_accepted_by_both_serves_as_the_contract():
    both = Agreement("charter", acceptances=tuple(accepted(role) for role in Role))

    assert judge_start(RULES, both).is_clear


def test_i14_objectives_are_set_beforehand():
    verdict = judge_submission(RULES, replace(mentee(), objectives=()), today=TODAY)

    assert sentences(STEM, verdict) == [
        "Vous avez fixé 0 objectif ; le programme en demande au moins 1."
    ]


@pytest.mark.parametrize(
    ("held", "told"),
    [
        (
            0,
            [
                "Aucune rencontre n'a encore eu lieu ; cet arrêt n'est possible qu'après la première rencontre."
            ],
        ),
        (1, []),
        (
            2,
            [
                "2 rencontres ont eu lieu ; cet arrêt n'était possible qu'entre la première rencontre et la deuxième rencontre."
            ],
        ),
    ],
)
def test_m5_the_mentor_may_stop_only_between_the_first_and_the_second(held, told):
    assert sentences(STEM, judge_mentor_stop(RULES, running(meetings=met(held)))) == told
    assert not RULES.matching.mentee_rematched_after_stop


def test_m6_a_first_date_within_a_month_of_the_introduction():
    waiting = first_date(RULES, running(started_on=date(2026, 10, 1)), today=date(2026, 11, 1))
    late = first_date(RULES, running(started_on=date(2026, 10, 1)), today=date(2026, 11, 2))

    assert (waiting.due_on, waiting.is_overdue) == (date(2026, 11, 1), False)
    assert waiting.reminders_on == (date(2026, 10, 11), date(2026, 10, 21), date(2026, 10, 31))
    assert late.is_overdue
    assert first_date(RULES, running(first_date_proposed=True), today=date(2027, 1, 1)) is None


@pytest.mark.parametrize(("held", "codes"), [(3, ("quota:four",)), (4, ())])
def test_d8_four_meetings_count_towards_completion(held, codes):
    pair = running(planned_end_on=date(2027, 4, 1), meetings=met(held))

    assert judge_completion(RULES, pair, today=date(2027, 4, 1)).codes == codes


def test_d3_longer_only_if_both_agree():
    pair = running(planned_end_on=date(2027, 4, 1))
    until = date(2028, 4, 1)

    assert sentences(STEM, judge_extension(RULES, pair, until=until, agreed_by=[Role.MENTEE])) == [
        "Il manque l'accord du mentor pour prolonger."
    ]
    assert judge_extension(RULES, pair, until=until, agreed_by=Role).is_clear


@pytest.mark.parametrize(
    ("told_at", "late"),
    [
        (datetime(2026, 10, 24, 16, 0, tzinfo=UTC), False),
        (datetime(2026, 10, 24, 16, 1, tzinfo=UTC), True),
    ],
)
def test_d13_twenty_four_hours_of_notice_are_real_hours_even_when_the_clocks_change(told_at, late):
    starts_at = datetime(
        2026, 10, 25, 16, 0, tzinfo=UTC
    )  # 17:00 in Paris, the day winter time begins

    assert is_late_notice(RULES, starts_at=starts_at, told_at=told_at) is late
    assert new_date_due_on(RULES, cancelled_on=date(2026, 10, 1)) == date(2026, 10, 8)


def test_w4_in_person_is_preferred_and_video_possible():
    plan = MeetingPlan(1, NOON.replace(month=11), 90, PlaceKind.VIDEO, topic="strategy")

    verdict = judge_meeting(RULES, plan, now=NOON)

    assert verdict.is_clear
    assert [advice.code for advice in verdict.advisories] == ["meeting:in_person"]


def test_b8_the_mentee_gives_news_three_months_after_the_end():
    over = running(ended_on=date(2027, 4, 1))

    assert asks_of(RULES, over, today=date(2027, 6, 30)) == ()
    assert [(a.milestone.code, a.role) for a in asks_of(RULES, over, today=date(2027, 7, 1))] == [
        ("news", Role.MENTEE)
    ]
