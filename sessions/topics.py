"""What a meeting may be about: a code, never a text (S5)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from programmes.models import Objective
from programmes.policy.rules import Rules

# Topics that every programme offers, so that nobody is ever without one.
GENERAL: Mapping[str, str | Promise] = {
    "acquaintance": _("Faire connaissance"),
    "progress": _("Faire le point"),
    "other": _("Un autre sujet, dit de vive voix"),
}
_OBJECTIVE = "objective_"


def topic_choices(rules: Rules, objectives: Iterable[Objective]) -> list[tuple[str, str | Promise]]:
    """What a form offers: an objective that says no more than its theme is offered once."""
    themes = {theme.label for theme in rules.objectives.themes}
    return [
        (code, label)
        for code, label in topics(rules, objectives).items()
        if not (code.startswith(_OBJECTIVE) and label in themes)
    ]


def topics(rules: Rules, objectives: Iterable[Objective]) -> dict[str, str | Promise]:
    """Code and label of everything that may be chosen: objectives first, then themes."""
    themes = {theme.code: theme.label for theme in rules.objectives.themes}
    own = {
        f"{_OBJECTIVE}{objective.position}": objective.text or themes.get(objective.theme, "")
        for objective in objectives
    }
    return {code: label for code, label in own.items() if label} | themes | dict(GENERAL)
