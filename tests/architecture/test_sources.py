"""What holds for each source file."""

import ast
import re
from pathlib import Path

from tests.harness import tree

LONGEST = 320
LONGEST_OF_TESTS = 420  # one file tells one charter
EVERYTHING_READ_BY_PEOPLE = (
    *tree.product_sources(),
    *tree.python_files("tests", "scripts", "benchmarks"),
    *(path for path in tree.templates() if path.suffix == ".html"),
    *tree.own_static_files(".css", ".js"),
)
# The clock is read at the edges only: what judges or changes is told the time.
EDGES = re.compile(
    r"^(config|demo)/|/(views|tasks|admin|planner|rendering|context|middleware)(/|\.py)|/management/commands/"
)
LEFT_UNDONE = re.compile(r"\b(TODO|FIXME|XXX)\b|#\s*(noqa|type:\s*ignore|pragma: no cover)")


def test_every_file_can_be_read_at_once() -> None:
    limits = {
        p: LONGEST_OF_TESTS if "tests" in p.parts else LONGEST for p in EVERYTHING_READ_BY_PEOPLE
    }
    lengths = {p: len(p.read_text(encoding="utf-8").splitlines()) for p in limits}

    assert {tree.shown(p): lengths[p] for p in limits if lengths[p] > limits[p]} == {}


def reads_the_clock(name: str) -> bool:
    """`people.clock.PARIS` is a constant, the rest tells or moves the time."""
    return name in {"people.clock", "people.clock.now", "people.clock.today"}


def test_only_edges_read_the_clock() -> None:
    readers = [
        tree.shown(p)
        for p in tree.product_sources()
        if any(map(reads_the_clock, tree.imported_by(p)))
    ]

    assert [path for path in readers if not EDGES.search(path)] == []


def test_nothing_happens_behind_the_back_of_a_service() -> None:
    """No signals: what must follow an event is registered by name, in `programmes.reactions`."""
    users = [
        tree.shown(path)
        for path in tree.product_sources()
        for name in tree.imported_by(path)
        if re.search(r"\.signals\b|django\.dispatch", name)
    ]

    assert users == []


def test_models_know_no_service() -> None:
    knowing = [
        f"{tree.shown(path)} imports {name}"
        for path in tree.product_sources()
        if "/models" in tree.shown(path)
        for name in tree.imported_by(path)
        if ".services" in name or ".views" in name
    ]

    assert knowing == []


def test_tests_use_real_parts() -> None:
    mocking = [
        tree.shown(path)
        for path in tree.python_files("tests")
        for name in tree.imported_by(path)
        if "unittest.mock" in name
    ]

    assert mocking == []


def test_nothing_is_left_undone() -> None:
    here = Path(__file__)
    marks = [
        f"{tree.shown(path)}: {found.group()}"
        for path in EVERYTHING_READ_BY_PEOPLE
        if path != here and (found := LEFT_UNDONE.search(path.read_text(encoding="utf-8")))
    ]

    assert marks == []


def test_control_these_checks_see_what_they_look_for() -> None:
    imported = ast.parse("from people import clock\nfrom people.clock import PARIS\nimport a.b")

    assert list(tree.names_imported_in(imported)) == ["people.clock", "people.clock.PARIS", "a.b"]
    assert [
        bool(EDGES.search(path)) for path in ("people/views.py", "programmes/services/pairs.py")
    ] == [
        True,
        False,
    ]
    assert LEFT_UNDONE.search("x = 1  # type: ignore[assignment]")
    assert LEFT_UNDONE.search("# TODO later")
