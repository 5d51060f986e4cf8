"""Nobody is named past `Enrolment.known_as`: an account known elsewhere is not an association's to see."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.harness import tree

IN_TEMPLATE = re.compile(r"\.person\b(?!_)")
IN_QUERY = re.compile(r"\bperson__(first_name|last_name|email)\b")
NAMING = {"first_name", "last_name", "email", "get_full_name", "get_short_name"}

OF_THE_TEAM = {
    "templates/programmes/coordinator/_team.html",
    "templates/programmes/coordinator/remove_member.html",
}
# Where the account itself is meant, and never shown to others.
OF_ACCOUNTS = {
    "charters/judging.py",  # a guardian's address is not one of the two's
    "programmes/models/enrolments.py",  # known_as
    "programmes/models/staff.py",
    "programmes/queries/candidates.py",  # who is excluded, by any address
    "programmes/views/coordinator/settings.py",  # a member of the team
    "programmes/views/participant.py",  # one's own enrolment
}
QUERIES_OF_ACCOUNTS = {
    "programmes/admin.py",  # for platform administrators
    "programmes/queries/importing.py",  # who is on the list already
    "programmes/queries/staff.py",
}


def sources() -> Iterator[tuple[str, Path]]:
    """What tells of enrolments: neither the accounts below nor the stories of the demo."""
    for path in tree.product_sources():
        name = tree.shown(path)
        if not name.startswith(("people/", "demo/")):
            yield name, path


def accounts_read(code: str, *, acts: bool) -> list[str]:
    """Where an account is reached; a service, which acts, may hold it but not tell its name."""
    found = []
    for node in ast.walk(ast.parse(code)):
        held = node.value if isinstance(node, ast.Attribute) and node.attr in NAMING else None
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "str":
            held = node.args[0] if node.args else None
        if isinstance(node, ast.FormattedValue):
            held = node.value
        read = held if acts else node
        if isinstance(read, ast.Attribute) and read.attr == "person":
            found.append(ast.unparse(node))
    return found


def test_no_page_and_no_mail_names_the_account_of_an_enrolment() -> None:
    naming = {
        tree.shown(path)
        for path in tree.templates()
        if IN_TEMPLATE.search(path.read_text(encoding="utf-8"))
    }

    assert naming == OF_THE_TEAM


def test_nothing_that_tells_reaches_the_account_of_an_enrolment() -> None:
    reaching = {
        name
        for name, path in sources()
        if accounts_read(path.read_text(encoding="utf-8"), acts="/services/" in name)
    }

    assert reaching == OF_ACCOUNTS


def test_no_query_sorts_or_searches_by_the_names_of_accounts() -> None:
    asking = {name for name, path in sources() if IN_QUERY.search(path.read_text(encoding="utf-8"))}

    assert asking == QUERIES_OF_ACCOUNTS


@pytest.mark.parametrize(
    "code",
    ["str(one.person)", "f'{pair.mentor.person}'", "other.person.first_name", "mine.person.email"],
)
def test_control_a_name_past_the_list_is_seen(code: str) -> None:
    assert len(accounts_read(code, acts=True)) == 1
    assert accounts_read(code.replace("person", "known_as"), acts=True) == []


def test_control_a_template_past_the_list_is_seen() -> None:
    assert IN_TEMPLATE.search("{{ pair.mentor.person }}")
    assert not IN_TEMPLATE.search("{{ pair.mentor.person_id }}")
