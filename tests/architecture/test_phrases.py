"""Every text of the product speaks the phrase language without a mistake."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from programmes.phrases import check_text
from programmes.vocabulary import CONCEPTS, DEFAULT

ROOT = Path(__file__).resolve().parents[2]
MARKERS = {"_", "gettext", "gettext_lazy", "gettext_noop", "ngettext", "ngettext_lazy", "pgettext"}

NOT_PROSE = re.compile(r'\{"[^{}]*\}|<style.*?</style>', re.DOTALL)
TAG = re.compile(r"\{% comment.*?endcomment %\}|\{%.*?%\}|\{\{.*?\}\}|\{#.*?#\}", re.DOTALL)
PLACEHOLDER = re.compile(r"\{[^{}]*\}|%\(\w+\)s")
NOUN = re.compile(
    rf"\b(?:{'|'.join(DEFAULT.noun(concept).word() for concept in CONCEPTS)})s?\b", re.IGNORECASE
)
BEFORE_AN_ARTICLE = re.compile(r"\b(?:à|de) \{(?:l['’]|la |le |les )[^{}|/]*\}")
# A determiner or an adjective outside the braces of its noun does not agree with another word.
BEFORE_A_NOUN = re.compile(
    r"(?<![\w{|/-])(?:[dl]['’]|(?:l[ea]|une?|d[ue]|au|ce|cet|cette|quels?|quelles?|aucune?|toute?"
    r"|première?|dernière?|prochaine?|nouveau|nouvelle|seule?) )\{(?:[^{}|/ ]*[^{}|/ ])\}",
    re.IGNORECASE,
)
BEFORE_A_VOWEL = re.compile(r"\{(?:te|me|se)/\w+\} [aeiouyéèêh]")
MARKED = re.compile(r"""(?:_\(|\{% translate )(?:"([^"]*)"|'([^']*)')""")
MARKUP = re.compile(r"<[^<>]*>")

# Where a text belongs to no programme, or tells what an example or a story says.
OF_NO_PROGRAMME = {
    "templates/portal/home.html": "the home of all programmes",
    "templates/programmes/coordinator/workspace.html": "the workspace of all programmes",
    "templates/components/_footer.html": "what the software is",
    "templates/403.html": "an error anywhere",
    "templates/500.html": "an error anywhere",
    "templates/account/password_reset_done.html": "the way in",
    "templates/account/request_login_code.html": "the way in",
    "templates/account/signup.html": "the way in",
    "templates/pdf/complete.html": "the name of a file",
    "charters/preset.py": "the table of a file",
    "charters/enums.py": "the stock admin",
    "notifications/models.py": "the stock admin",
    "people/models.py": "the stock admin",
}
OF_NO_PROGRAMME_WITHIN = (
    "demo/",
    "templates/demo/",
    "charters/models/",
    "programmes/models/",
    "sessions/models/",
)


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
    """« cette {charte} » where « {cette charte} » becomes « ce pacte »."""
    return [one for one in BEFORE_A_NOUN.findall(text) if not one.endswith(("{de}", "{que}"))]


def test_what_an_article_or_a_vowel_changes_is_within_the_braces():
    texts = [text for path in sources("*.py") for text in marked_in_python(path.read_text("utf-8"))]
    for path in (*sources("*.html"), *sources("*.txt")):
        texts += said_in_template(path.read_text("utf-8"))

    assert [found for text in texts for found in left_uncontracted(text)] == []
    assert [found for text in texts for found in left_unelided(text)] == []
    assert [found for text in texts for found in left_unagreed(text)] == []
    assert left_uncontracted("Écrire à {l'équipe}") == ["à {l'équipe}"]
    assert left_unelided("{L'équipe} {te/vous} écrit") == ["{te/vous} é"]
    assert left_unagreed("J'ai lu cette {charte}, ce {que} dit {la charte}") == ["cette {charte}"]


def said_plainly(text: str) -> list[str]:
    """Words that a programme may replace, outside braces; the product's name is none of them."""
    words = NOUN.findall(MARKUP.sub(" ", PLACEHOLDER.sub(" ", text)))
    return [word for word in words if word != "Binôme"]


def test_no_text_of_a_programme_says_plainly_what_the_programme_may_call_otherwise():
    texts = [
        (path, text)
        for pattern in ("*.py", "*.html", "*.txt")
        for path in sources(pattern)
        for text in (marked_in_python if pattern == "*.py" else said_in_template)(
            path.read_text("utf-8")
        )
    ]
    found = {
        name: words
        for path, text in texts
        if not (name := str(path.relative_to(ROOT))).startswith(OF_NO_PROGRAMME_WITHIN)
        if (words := said_plainly(text))
    }

    assert {name: words for name, words in found.items() if name not in OF_NO_PROGRAMME} == {}
    assert OF_NO_PROGRAMME.keys() - found.keys() == set()
    assert said_plainly("{Le mentor} écrit à l'équipe <b id='mentor'>de Binôme") == ["équipe"]


def test_a_mistake_would_be_seen():
    python = list(marked_in_python('fill(_("Voir {le mentro}"), words)'))
    template = list(said_in_template("{% words _('Voir {le mentro}') %} {{ x }} {la mentor}"))

    assert [len(check_text(text)) for text in (*python, *template)] == [1, 1, 1]
