"""Satisfaction is told together or not at all (C3, C4)."""

import pytest

from programmes.models import Pair
from programmes.policy.questionnaire import Choice
from programmes.policy.rules import ReviewQuestion
from programmes.policy.terms import Role
from reporting.queries.voices import SMALLEST_GROUP, together, voices_of
from sessions.models import Review
from tests.factories.people import make_person
from tests.factories.programmes import AT, make_cohort, make_enrolment, make_programme

BILAN = {
    "milestones": [
        {
            "code": "bilan",
            "title": "Bilan",
            "kind": "bilan",
            "after_meetings": 1,
            "questions": [{"code": "worth", "label": "Utile ?", "kind": "scale"}],
        }
    ]
}


@pytest.fixture
def cohort(organisation):
    return make_cohort(make_programme(organisation, BILAN))


def answer(cohort, number: int, *, is_private: bool = False) -> None:
    for index in range(number):
        mentor = make_enrolment(cohort, make_person("M", f"{index}-{is_private}"), Role.MENTOR)
        mentee = make_enrolment(cohort, make_person("N", f"{index}-{is_private}"), Role.MENTEE)
        pair = Pair.objects.create(cohort=cohort, mentor=mentor, mentee=mentee, created_at=AT)
        Review.objects.create(
            pair=pair,
            milestone="bilan",
            role=Role.MENTEE,
            person=mentee.person,
            answers={"worth": 1 if is_private else 4},
            is_private=is_private,
            done_at=AT,
        )


def test_a_small_group_is_masked(cohort):
    answer(cohort, SMALLEST_GROUP - 1)

    (voice,) = voices_of(cohort)

    assert (voice.answers, voice.said, voice.is_masked) == (SMALLEST_GROUP - 1, "", True)


def test_a_large_enough_group_speaks_together(cohort):
    answer(cohort, SMALLEST_GROUP)

    (voice,) = voices_of(cohort)

    assert (voice.milestone, voice.label, voice.said) == (
        "Bilan",
        "Utile ?",
        "4,0 sur 5 en moyenne",
    )


def test_what_stays_between_the_two_is_not_counted(cohort):
    answer(cohort, SMALLEST_GROUP)
    answer(cohort, SMALLEST_GROUP, is_private=True)

    (voice,) = voices_of(cohort)

    assert (voice.answers, voice.said) == (SMALLEST_GROUP, "4,0 sur 5 en moyenne")


@pytest.mark.parametrize(
    ("kind", "answers", "said"),
    [
        ("scale", [1, 2, 5, 5, 5], "3,6 sur 5 en moyenne"),
        ("yes_no", [True, True, True, False, False], "oui à 60 %"),
        ("choice", ["more", "more", "less", "more", "more"], "Davantage : 80 % ; Moins : 20 %"),
    ],
)
def test_each_kind_of_question_has_its_sum(kind, answers, said):
    choices = (Choice(code="more", label="Davantage"), Choice(code="less", label="Moins"))
    question = ReviewQuestion(
        code="q", label="?", kind=kind, choices=choices if kind == "choice" else ()
    )

    assert together(question, answers) == said
