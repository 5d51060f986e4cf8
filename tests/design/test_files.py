"""What holds for every template and every asset, read from the files."""

import importlib.util
import json
import re
from pathlib import Path
from types import ModuleType

import pytest
from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.management import call_command
from django.test import override_settings

ROOT = Path(settings.BASE_DIR)
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
PAGES = [path for path in TEMPLATES if not {"emails", "pdf"} & set(path.parts)]
COMPONENTS = sorted((ROOT / "templates" / "components").glob("*.html"))
OWN_STATIC = [p for p in (ROOT / "static").rglob("*") if p.is_file() and "vendor" not in p.parts]

COLOUR = re.compile(r"#[0-9a-f]{6}\b|rgba?\(|oklch\(", re.IGNORECASE)
ICON = re.compile(r'_icon\.html" with name="([^"]+)"')


def fetch_assets() -> ModuleType:
    spec = importlib.util.spec_from_file_location("fetch_assets", ROOT / "scripts/fetch_assets.py")
    assert spec and spec.loader
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    return script


def test_no_page_names_a_colour() -> None:
    assert [str(p.relative_to(ROOT)) for p in PAGES if COLOUR.search(p.read_text("utf-8"))] == []


def test_each_component_begins_with_what_it_needs() -> None:
    assert [p.name for p in COMPONENTS if not p.read_text("utf-8").startswith("{#")] == []


def test_each_icon_a_page_asks_for_is_drawn() -> None:
    asked = {name for p in PAGES for name in ICON.findall(p.read_text("utf-8"))}

    assert asked - set(fetch_assets().ICONS) == set()


def test_the_lock_file_names_no_download_address() -> None:
    packages = json.loads((ROOT / "package-lock.json").read_text("utf-8"))["packages"]

    assert [name for name, package in packages.items() if "resolved" in package] == []
    assert [n for n, p in packages.items() if n and not p["integrity"].startswith("sha512-")] == []


def test_the_assets_are_those_of_the_lock_file() -> None:
    script = fetch_assets()

    assert script.is_up_to_date()


@pytest.mark.parametrize("kind", [".css", ".js"])
def test_our_own_files_stay_small_enough_to_read_at_once(kind: str) -> None:
    lengths = {
        p.name: len(p.read_text("utf-8").splitlines()) for p in OWN_STATIC if p.suffix == kind
    }

    assert {name: length for name, length in lengths.items() if length >= 300} == {}


def test_the_files_can_be_collected_under_names_of_their_contents(tmp_path: Path) -> None:
    storages = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"},
    }
    with override_settings(STATIC_ROOT=tmp_path, STORAGES=storages):
        call_command("collectstatic", interactive=False, verbosity=0)

        assert staticfiles_storage.stored_name("css/tokens.css") != "css/tokens.css"
