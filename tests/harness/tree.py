"""The product's own files, as the architecture tests read them."""

import ast
import functools
from collections.abc import Iterator
from pathlib import Path

from django.apps import apps
from django.conf import settings

ROOT: Path = settings.BASE_DIR


def product_apps() -> list[str]:
    """The folders at the root that are Django apps, the demo included."""
    return sorted(
        path.parent.name for path in ROOT.glob("*/apps.py") if path.parent.name != "config"
    )


def installed_product_apps() -> list[str]:
    return [app.name for app in apps.get_app_configs() if Path(app.path).parent == ROOT]


@functools.cache
def python_files(*folders: str) -> tuple[Path, ...]:
    """The sources in these folders, without migrations."""
    return tuple(
        path
        for folder in folders
        for path in sorted((ROOT / folder).rglob("*.py"))
        if "migrations" not in path.parts
    )


def product_sources() -> tuple[Path, ...]:
    return python_files("config", *product_apps())


@functools.cache
def templates() -> tuple[Path, ...]:
    own = (path for app in product_apps() for path in (ROOT / app).glob("templates/**/*"))
    found = (*(ROOT / "templates").rglob("*"), *own)
    return tuple(path for path in sorted(found) if path.suffix in {".html", ".txt"})


def own_static_files(*suffixes: str) -> list[Path]:
    """Style sheets and scripts of ours, without what was fetched."""
    files = (ROOT / "static").rglob("*")
    return [path for path in files if path.suffix in suffixes and "vendor" not in path.parts]


def shown(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def template_name(path: Path) -> str:
    return path.as_posix().rpartition("/templates/")[2]


@functools.cache
def _tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def imported_by(path: Path) -> Iterator[str]:
    """Every dotted name a source imports: `from people import clock` gives `people.clock`."""
    return names_imported_in(_tree(path))


def names_imported_in(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def strings_in(path: Path) -> Iterator[str]:
    for node in ast.walk(_tree(path)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


def patterns_in(path: Path) -> Iterator[str]:
    """Every f-string with `*` for what is filled in: `f"pdf/{kind}.html"` gives `pdf/*.html`."""
    for node in ast.walk(_tree(path)):
        if isinstance(node, ast.JoinedStr):
            yield "".join(
                part.value if isinstance(part, ast.Constant) else "*" for part in node.values
            )
