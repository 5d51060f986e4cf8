"""What holds for each template and style sheet."""

import re
from collections.abc import Iterable
from pathlib import Path

import pytest
from django.template import TemplateSyntaxError, loader

from tests.harness import tree

# Mail programs know neither our style sheets nor our policy; a file that is sent stands alone.
ALONE = {"emails", "files"}
PAGES = [p for p in tree.templates() if p.suffix == ".html" and not ALONE & set(p.parts)]
INLINE = re.compile(
    r"\sstyle\s*=|<style|\son[a-z]+\s*=\s*[\"']|javascript:|<script(?![^>]*\ssrc=)[^>]*>", re.I
)
ELSEWHERE = re.compile(
    r"(?:<link[^>]*\shref|\b(?:src|srcset|action|poster|hx-[a-z]+))\s*=\s*[\"']\s*(?:https?:)?//"
    r"|url\(\s*[\"']?(?:https?:)?//|@import",
    re.I,
)


def found_in(pattern: re.Pattern[str], paths: Iterable[Path]) -> dict[str, list[str]]:
    """For each file that has any: what of it the pattern finds."""
    found = {tree.shown(path): pattern.findall(path.read_text(encoding="utf-8")) for path in paths}
    return {path: pieces for path, pieces in found.items() if pieces}


def test_no_page_holds_a_script_or_a_style_of_its_own() -> None:
    assert found_in(INLINE, PAGES) == {}


def test_nothing_is_fetched_from_another_host() -> None:
    assert found_in(ELSEWHERE, [*PAGES, *tree.own_static_files(".css", ".js")]) == {}


def error_of(name: str) -> str:
    try:
        loader.get_template(name)
    except TemplateSyntaxError as error:
        return str(error)
    return ""


def test_django_can_read_every_template() -> None:
    errors = {name: error_of(name) for name in map(tree.template_name, tree.templates())}

    assert {name: error for name, error in errors.items() if error} == {}


@pytest.mark.parametrize(
    "html",
    [
        "<p style='x'>",
        "<style>",
        '<a onclick="x()">',
        "<script>x</script>",
        "<a href='javascript:x'>",
    ],
)
def test_control_what_is_inline_is_seen(html: str) -> None:
    assert INLINE.search(html)


@pytest.mark.parametrize(
    "text",
    [
        "<img src='//cdn.example/x'>",
        '<link href="https://x.example/y.css">',
        "url(http://x)",
        "@import 'y'",
    ],
)
def test_control_another_host_is_seen(text: str) -> None:
    assert ELSEWHERE.search(text)


@pytest.mark.parametrize(
    "html",
    [
        '<script src="{{ x }}" defer></script>',
        '<a href="https://x.example/">',
        "<svg xmlns='http://w3'>",
    ],
)
def test_control_what_is_allowed_is_not_seen(html: str) -> None:
    assert not INLINE.search(html)
    assert not ELSEWHERE.search(html)
