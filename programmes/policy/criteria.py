"""Criteria on one person (eligibility) and on two (matching), told in numbers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Self

from pydantic import Field, StrictBool, StrictInt, model_validator

from programmes.policy.questionnaire import Answer, Answers, as_set, is_blank
from programmes.policy.terms import Code, Role, Strength, Term, Text
from programmes.policy.verdict import Breach, Sentence, gettext_noop

Ranks = Mapping[str, Mapping[str, int]]  # question code -> choice code -> rank (0 is the lowest)


class EligibilityTest(StrEnum):
    RANGE = "range"  # a number between minimum and maximum, both included
    ONE_OF = "one_of"  # an answer among `values`
    YES = "yes"  # at least one of `questions` is answered yes
    AT_LEAST = "at_least"  # a rank of a list, `values[0]` or higher


class Eligibility(Term):
    """What one person must be to take part (P6, P7, P10).

    `sentence` is what a person reads when it is not so; without it a sentence is made from the
    question and the numbers. `derogable`: the team may let someone pass, with a reason.
    """

    code: Code
    role: Role
    test: EligibilityTest
    questions: tuple[Code, ...] = Field(min_length=1)
    minimum: StrictInt | None = None
    maximum: StrictInt | None = None
    values: tuple[Code, ...] = ()
    strength: Strength = Strength.DUTY
    derogable: StrictBool = False
    sentence: str = ""

    @model_validator(mode="after")
    def has_its_bounds(self) -> Self:
        if self.test is EligibilityTest.RANGE and self.minimum is None and self.maximum is None:
            raise ValueError(f"eligibility « {self.code} » : donner minimum, maximum ou les deux")
        if self.minimum is not None and self.maximum is not None and self.minimum > self.maximum:
            raise ValueError(f"eligibility « {self.code} » : le minimum dépasse le maximum")
        if self.test in (EligibilityTest.ONE_OF, EligibilityTest.AT_LEAST) and not self.values:
            raise ValueError(f"eligibility « {self.code} » : donner values = […]")
        return self


class MatchTest(StrEnum):
    GAP = "gap"  # mentor's number minus mentee's, between minimum and maximum
    AT_LEAST = "at_least"  # mentor's rank at least the mentee's, plus `minimum` ranks (default 0)
    EQUAL = "equal"  # the same answer
    DIFFER = "differ"  # not the same answer
    OVERLAP = "overlap"  # something in common
    COVERS = (
        "covers"  # the mentor's items cover the mentee's; `objectives` stands for the themes chosen
    )


class Criterion(Term):
    """What must, should or had better hold between two people (P4, P5, P8, P9, P11, M2, M3)."""

    code: Code
    label: Text
    test: MatchTest
    mentor: Code
    mentee: Code
    minimum: StrictInt | None = None
    maximum: StrictInt | None = None
    counted_in: tuple[Text, Text] | None = None  # one and many: "an d'expérience", "ans d'…"
    strength: Strength = Strength.DUTY
    weight: StrictInt = Field(default=0, ge=0, le=100)
    derogable: StrictBool = False
    sentence: str = ""

    @model_validator(mode="after")
    def makes_sense(self) -> Self:
        if self.test is MatchTest.GAP and self.minimum is None and self.maximum is None:
            raise ValueError(f"criterion « {self.code} » : donner minimum, maximum ou les deux")
        if self.minimum is not None and self.maximum is not None and self.minimum > self.maximum:
            raise ValueError(f"criterion « {self.code} » : le minimum dépasse le maximum")
        if self.strength is Strength.PREFERENCE and not self.weight:
            raise ValueError(
                f"criterion « {self.code} » : une préférence a un poids (weight = 1 à 100)"
            )
        return self


@dataclass(frozen=True)
class Outcome:
    """Whether a test holds, how well (0 to 1), and the facts for its sentence."""

    holds: bool
    closeness: float
    sentence: Sentence
    unknown: bool = False


def try_eligibility(
    rule: Eligibility, answers: Answers, *, labels: Mapping[str, str], ranks: Ranks
) -> Outcome:
    """Try one person's answers; an unanswered question does not hold."""
    given = [answers.get(code) for code in rule.questions]
    label = " / ".join(labels.get(code, code) for code in rule.questions)
    first = given[0]
    if all(is_blank(answer) for answer in given):
        return Outcome(
            False,
            0.0,
            Sentence(gettext_noop("« %(label)s » n'est pas renseigné."), {"label": label}),
            True,
        )
    if rule.test is EligibilityTest.YES:
        holds = any(answer is True for answer in given)
        text = Sentence(
            gettext_noop("Il faut pouvoir répondre oui à : %(label)s."), {"label": label}
        )
    elif rule.test is EligibilityTest.RANGE:
        number = first if isinstance(first, int) else None
        holds = number is not None and _within(number, rule.minimum, rule.maximum)
        text = _range_sentence(label, number, rule.minimum, rule.maximum)
    elif rule.test is EligibilityTest.ONE_OF:
        holds = bool(as_set(first) & set(rule.values))
        text = Sentence(
            gettext_noop(
                "{Ta/Votre} réponse à « %(label)s » n'entre pas dans ce que le programme accueille."
            ),
            {"label": label},
        )
    else:
        order = ranks.get(rule.questions[0], {})
        holds = order.get(str(first), -1) >= order.get(rule.values[0], 0)
        text = Sentence(
            gettext_noop(
                "Le niveau donné à « %(label)s » est en dessous de celui que le programme demande."
            ),
            {"label": label},
        )
    return Outcome(holds, float(holds), _own_sentence(rule) or text)


def try_criterion(rule: Criterion, mentor: Answer, mentee: Answer, *, ranks: Ranks) -> Outcome:
    """Try a criterion on the mentor's and the mentee's answers.

    Closeness: 1 inside the range or on a match; outside an "about" range it falls by half for every
    quarter of the range's width (or every two units); for `covers`, the share covered.
    """
    facts: dict[str, Any] = {"label": rule.label}
    if is_blank(mentor) or is_blank(mentee):
        text = gettext_noop("« %(label)s » : il manque une réponse de part ou d'autre.")
        return Outcome(rule.test is MatchTest.DIFFER, 0.0, Sentence(text, facts), True)
    if rule.test is MatchTest.GAP:
        return _try_gap(rule, mentor, mentee)
    if rule.test is MatchTest.AT_LEAST:
        have = ranks.get(rule.mentor, {}).get(str(mentor), -1)
        wanted = ranks.get(rule.mentee, {}).get(str(mentee), -1) + (rule.minimum or 0)
        text = gettext_noop(
            "« %(label)s » : le niveau {du mentor} est en dessous de celui que vise {le mentoré}."
        )
        return _outcome(rule, have >= wanted, float(have >= wanted), Sentence(text, facts))
    theirs, wanted_items = as_set(mentor), as_set(mentee)
    common = theirs & wanted_items
    if rule.test is MatchTest.COVERS:
        share = len(common) / len(wanted_items)
        text = gettext_noop("« %(label)s » : {le mentor} couvre %(covered)s sur %(wanted)s.")
        return _outcome(
            rule,
            bool(common),
            share,
            Sentence(text, facts | {"covered": len(common), "wanted": len(wanted_items)}),
        )
    if rule.test is MatchTest.DIFFER:
        text = gettext_noop("« %(label)s » : c'est le même pour {le mentor} et {le mentoré}.")
        return _outcome(rule, not common, float(not common), Sentence(text, facts))
    text = gettext_noop("« %(label)s » : rien de commun entre {le mentor} et {le mentoré}.")
    return _outcome(rule, bool(common), float(bool(common)), Sentence(text, facts))


def _try_gap(rule: Criterion, mentor: Answer, mentee: Answer) -> Outcome:
    if not isinstance(mentor, int) or not isinstance(mentee, int):
        raise TypeError(f"criterion {rule.code} compares numbers, not {mentor!r} and {mentee!r}")
    gap = mentor - mentee
    holds = _within(gap, rule.minimum, rule.maximum)
    bounds = [bound for bound in (rule.minimum, rule.maximum) if bound is not None]
    distance = 0 if holds else min(abs(gap - bound) for bound in bounds)
    width = (
        (rule.maximum - rule.minimum)
        if len(bounds) == 2 and rule.maximum is not None and rule.minimum is not None
        else 8
    )
    closeness = 0.5 ** (distance / max(width / 4, 2))
    return _outcome(rule, holds, closeness, _gap_sentence(rule, gap))


def _gap_sentence(rule: Criterion, gap: int) -> Sentence:
    """What is missing or too much, counted in the programme's own unit where it gives one."""
    facts = {
        "gap": abs(gap),
        "unit": (rule.counted_in or ("", ""))[abs(gap) > 1],
        "minimum": rule.minimum,
        "maximum": rule.maximum,
        "label": rule.label,
    }
    if rule.minimum is None or gap >= rule.minimum:
        of_units = gettext_noop(
            "{le mentor} a %(gap)s %(unit)s de plus ; le programme en demande %(maximum)s au plus."
        )
        plain = gettext_noop(
            "« %(label)s » : %(gap)s de plus pour {le mentor} ; le programme en demande %(maximum)s au plus."
        )
    elif gap >= 0:
        of_units = gettext_noop(
            "{le mentor} a %(gap)s %(unit)s de plus ; le programme en demande %(minimum)s."
        )
        plain = gettext_noop(
            "« %(label)s » : %(gap)s de plus pour {le mentor} ; le programme en demande au moins %(minimum)s."
        )
    else:
        of_units = gettext_noop(
            "{le mentor} a %(gap)s %(unit)s de moins que {le mentoré} ; le programme en demande %(minimum)s de plus."
        )
        plain = gettext_noop(
            "« %(label)s » : %(gap)s de moins pour {le mentor} ; le programme en demande au moins %(minimum)s de plus."
        )
    return Sentence(of_units if rule.counted_in else plain, facts)


def _outcome(rule: Criterion, holds: bool, closeness: float, sentence: Sentence) -> Outcome:
    return Outcome(holds, closeness, _own_sentence(rule) or sentence)


def _own_sentence(rule: Eligibility | Criterion) -> Sentence | None:
    """The programme's own words, in which a % is a %."""
    return Sentence(rule.sentence.replace("%", "%%")) if rule.sentence else None


def _within(number: int, minimum: int | None, maximum: int | None) -> bool:
    return (minimum is None or number >= minimum) and (maximum is None or number <= maximum)


def _range_sentence(
    label: str, number: int | None, minimum: int | None, maximum: int | None
) -> Sentence:
    facts = {"label": label, "number": number, "minimum": minimum, "maximum": maximum}
    if minimum is None:
        return Sentence(
            gettext_noop(
                "« %(label)s » : {tu indiques/vous indiquez} %(number)s ; le programme demande %(maximum)s au plus."
            ),
            facts,
        )
    if maximum is None:
        return Sentence(
            gettext_noop(
                "« %(label)s » : {tu indiques/vous indiquez} %(number)s ; le programme demande %(minimum)s au moins."
            ),
            facts,
        )
    return Sentence(
        gettext_noop(
            "« %(label)s » : {tu indiques/vous indiquez} %(number)s ; le programme demande de %(minimum)s à %(maximum)s."
        ),
        facts,
    )


def breach_of(
    prefix: str, rule: Eligibility | Criterion, outcome: Outcome, *, about: str = ""
) -> Breach:
    """The breach (or advice) a failed test makes; an "about" rule can always be derogated from."""
    return Breach(
        code=f"{prefix}:{rule.code}",
        sentence=outcome.sentence,
        derogable=rule.derogable or rule.strength is Strength.ABOUT,
        about=about,
    )


def blocks(strength: Strength) -> bool:
    return strength in (Strength.DUTY, Strength.ABOUT)
