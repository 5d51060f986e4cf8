"""Rules read from, and written to, plain tables (the TOML of a programme file)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from programmes.policy.coherence import Problem, problems_of
from programmes.policy.contradictions import contradictions_in
from programmes.policy.rules import Rules

T = TypeVar("T", bound=BaseModel)

_REASONS = {
    "missing": "il manque cette clé",
    "extra_forbidden": "cette clé n'existe pas (faute de frappe ?)",
    "string_type": "il faut un texte entre guillemets",
    "string_too_short": "il faut un texte non vide",
    "string_too_long": "le texte est trop long ({max_length} signes au plus)",
    "string_pattern_mismatch": "il faut des petites lettres, des chiffres et des _, en commençant par une lettre",
    "int_type": "il faut un nombre entier",
    "int_parsing": "il faut un nombre entier",
    "int_from_float": "il faut un nombre entier",
    "bool_type": "il faut true ou false",
    "bool_parsing": "il faut true ou false",
    "decimal_parsing": 'il faut un montant, par exemple "150.00"',
    "decimal_type": 'il faut un montant, par exemple "150.00"',
    "decimal_max_places": "il faut au plus {decimal_places} chiffres après la virgule",
    "decimal_max_digits": "ce montant est trop grand",
    "greater_than": "il faut plus que {gt}",
    "greater_than_equal": "il faut au moins {ge}",
    "less_than_equal": "il faut au plus {le}",
    "too_short": "il faut au moins {min_length} élément",
    "tuple_type": "il faut une liste entre crochets",
    "enum": "il faut l'une de ces valeurs : {expected}",
    "literal_error": "il faut l'une de ces valeurs : {expected}",
    "model_type": "il faut une table ([section])",
    "dict_type": "il faut une table ([section])",
    "date_type": "il faut une date, par exemple 2025-07-01",
    "date_parsing": "il faut une date, par exemple 2025-07-01",
    "date_from_datetime_parsing": "il faut une date, par exemple 2025-07-01",
    "date_from_datetime_inexact": "il faut une date sans heure, par exemple 2025-07-01",
    "finite_number": "il faut un nombre entier",
}

# Without one of these, what the others say of it cannot be judged.
_REFERRED_TO = set("lists questions objectives agreement minors length acceptance".split())


class UnreadableRules(ValueError):
    """A programme's document that is not valid; `problems` lists everything wrong, with keys.

    `rest` holds the parts that could be read all the same, for what else there is to say of them.
    """

    def __init__(self, problems: Sequence[Problem], *, rest: Rules | None = None) -> None:
        self.problems, self.rest = tuple(problems), rest
        super().__init__("\n".join(str(problem) for problem in self.problems))


def read_rules(document: Mapping[str, Any]) -> Rules:
    """The rules in `document`; raise UnreadableRules naming every key that is wrong and why."""
    try:
        rules = Rules.model_validate(document)
    except ValidationError as error:
        wrong = {str(detail["loc"][0]) for detail in error.errors()}
        rest = Rules.model_validate({k: v for k, v in document.items() if k not in wrong})
        problems = [_problem(detail, "") for detail in error.errors()]
        if not wrong & _REFERRED_TO:
            problems += [*problems_of(rest), *contradictions_in(rest)]
        raise UnreadableRules(problems, rest=rest) from None
    if problems := [*problems_of(rules), *contradictions_in(rules)]:
        raise UnreadableRules(problems, rest=rules)
    return rules


def read(model: type[T], document: Mapping[str, Any], *, under: str = "") -> T:
    """`document` as a value of `model`; raise UnreadableRules with keys that begin with `under`."""
    try:
        return model.model_validate(document)
    except ValidationError as error:
        raise UnreadableRules([_problem(detail, under) for detail in error.errors()]) from None


def write(value: BaseModel) -> dict[str, Any]:
    """The shortest document that reads back as the same value: plain types, no defaults."""
    document: dict[str, Any] = value.model_dump(mode="json", exclude_defaults=True)
    return document


def _problem(detail: Any, under: str) -> Problem:
    kind, context = detail["type"], detail.get("ctx", {})
    if kind == "value_error":
        reason = str(context["error"])
    else:
        given = {name: str(value).replace(" or ", ", ") for name, value in context.items()}
        reason = _REASONS[kind].format(**given) if kind in _REASONS else str(detail["msg"])
        if kind not in ("missing", "extra_forbidden", "value_error"):
            reason += f" ; reçu : {_shown(detail['input'])}"
    return Problem(_key(under, detail["loc"]), reason)


def _key(under: str, location: Sequence[str | int]) -> str:
    """`questions[2].label`: positions are counted from 1, as a reader of the file counts."""
    key = under
    for step in location:
        key += f"[{step + 1}]" if isinstance(step, int) else (f".{step}" if key else step)
    return key or "document"


def _shown(value: object) -> str:
    text = str(value).lower() if isinstance(value, bool) else str(value)
    return text if len(text) <= 80 else text[:77] + "…"
