"""Every text of the product speaks the phrase language without a mistake."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from programmes.phrases import check_text

ROOT = Path(__file__).resolve().parents[2]
MARKERS = {"_", "gettext", "gettext_lazy", "gettext_noop", "ngettext", "ngettext_lazy", "pgettext"}

NOT_PROSE = re.compile(r'\{"[^{}]*\}|<style.*?</style>', re.DOTALL)
TAG = re.compile(r"\{% comment.*?endcomment %\}|\{%.*?%\}|\{\{.*?\}\}|\{#.*?#\}", re.DOTALL)
BEFORE_AN_ARTICLE = re.compile(r"\b(?:à|de) \{(?:l['’]|la |le |les )[^{}|/]*\}")
BEFORE_A_VOWEL = re.compile(r"\{(?:te|me|se)/\w+\} [aeiouyéèêh]")
OUTSIDE = re.compile(
    r"\b(?:[Ll][ae]|d?u|au|(?:[dq]u?')?une?|[Cc]ett?e?|premi(?:er|ère)|deuxième|derni(?:er|ère)|"
    r"prochaine?|nouve(?:au|lle)) \{\w+\}"
)
MARKED = re.compile(r"""_\((?:"([^"]*)"|'([^']*)')\)""")


def marked_in_python(source: str) -> Iterator[str]:
    """The strings that are marked for translation."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            for argument in node.args if node.func.id in MARKERS else []:
                if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
                    yield argument.value


def said_in_template(source: str) -> Iterator[str]:
    """The strings that tags mark for translation, and the text around the tags."""
    for double, single in MARKED.findall(source):
        yield double or single
    yield NOT_PROSE.sub("", TAG.sub("", source))


def sources(pattern: str) -> Iterator[Path]:
    tracked = (
        "charters community config demo matching notifications people portal programmes "
        "reporting sessions templates"
    ).split(" ")
    for folder in tracked:
        yield from sorted((ROOT / folder).rglob(pattern))


def mistakes(texts: Iterator[tuple[Path, str]]) -> list[str]:
    return [
        f"{path.relative_to(ROOT)}: {problem.reason}"
        for path, text in texts
        for problem in check_text(text)
    ]


def test_python_sources_use_only_phrases_of_the_dictionary():
    texts = [(p, text) for p in sources("*.py") for text in marked_in_python(p.read_text("utf-8"))]

    assert mistakes(iter(texts)) == []
    assert texts


def test_templates_use_only_phrases_of_the_dictionary():
    texts = [
        (path, text)
        for pattern in ("*.html", "*.txt")
        for path in sources(pattern)
        for text in said_in_template(path.read_text("utf-8"))
    ]

    assert mistakes(iter(texts)) == []
    assert texts


def left_uncontracted(text: str) -> list[str]:
    """« à {l'équipe} » where « {à l'équipe} » becomes « au comité », « à la cellule »."""
    return BEFORE_AN_ARTICLE.findall(text)


def left_unelided(text: str) -> list[str]:
    """« {te/vous} écrit » where « {t'écrit/vous écrit} » is meant."""
    return BEFORE_A_VOWEL.findall(text)


def left_unagreed(text: str) -> list[str]:
    """« la première {rencontre} » where « {la première rencontre} » becomes « le premier entretien »."""
    return OUTSIDE.findall(text)


def test_what_an_article_or_a_vowel_changes_is_within_the_braces():
    texts = [text for path in sources("*.py") for text in marked_in_python(path.read_text("utf-8"))]
    for path in (*sources("*.html"), *sources("*.txt")):
        texts += said_in_template(path.read_text("utf-8"))

    assert [found for text in texts for found in left_uncontracted(text)] == []
    assert [found for text in texts for found in left_unelided(text)] == []
    assert [found for text in texts for found in left_unagreed(text)] == []
    assert left_uncontracted("Écrire à {l'équipe}") == ["à {l'équipe}"]
    assert left_unelided("{L'équipe} {te/vous} écrit") == ["{te/vous} é"]
    assert left_unagreed("Dès qu'une {rencontre} suit la première {rencontre}") == [
        "qu'une {rencontre}",
        "première {rencontre}",
    ]


def test_a_mistake_would_be_seen():
    python = list(marked_in_python('fill(_("Voir {le mentro}"), words)'))
    template = list(said_in_template("{% words _('Voir {le mentro}') %} {{ x }} {la mentor}"))

    assert [len(check_text(text)) for text in (*python, *template)] == [1, 1, 1]
