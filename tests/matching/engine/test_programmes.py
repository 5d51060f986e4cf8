"""Five hundred random pools under the rules of each of the five programmes, against SciPy."""

import random

import pytest

from matching.engine.reading import read_pool
from matching.engine.result import PLAIN
from matching.engine.solving import solve
from programmes.policy.evidence import ChosenObjective
from programmes.policy.questionnaire import QuestionKind
from programmes.policy.terms import Role
from tests.factories.clauses import PAID_FEE, rules_of, someone
from tests.matching.engine.pools import by_scipy, dense

PROGRAMMES = [
    "escp-europe-alumni",
    "espace-jeunes-anne-frank",
    "ponts-alumni",
    "sciences-po-alumni",
    "wementoring",
]
SIZES = [300, 150, *[60] * 8, *[25] * 40, *[8] * 150, *[3] * 300]


def answer(rules, question, chance):
    """Something this question may be answered with; now and then nothing."""
    if chance.random() < 0.05:
        return None
    if question.kind is QuestionKind.INTEGER:
        return chance.randint(0, 35)
    if question.kind is QuestionKind.YES_NO:
        return chance.random() < 0.5
    codes = [choice.code for choice in rules.choices_of(question)] if question.list else []
    if question.kind is QuestionKind.CHOICE:
        return chance.choice(codes)
    if question.kind is QuestionKind.CHOICES:
        return tuple(chance.sample(codes, min(len(codes), chance.randint(1, 3))))
    return chance.choice(["Setec", "setec", "Arcadis", "Egis"])


def people(rules, role, count, chance):
    themes = [theme.code for theme in rules.objectives.themes]
    asked = {rule.mentor if role is Role.MENTOR else rule.mentee for rule in rules.criteria}
    questions = [question for question in rules.questions if question.code in asked]
    return [
        someone(
            role,
            {question.code: answer(rules, question, chance) for question in questions},
            key=2 * number + (role is Role.MENTOR),
            fee=PAID_FEE,
            objectives=tuple(
                ChosenObjective(theme)
                for theme in chance.sample(themes, min(len(themes), chance.randint(1, 3)))
            ),
            capacity=chance.choice([0, 1, 1, 2, 3]) if role is Role.MENTOR else 1,
        )
        for number in range(count)
    ]


@pytest.mark.parametrize("stem", PROGRAMMES)
def test_five_hundred_pools_have_the_optimum_of_an_independent_solver(stem):
    rules = rules_of(stem)
    for seed, size in enumerate(SIZES):
        chance = random.Random(seed)
        mentees = people(rules, Role.MENTEE, chance.randint(size // 2, size), chance)
        mentors = people(rules, Role.MENTOR, chance.randint(size // 2, size), chance)
        pool = read_pool(rules, mentees, mentors)

        result = solve(pool, PLAIN)

        assert (result.matched, result.total) == by_scipy(dense(pool)), seed


@pytest.mark.parametrize("stem", PROGRAMMES)
def test_the_pools_are_worth_the_trouble(stem):
    """Somebody is allowed, somebody is not where a criterion binds, and scores differ."""
    rules = rules_of(stem)
    chance = random.Random(0)
    mentees, mentors = (people(rules, role, 60, chance) for role in (Role.MENTEE, Role.MENTOR))

    scores = dense(read_pool(rules, mentees, mentors))

    binds = any(factor.binds for factor in read_pool(rules, mentees, mentors).factors)
    assert (scores >= 0).any()
    assert (scores < 0).any() == binds
    assert len(set(scores.ravel().tolist())) > 3
