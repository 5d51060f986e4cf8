"""French punctuation keeps its word: no plain space before : ; ? ! », nor after «.

An unbreakable space (U+00A0) stands before a colon and within « », a narrow one (U+202F) before
; ? and !, in whatever people read: strings of Python, templates, programme files.
"""

import io
import re
import token
import tokenize
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.harness import tree

UNBREAKABLE, NARROW = "\u00a0", "\u202f"
# A tag of a template, hidden, counts as something that follows.
HIDDEN = "\0"
PLAIN = re.compile(rf"(?<=«) (?=\S)|(?<=\S) (?=»|[;?!](?![=\w])|:(?:[\s\"'{HIDDEN}%{{<]|$))")
QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")
TEMPLATE_TAG = re.compile(
    r"\{#.*?#\}|\{% comment.*?endcomment %\}|\{%.*?%\}|\{\{.*?\}\}", re.DOTALL
)
MARKUP = re.compile(r"<(style|script|svg)\b.*?</\1>|<[^<>]*>", re.DOTALL)
TOML_STRING = re.compile(
    r"#[^\n]*|\"\"\".*?\"\"\"|'''.*?'''|\"(?:\\.|[^\"\\\n])*\"|'[^'\n]*'", re.DOTALL
)
STATEMENT_BEGINS = {token.NEWLINE, token.INDENT, token.DEDENT, token.ENCODING}
FSTRING_PIECE = getattr(token, "FSTRING_MIDDLE", None)  # from Python 3.12 on


def plain_in_python(source: str) -> Iterator[int]:
    """Where the strings of a module, its docstrings aside, have a plain space too many."""
    starts = [0]
    for line in source.splitlines(keepends=True):
        starts.append(starts[-1] + len(line))
    before = token.ENCODING
    for one in tokenize.generate_tokens(io.StringIO(source).readline):
        is_docstring = before in STATEMENT_BEGINS
        if one.type == FSTRING_PIECE or (_is_text(one) and not is_docstring):
            at = starts[one.start[0] - 1] + one.start[1]
            yield from (at + found.start() for found in PLAIN.finditer(one.string))
        if one.type not in (token.NL, token.COMMENT):
            before = one.type


def _is_text(one: tokenize.TokenInfo) -> bool:
    prefix = re.match(r"\w*", one.string)
    return one.type == token.STRING and bool(prefix) and not set(prefix[0].lower()) & {"r", "b"}


def plain_in_template(source: str) -> Iterator[int]:
    """The same in the text of a template and in the strings of its tags."""
    for tag in TEMPLATE_TAG.finditer(source):
        if tag[0].startswith(("{%", "{{")) and not tag[0].startswith("{% comment"):
            for quoted in QUOTED.finditer(tag[0]):
                at = tag.start() + quoted.start()
                yield from (at + found.start() for found in PLAIN.finditer(quoted[0]))
    text = source
    for hidden in (TEMPLATE_TAG, MARKUP):
        text = hidden.sub(lambda match: HIDDEN * len(match[0]), text)
    yield from (found.start() for found in PLAIN.finditer(text))


def plain_in_toml(source: str) -> Iterator[int]:
    """The same in the strings of a programme file."""
    for found in TOML_STRING.finditer(source):
        if not found[0].startswith("#"):
            yield from (found.start() + plain.start() for plain in PLAIN.finditer(found[0]))


READERS = {
    ".py": plain_in_python,
    ".html": plain_in_template,
    ".txt": plain_in_template,
    ".toml": plain_in_toml,
}


def sources() -> list[Path]:
    """Everything of the product that holds sentences."""
    folders = ["templates", "docs/examples", "config", *tree.product_apps()]
    return sorted(
        path
        for folder in folders
        for path in (tree.ROOT / folder).rglob("*")
        if path.suffix in READERS and path.is_file()
    )


def plain_spaces(path: Path) -> list[str]:
    source = path.read_text(encoding="utf-8")
    return [
        f"{path.relative_to(tree.ROOT)}:{source.count(chr(10), 0, at) + 1}: "
        f"{source[max(0, at - 20) : at + 10]!r}"
        for at in sorted(READERS[path.suffix](source))
    ]


def test_french_punctuation_keeps_its_word() -> None:
    read = sources()

    assert {path.suffix for path in read} == set(READERS)
    assert [told for path in read for told in plain_spaces(path)] == []


@pytest.mark.parametrize(
    ("suffix", "source", "count"),
    [
        (".py", 'x = _("Voir : « oui » ? Non ; si !")\n', 6),
        (".py", '"""A docstring : here."""\nx = f"{a} : {b}"\n', 1),
        (".py", 'x = r" ?a" if a != b else {"a" : 1}[c] ; y = b" ;"  # why : so\n', 0),
        (".html", "<p class='a ; b'>Ici : {{ x }} ; « {{ y }} »</p>{# ici : #}", 4),
        (
            ".html",
            '{% words _("Un doute ?") as x %}{% if a %}{{ b|default:"Ici :" }}{% endif %}',
            2,
        ),
        (".html", "<style>a : b ; c</style><script src='x'></script>", 0),
        (".txt", "Rappel : {{ x }}", 1),
        (".toml", 'a = "Ici : là"\nb = """\nEt « là » ?"""  # ici : là\n', 4),
        (".py", 'x = _("Voir\u00a0: «\u00a0oui\u00a0»\u202f? Non\u202f; si\u202f!")\n', 0),
    ],
)
def test_a_plain_space_would_be_seen(suffix: str, source: str, count: int) -> None:
    assert len(list(READERS[suffix](source))) == count
