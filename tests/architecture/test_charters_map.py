"""docs/charters.md tells the truth: every row has a rule and a proof that exists."""

import ast
import re

from tests.harness import tree

ROWS = [
    [cell.strip() for cell in line.strip("|").split("|")]
    for line in (tree.ROOT / "docs" / "charters.md").read_text(encoding="utf-8").splitlines()
    if re.match(r"\| [PIMDWSCKB]\d+ \|", line)
]
COUNTS = {"P": 20, "I": 14, "M": 8, "D": 14, "W": 6, "S": 13, "C": 5, "K": 14, "B": 11}


def test_every_row_of_the_charters_is_there_once():
    ids = [row[0] for row in ROWS]

    assert sorted(ids) == sorted(
        f"{letter}{number}" for letter, count in COUNTS.items() for number in range(1, count + 1)
    )


def test_every_proof_exists():
    missing = [(row[0], row[4]) for row in ROWS if not exists(row[4])]

    assert missing == []


def test_a_proof_that_is_not_there_would_be_seen():
    assert not exists("`tests/clauses/test_ponts_alumni.py::test_nothing_of_the_kind`")
    assert not exists("`tests/nowhere`")


def exists(proof: str) -> bool:
    """A folder or file of tests, or one test in it; or work that is said to come later."""
    if proof.startswith("later: "):
        return True
    path, _, name = proof.strip("`").partition("::")
    place = tree.ROOT / path
    if not name:
        return place.exists()
    functions = ast.walk(ast.parse(place.read_text(encoding="utf-8")))
    return any(isinstance(node, ast.FunctionDef) and node.name == name for node in functions)
