"""`{% load states %}{% state_badge pair %}`: the state of an enrolment, pair, concern or fee as a badge."""

from __future__ import annotations

from typing import Any

from django import template

from programmes.models import Concern, Derogation, Enrolment, FeeAccount, Pair
from programmes.state_words import TONES, pair_state

register = template.Library()


@register.inclusion_tag("components/_badge.html")
def state_badge(thing: Enrolment | Pair | Concern | FeeAccount) -> dict[str, Any]:
    label = (
        pair_state(thing.state, thing.cohort.vocabulary)
        if isinstance(thing, Pair)
        else thing.get_state_display()
    )
    return {"label": label, "tone": TONES[thing.state]}


@register.filter
def rule_let_pass(derogation: Derogation) -> str:
    """What a derogation is from: the criterion's name, or the questions that people answer."""
    rules, (kind, _, code) = derogation.enrolment.cohort.rules, derogation.breach.partition(":")
    if kind == "criterion":
        return next((one.label for one in rules.criteria if one.code == code), code)
    asked = {q for one in rules.eligibility if one.code == code for q in one.questions}
    return " / ".join(one.label for one in rules.questions if one.code in asked) or code
