"""`{% load states %}{% state_badge pair %}`: the state of an enrolment, pair, concern or fee as a badge."""

from __future__ import annotations

from typing import Any

from django import template

from programmes.models import Concern, Enrolment, FeeAccount, Pair
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
