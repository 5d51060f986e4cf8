"""docs/programme-files.md names every key that a programme file may hold."""

import typing

from pydantic import BaseModel

from charters.watching import Watch
from programmes.policy.rules import Rules
from tests.harness import tree

PAGE = (tree.ROOT / "docs" / "programme-files.md").read_text(encoding="utf-8")


def parts_of(model: type[BaseModel]) -> set[type[BaseModel]]:
    """The model and every model its fields hold."""
    found = {model}
    for field in model.model_fields.values():
        for inner in (field.annotation, *typing.get_args(field.annotation)):
            if isinstance(inner, type) and issubclass(inner, BaseModel):
                found |= parts_of(inner)
    return found


def test_every_key_is_told() -> None:
    sections = {title.split("\n")[0]: title for title in PAGE.split("\n### ")}
    missing = [
        f"{part.__name__}.{key}"
        for part in parts_of(Rules) - {Rules}
        for key in part.model_fields
        if f"| `{key}` |" not in sections.get(part.__name__, "")
    ]

    assert missing == []
    assert all(f"| `{key}` |" in PAGE for key in Rules.model_fields)


def test_every_rule_that_watches_a_commitment_is_told() -> None:
    assert [watch for watch in Watch if f"| `{watch}` |" not in PAGE] == []
