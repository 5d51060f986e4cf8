"""The first people of a plan as they would be stored, in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from programmes.answers import answer_in_words
from programmes.importing.columns import Decisions
from programmes.importing.plan import Plan, PlannedPerson
from programmes.importing.targets import Target
from programmes.policy.rules import Rules

SHOWN = 5


@dataclass(frozen=True)
class Preview:
    """`rows`: for each person the number of the line, and a (label, value) for each target."""

    labels: tuple[str, ...]
    rows: tuple[tuple[int, tuple[tuple[str, str], ...]], ...]


def preview_of(
    plan: Plan, targets: Sequence[Target], decisions: Decisions, rules: Rules
) -> Preview:
    shown = [target for target in targets if target.key in decisions.mapping]
    return Preview(
        tuple(target.label for target in shown),
        tuple(
            (person.line, tuple((one.label, _value(person, one, rules)) for one in shown))
            for person in plan.people[:SHOWN]
        ),
    )


def _value(person: PlannedPerson, target: Target, rules: Rules) -> str:
    if target.question is not None:
        answer = person.answers.get(target.question.code)
        return answer_in_words(rules, target.question, answer)
    if target.key == "objectives":
        labels = {theme.code: theme.label for theme in rules.objectives.themes}
        return " ; ".join(labels.get(one.theme, one.text) for one in person.objectives)
    return _in_words(person.values.get(target.key))


def _in_words(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return _("oui") if value else _("non")
    if isinstance(value, date):
        return date_format(value, "DATE_FORMAT")
    return str(value)
