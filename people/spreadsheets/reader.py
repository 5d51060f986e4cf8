"""Tell what a file is by its content, not by its name, and read it or say why not."""

from __future__ import annotations

import io
import zipfile

from django.utils.translation import gettext as _

from people.spreadsheets.csv_files import read_csv
from people.spreadsheets.table import Limits, Table, UnreadableFile
from people.spreadsheets.xlsx_files import read_xlsx

DEFAULT_LIMITS = Limits()

_ZIP = b"PK\x03\x04"


def read_table(content: bytes, filename: str = "", *, limits: Limits = DEFAULT_LIMITS) -> Table:
    """Read a CSV or XLSX file; raise `UnreadableFile`, and nothing else, if it is neither."""
    if len(content) > limits.bytes:
        raise UnreadableFile(
            _("Le fichier fait %(size)s Mo ; la limite est de %(limit)s Mo.")
            % {"size": _megabytes(len(content)), "limit": _megabytes(limits.bytes)}
        )
    if not content.strip():
        raise UnreadableFile(_("Le fichier est vide."))
    if content.startswith(_ZIP):
        _require_workbook(content, limits)
        return read_xlsx(content, limits=limits)
    _refuse_other_kinds(content, filename)
    return read_csv(content, limits=limits)


def _megabytes(size: int) -> str:
    return f"{size / 1_000_000:.1f}".replace(".", ",").removesuffix(",0")


def _refuse_other_kinds(content: bytes, filename: str) -> None:
    start = content[:1024].lstrip().lower()
    advice = _("Enregistrez la liste au format XLSX ou CSV.")
    kinds = {
        b"%pdf": _("C'est un PDF, pas un tableau."),
        b"\xd0\xcf\x11\xe0": _(
            "C'est un fichier Excel ancien (.xls) ou protégé par un mot de passe."
        ),
        b"{\\rtf": _("C'est un document de traitement de texte, pas un tableau."),
        b"\x89png": _("C'est une image, pas un tableau."),
        b"\xff\xd8\xff": _("C'est une image, pas un tableau."),
        b"gif8": _("C'est une image, pas un tableau."),
        b"\x1f\x8b": _("C'est une archive, pas un tableau."),
        b"7z\xbc\xaf": _("C'est une archive, pas un tableau."),
        b"rar!": _("C'est une archive, pas un tableau."),
        b"<!doctype": _("C'est une page web, pas un tableau."),
        b"<html": _("C'est une page web, pas un tableau."),
        b"<?xml": _("C'est un fichier XML, pas un tableau."),
        b"begin:vc": _("C'est un carnet d'adresses ou un agenda, pas un tableau."),
    }
    for magic, sentence in kinds.items():
        if start.startswith(magic):
            raise UnreadableFile(f"{sentence} {advice}")
    if filename.lower().endswith((".xlsx", ".xlsm")):
        raise UnreadableFile(
            _("Le nom annonce un classeur Excel, mais le contenu n'en est pas un.") + f" {advice}"
        )


def _require_workbook(content: bytes, limits: Limits) -> None:
    """Refuse archives that are no workbook, and those that would swell when opened."""
    advice = _("Enregistrez la liste au format XLSX ou CSV.")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = archive.infolist()
            names = {entry.filename for entry in entries}
            kind = archive.read("mimetype")[:80] if _is_small(archive, "mimetype") else b""
    except Exception as error:
        raise UnreadableFile(_("Le fichier est abîmé ou incomplet.") + f" {advice}") from error
    if b"opendocument.spreadsheet" in kind:
        raise UnreadableFile(_("C'est un fichier OpenDocument (.ods).") + f" {advice}")
    if b"opendocument" in kind or any(name.startswith(("word/", "ppt/")) for name in names):
        raise UnreadableFile(_("C'est un document, pas un tableau.") + f" {advice}")
    if "xl/workbook.bin" in names:
        raise UnreadableFile(_("C'est un classeur binaire (.xlsb).") + f" {advice}")
    if "[Content_Types].xml" not in names or not any(n.startswith("xl/") for n in names):
        raise UnreadableFile(_("C'est une archive, pas un tableau.") + f" {advice}")
    # No reader gives more than the declared size, so the sum bounds what opening can cost.
    size = sum(entry.file_size for entry in entries)
    if size > limits.unzipped_bytes or len(entries) > 5_000:
        raise UnreadableFile(
            _("Une fois ouvert, le classeur ferait %(size)s Mo ; la limite est de %(limit)s Mo.")
            % {"size": _megabytes(size), "limit": _megabytes(limits.unzipped_bytes)}
        )


def _is_small(archive: zipfile.ZipFile, name: str) -> bool:
    return name in archive.namelist() and archive.getinfo(name).file_size < 1_000
