"""Questions whose bounds no answer can meet, and tests that no answer, or no two, can pass."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from programmes.policy.coherence import OBJECTIVES, Problem
from programmes.policy.criteria import Criterion, Eligibility, EligibilityTest, MatchTest
from programmes.policy.questionnaire import Question, QuestionKind
from programmes.policy.rules import Rules
from programmes.policy.terms import Strength


def beyond_reach(rules: Rules) -> Iterator[Problem]:
    """What the questionnaire, who may enter and who may meet ask in vain, in the order of the file."""
    yield from _questions(rules)
    yield from _eligibility(rules)
    yield from _criteria(rules)


def _questions(rules: Rules) -> Iterator[Problem]:
    bounded = (QuestionKind.INTEGER, QuestionKind.CHOICES)
    for at, question in enumerate(rules.questions, 1):
        least, most = question.minimum, question.maximum
        key = f"questions[{at}]"
        if question.kind not in bounded:
            for name, bound in (("minimum", least), ("maximum", most)):
                if bound is not None:
                    yield Problem(
                        f"{key}.{name}",
                        f"une question de genre « {question.kind} » n'a pas de bornes",
                    )
        elif question.kind is QuestionKind.CHOICES:
            count = len(rules.choices_of(question))
            if least is not None and count and least > count:
                yield Problem(
                    f"{key}.minimum", f"la liste « {question.list} » n'a que {count} choix"
                )
            if most is not None and most < 1:
                yield Problem(f"{key}.maximum", "il faut pouvoir cocher au moins un choix")


def _eligibility(rules: Rules) -> Iterator[Problem]:
    for at, rule in enumerate(rules.eligibility, 1):
        yield from _of_one_question(f"eligibility[{at}]", rule)
        question = _find(rules, rule.questions[0])
        if question and rule.test is EligibilityTest.RANGE and _never_meet(question, rule):
            yield Problem(
                f"eligibility[{at}]",
                f"aucune réponse permise à « {question.code} » ne convient à ces bornes",
            )
        if question and rule.test is EligibilityTest.AT_LEAST and not _is_ranked(rules, question):
            yield Problem(
                f"eligibility[{at}].questions",
                f"la liste « {question.list} » n'est pas ordonnée : écrire ranked = true",
            )
    ranges = [
        (at, rule)
        for at, rule in enumerate(rules.eligibility, 1)
        if rule.test is EligibilityTest.RANGE and rule.strength is Strength.DUTY
    ]
    for (first, one), (second, other) in combinations(ranges, 2):
        if (one.role, one.questions) == (other.role, other.questions) and _never_meet(one, other):
            yield Problem(
                f"eligibility[{second}]",
                f"personne ne peut convenir à la fois à ces bornes et à celles de eligibility[{first}]",
            )


def _of_one_question(key: str, rule: Eligibility) -> Iterator[Problem]:
    """Bounds, values and questions that the test never reads."""
    if rule.test is not EligibilityTest.YES and len(rule.questions) > 1:
        yield Problem(f"{key}.questions", f"le test « {rule.test} » ne regarde qu'une question")
    if rule.test is not EligibilityTest.RANGE:
        for name, bound in (("minimum", rule.minimum), ("maximum", rule.maximum)):
            if bound is not None:
                yield Problem(f"{key}.{name}", f"le test « {rule.test} » n'a pas de bornes")
    if rule.test in (EligibilityTest.RANGE, EligibilityTest.YES) and rule.values:
        yield Problem(f"{key}.values", f"le test « {rule.test} » n'a pas de valeurs")
    if rule.test is EligibilityTest.AT_LEAST and len(rule.values) > 1:
        yield Problem(
            f"{key}.values", "le test « at_least » n'a qu'une valeur, la plus basse admise"
        )


def _never_meet(one: Question | Eligibility, other: Question | Eligibility) -> bool:
    """Whether no number lies within the bounds of both."""
    leasts = [bound for bound in (one.minimum, other.minimum) if bound is not None]
    mosts = [bound for bound in (one.maximum, other.maximum) if bound is not None]
    return bool(leasts and mosts) and max(leasts) > min(mosts)


def _criteria(rules: Rules) -> Iterator[Problem]:
    for at, rule in enumerate(rules.criteria, 1):
        key = f"criteria[{at}]"
        bounds = [("maximum", rule.maximum)]
        if rule.test is not MatchTest.AT_LEAST:
            bounds.append(("minimum", rule.minimum))
        for name, bound in bounds:
            if bound is not None and rule.test is not MatchTest.GAP:
                yield Problem(f"{key}.{name}", f"le test « {rule.test} » n'a pas cette borne")
        if rule.strength is Strength.DUTY and _is_never_met(rules, rule):
            yield Problem(
                key, "avec les réponses que permet le questionnaire, personne n'y satisfait"
            )


def _is_never_met(rules: Rules, rule: Criterion) -> bool:
    """Whether no two answers that the questions allow can pass a duty."""
    mentor, mentee = _find(rules, rule.mentor), _find(rules, rule.mentee)
    if mentor is None or mentee is None or OBJECTIVES in (rule.mentor, rule.mentee):
        return False
    if rule.test is MatchTest.AT_LEAST:
        return (rule.minimum or 0) >= len(rules.choices_of(mentor)) > 0
    if rule.test is not MatchTest.GAP:
        return False
    widest = (
        mentor.maximum - mentee.minimum
        if mentor.maximum is not None and mentee.minimum is not None
        else None
    )
    narrowest = (
        mentor.minimum - mentee.maximum
        if mentor.minimum is not None and mentee.maximum is not None
        else None
    )
    return (widest is not None and rule.minimum is not None and rule.minimum > widest) or (
        narrowest is not None and rule.maximum is not None and rule.maximum < narrowest
    )


def _find(rules: Rules, code: str) -> Question | None:
    return next((question for question in rules.questions if question.code == code), None)


def _is_ranked(rules: Rules, question: Question) -> bool:
    return any(one.code == question.list and one.ranked for one in rules.lists)
