"""What is fetched when Binôme is set up, and what the containers are told."""

import json
import re
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from scripts import system_packages
from tests.harness import tree

LOCKS = sorted(tree.ROOT.glob("requirements*.txt"))
READ_FROM_ENVIRONMENT = re.compile(r"env(?:\.\w+)?\(\s*\"([A-Z_]+)\"")


@pytest.mark.parametrize("lock", LOCKS, ids=lambda path: path.name)
def test_a_lock_file_names_no_host_and_gives_a_hash_for_each_package(lock: Path) -> None:
    text = lock.read_text()
    pins = re.findall(r"^([a-z0-9._-]+)==", text, re.MULTILINE)

    assert re.findall(r"https?://|file:|--(?:extra-)?index-url|--find-links", text) == []
    assert len(pins) > 0
    assert [
        pin
        for pin in pins
        if not re.search(rf"^{pin}==[^\n]*\n +--hash=sha256:", text, re.MULTILINE)
    ] == []


@pytest.mark.parametrize("lock", LOCKS, ids=lambda path: path.name)
def test_what_is_asked_for_is_locked(lock: Path) -> None:
    asked = re.findall(r"^([a-z][\w.-]*)", lock.with_suffix(".in").read_text(), re.MULTILINE)
    pinned = re.findall(r"^([a-z0-9._-]+)==", lock.read_text(), re.MULTILINE)

    assert [name for name in asked if name not in pinned] == []


def test_the_lock_file_of_the_assets_names_no_host() -> None:
    packages = json.loads((tree.ROOT / "package-lock.json").read_text())["packages"]

    assert [name for name, package in packages.items() if "resolved" in package] == []
    assert [name for name, package in packages.items() if name and "integrity" not in package] == []


def test_containers_are_told_only_what_the_settings_read() -> None:
    compose = YAML(typ="safe").load(tree.ROOT / "docker-compose.yml")
    sources = "".join(path.read_text() for path in tree.product_sources())
    read = {*READ_FROM_ENVIRONMENT.findall(sources), "DATABASE_URL"}

    assert sorted(compose["services"]) == ["beat", "migrate", "postgres", "redis", "web", "worker"]
    assert set(compose["services"]["web"]["environment"]) - read == set()


def test_a_missing_package_is_named_with_the_command_that_installs_it() -> None:
    if system_packages.is_debian():
        assert system_packages.command_for(["chromium", "redis-server"]) == (
            "sudo apt-get update && sudo apt-get install -y chromium redis-server"
        )
    assert not system_packages.is_loadable("a-library-nobody-has")
