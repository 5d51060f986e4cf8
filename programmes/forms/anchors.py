"""Where on the questionnaire a breach can be mended."""

from __future__ import annotations

from programmes.policy.rules import Rules
from programmes.policy.terms import Role
from programmes.policy.verdict import Breach

OBJECTIVES = "objectifs"


def anchor_of(breach: Breach, rules: Rules, role: Role) -> str:
    """The id of the place to go to, as crispy writes ids; "" where no answer of the person mends it."""
    rule, _colon, code = breach.code.partition(":")
    if rule == "objectives":
        return OBJECTIVES
    if rule == "capacity":
        return "div_id_capacity"
    if rule == "declaration":
        return f"div_id_declaration_{code}"
    if rule == "eligibility":
        code = next(one.questions[0] for one in rules.eligibility if one.code == code)
    elif rule == "age":
        code = "birth_date"
    elif rule != "answer":
        return ""
    asked = {question.code for question in rules.questions_for(role)}
    return f"div_id_q_{code}" if code in asked else ""
