"""What this machine cannot run: told in the last lines of the run, an error when CI=true."""

import os
from typing import NoReturn

import pytest

PREFIX = "cannot run on this machine: "


def is_ci() -> bool:
    return os.environ.get("CI", "").lower() in {"1", "true"}


def cannot_run(what: str, *, install: str) -> NoReturn:
    """Leave this test out, saying what is missing and the command that installs it."""
    told = f"{PREFIX}{what} ({install})"
    if is_ci():
        pytest.fail(told, pytrace=False)
    pytest.skip(told)


def told_by(reports: list[pytest.TestReport]) -> dict[str, int]:
    """Each limit met and how many tests it left out."""
    counts: dict[str, int] = {}
    for report in reports:
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else ""
        limit = reason.removeprefix("Skipped: ")
        if limit.startswith(PREFIX):
            counts[limit] = counts.get(limit, 0) + 1
    return counts
