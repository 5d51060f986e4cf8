"""Text tables: their encoding and their separator are found, never asked for."""

from __future__ import annotations

import codecs
import csv
import io
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator

from django.utils.translation import gettext as _

from people.spreadsheets.table import Limits, Table, UnreadableFile, tabulate

_SEPARATORS = {";": "« ; »", ",": "« , »", "\t": "tabulation", "|": "« | »"}
_SEP_LINE = re.compile(r'\s*"?sep=([;,\t|])"?\s*')

# What UTF-8 looks like when it is read as Windows-1252: « é », « è », « à », « ’ ».
_MOJIBAKE = re.compile("Ã[©¨\xa0ª§´®]|â€™")


def read_csv(content: bytes, *, limits: Limits) -> Table:
    text, encoding = _decode(content)
    separator, skipped = _separator(text)
    return tabulate(
        _lines(text, separator, skipped),
        source=_("texte %(encoding)s, séparateur %(separator)s")
        % {"encoding": encoding, "separator": _SEPARATORS[separator]},
        limits=limits,
        separator=separator,
    )


def _decode(content: bytes) -> tuple[str, str]:
    for mark, codec, name in (
        (codecs.BOM_UTF8, "utf-8-sig", "UTF-8"),
        (codecs.BOM_UTF16_LE, "utf-16", "UTF-16"),
        (codecs.BOM_UTF16_BE, "utf-16", "UTF-16"),
    ):
        if content.startswith(mark):
            return _decode_as(content, codec), name
    if content[:2000].count(0) * 5 > len(content[:2000]):
        nul_first = content[:2000:2].count(0) > content[1:2000:2].count(0)
        text = _decode_as(content, "utf-16-be" if nul_first else "utf-16-le")
        if not _looks_typed(text):
            raise UnreadableFile(_not_text())
        return text, "UTF-16"
    try:
        text, encoding = content.decode("utf-8"), "UTF-8"
    except UnicodeDecodeError:
        text, encoding = _decode_as(content, "cp1252"), "Windows-1252"
    if not _looks_typed(text):
        raise UnreadableFile(_not_text())
    mixed = _MOJIBAKE.search(text) if encoding == "Windows-1252" else None
    if mixed:
        raise UnreadableFile(
            _("Le fichier mêle deux encodages. Enregistrez-le au format « CSV UTF-8 »."),
            text.count("\n", 0, mixed.start()) + 1,
        )
    return text, encoding


def _decode_as(content: bytes, codec: str) -> str:
    try:
        return content.decode(codec)
    except UnicodeDecodeError as error:
        raise UnreadableFile(_not_text(), content.count(b"\n", 0, error.start) + 1) from error


def _not_text() -> str:
    return _(
        "Le contenu n'est pas un texte lisible. "
        "Enregistrez la liste au format XLSX ou « CSV UTF-8 »."
    )


def _looks_typed(text: str) -> bool:
    """Whether there are hardly any control characters nor unassigned ones."""
    sample = text[:4000]
    strange = sum(
        unicodedata.category(char) in {"Cc", "Cn", "Co"} and char not in "\t\r\n" for char in sample
    )
    return strange * 50 <= len(sample)


def _separator(text: str) -> tuple[str, int]:
    """The separator and how many lines to skip (Excel may announce it as « sep=; »)."""
    first, _newline, _rest = text.partition("\n")
    announced = _SEP_LINE.fullmatch(first)
    if announced:
        return announced[1], 1
    return max(_SEPARATORS, key=lambda separator: _fit(text, separator)), 0


def _fit(text: str, separator: str) -> tuple[float, int]:
    """How well a separator explains the first lines: share of lines of one width, width."""
    widths: list[int] = []
    try:
        for cells in csv.reader(io.StringIO(text[:200_000], newline=""), delimiter=separator):
            if any(cell.strip() for cell in cells):
                widths.append(len(cells))
            if len(widths) == 50:
                break
    except csv.Error:
        return 0, 0
    if not widths or widths[0] == 1:
        return 0, 0
    return Counter(widths)[widths[0]] / len(widths), widths[0]


def _lines(text: str, separator: str, skipped: int) -> Iterator[tuple[int, list[str]]]:
    """Each record with the number of the line where it begins."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    begins = 1
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            if "field larger" in str(error):
                sentence = _("Une cellule est trop longue, ou un guillemet n'est pas fermé.")
            else:
                sentence = _("Un guillemet est mal placé ou n'est pas fermé dans cette ligne.")
            raise UnreadableFile(sentence, begins) from error
        if begins > skipped:
            yield begins, cells
        begins = reader.line_num + 1
