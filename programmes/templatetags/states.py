"""`{% load states %}{% state_badge pair %}`: the state of an enrolment, pair, concern or fee as a badge."""

from __future__ import annotations

from typing import Any

from django import template

from programmes.models import Concern, Derogation, Enrolment, FeeAccount, Pair
from programmes.state_words import TONES, pair_state
from programmes.words import fill

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
    cohort = derogation.enrolment.cohort
    rules, (kind, _, code) = cohort.rules, derogation.breach.partition(":")
    if kind == "criterion":
        labels = [one.label for one in rules.criteria if one.code == code]
    else:
        asked = {q for one in rules.eligibility if one.code == code for q in one.questions}
        labels = [one.label for one in rules.questions if one.code in asked]
    return fill(" / ".join(labels), cohort.vocabulary) or code
