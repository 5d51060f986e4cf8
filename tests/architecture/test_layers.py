"""The house stands as docs/architecture.md draws it."""

import subprocess
import sys
import tomllib

import pytest
from django.apps import apps

from tests.harness import tree

CONTRACTS = tomllib.loads((tree.ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]
LAYERS = next(contract for contract in CONTRACTS["contracts"] if contract["type"] == "layers")[
    "layers"
]
APPS_FROM_THE_TOP = [app.strip() for layer in LAYERS for app in layer.split("|")]


def test_no_import_goes_upwards() -> None:
    """In a process of its own: it sets up the logging of the process it runs in."""
    check = "import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports())"
    run = subprocess.run(
        [sys.executable, "-c", check], cwd=tree.ROOT, capture_output=True, text=True
    )

    assert run.returncode == 0, run.stdout


def test_no_import_is_let_pass() -> None:
    assert [one["name"] for one in CONTRACTS["contracts"] if "ignore_imports" in one] == []


def test_every_app_has_its_layer() -> None:
    assert sorted(APPS_FROM_THE_TOP) == sorted(["config", *tree.product_apps()])
    assert sorted(CONTRACTS["root_packages"]) == sorted(APPS_FROM_THE_TOP)


def test_every_app_but_the_demo_is_installed() -> None:
    assert sorted({*tree.installed_product_apps(), "demo"}) == sorted(
        {*tree.product_apps(), "demo"}
    )


@pytest.mark.parametrize("name", tree.installed_product_apps())
def test_an_app_answers_to_its_folder(name: str) -> None:
    """Django's own sessions hold that label, so ours are `mentoring_sessions`."""
    expected = "mentoring_sessions" if name == "sessions" else name

    assert {app.name: app.label for app in apps.get_app_configs()}[name] == expected
