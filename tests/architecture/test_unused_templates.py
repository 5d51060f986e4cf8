"""No template is left over."""

import re
from fnmatch import fnmatch
from pathlib import Path

from django.template import Engine
from django.template.loaders.app_directories import Loader

from notifications.messages import Mail
from tests.harness import tree

SHOWN_BY_DJANGO = {
    "400.html",
    "403.html",
    "403_csrf.html",
    "404.html",
    "429.html",
    "500.html",
    "robots.txt",
}


def names_in_use() -> set[str]:
    """Every string of a source that may name a template, and every name inside a template."""
    quoted = re.compile(r"[\"']([\w./-]+\.(?:html|txt))[\"']")
    in_sources = (text for path in tree.product_sources() for text in tree.strings_in(path))
    in_templates = (
        name for p in tree.templates() for name in quoted.findall(p.read_text(encoding="utf-8"))
    )
    return {*in_sources, *in_templates}


def is_composed(name: str, patterns: set[str], words: set[str]) -> bool:
    """Whether a source composes this name from a pattern and a word it also holds."""
    stem = Path(name).stem
    return stem in words and any(fnmatch(name, pattern) for pattern in patterns)


def replaces_one_of_a_package(name: str) -> bool:
    """Whether an installed package has a template of this name, which ours stands in for."""
    sources = Loader(Engine.get_default()).get_template_sources(name)
    return any(
        Path(source.name).exists() and Path(source.name) not in tree.templates()
        for source in sources
    )


def kinds_of(mail: type[Mail]) -> set[str]:
    below = (kind for subclass in mail.__subclasses__() for kind in kinds_of(subclass))
    return {*below, *([mail.kind] if hasattr(mail, "kind") else [])}


def belongs_to_a_message(name: str) -> bool:
    """Mails find their texts by their kind: `emails/<kind>/body.html`."""
    parts = name.split("/")
    return len(parts) == 3 and parts[0] == "emails" and parts[1] in kinds_of(Mail)


def test_every_template_is_used() -> None:
    used = names_in_use() | SHOWN_BY_DJANGO
    patterns = {
        p for path in tree.product_sources() for p in tree.patterns_in(path) if p.endswith(".html")
    }
    unused = [
        name
        for name in map(tree.template_name, tree.templates())
        if name not in used
        and not is_composed(name, patterns, used)
        and not replaces_one_of_a_package(name)
        and not belongs_to_a_message(name)
    ]

    assert unused == []


def test_control_a_template_of_a_package_may_be_replaced_and_an_unknown_one_may_not() -> None:
    assert replaces_one_of_a_package("account/login.html")
    assert not replaces_one_of_a_package("people/forgotten.html")
    assert not belongs_to_a_message("emails/carrier_pigeon/body.html")
