"""The two files of a convention: each made once, kept out of reach, given after the check of who asks.

The database is the truth: a file that could not be made is made by the next sweep.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from hashlib import sha256
from pathlib import PurePosixPath
from typing import Literal

from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models.fields.files import FieldFile

from charters.enums import ProofKind
from charters.models import Convention
from charters.pdf import Attached, PdfUnavailable, render_complete, render_text
from charters.sealing import seal
from charters.services.proving import check_chain, record_proof

logger = logging.getLogger(__name__)

Which = Literal["text", "complete"]
_COLUMNS = {"text": ("text_file", "text_sha256"), "complete": ("file", "file_sha256")}


class AlteredFile(Exception):
    """A kept file is no longer the one whose digest was taken."""


def is_in_the_making(convention: Convention) -> bool:
    """Whether one of the two files has fallen due and is not there yet."""
    if convention.signed_at is not None:
        return not convention.file_sha256
    return convention.is_awaited and not convention.text_sha256


def make_missing(convention: Convention) -> None:
    """Make whichever of the two files has fallen due and is not there yet."""
    if convention.is_awaited:
        keep_text(convention)
    keep_file(convention)


def try_to_make_missing(convention: Convention) -> None:
    """The same; whatever stands in the way goes to the log, and the next sweep tries again."""
    try:
        make_missing(convention)
    except Exception:
        logger.exception("The files of convention %s cannot be made", convention.pk)


def keep_text(convention: Convention) -> None:
    """Make and keep the text that everybody signs; once, and never inside a transaction.

    Where this machine cannot make PDF files the log says what lacks, and nobody can sign.
    """
    if convention.text_sha256:
        return
    try:
        content = render_text(convention)
    except PdfUnavailable as error:
        logger.error("The text of convention %s cannot be made: %s", convention.pk, error)
        return
    store_text(convention, content)


def store_text(convention: Convention, content: bytes) -> None:
    """Keep these bytes as the text to sign, unless there is one already."""
    _store(convention, content, which="text", kind=ProofKind.RENDERED)


def read_text(convention: Convention) -> bytes:
    """The text to sign; raise AlteredFile if it is not the one whose digest everybody signs."""
    return _read(convention, "text")


def intact_text(convention: Convention) -> bytes | None:
    """The text to sign; None if it is not made yet, or no longer the one whose digest was taken."""
    if not convention.text_sha256:
        return None
    try:
        return read_text(convention)
    except (AlteredFile, OSError):
        return None


def shown_document(convention: Convention) -> bytes | None:
    """What people are shown: the complete document once it is there, the text to sign before."""
    if not convention.file_sha256:
        return intact_text(convention)
    try:
        return read_file(convention)
    except (AlteredFile, OSError):
        return None


def keep_file(convention: Convention) -> None:
    """Make and keep the complete document of a convention that all have signed; once.

    What the proof does not tell is never sealed: the log says what is wrong, and nothing is made.
    """
    if convention.signed_at is None or convention.file_sha256:
        return
    faults = check_chain(convention)
    if faults:
        told = "; ".join(faults)
        logger.error("The file of convention %s is not sealed: %s", convention.pk, told)
        return
    try:
        content = render_complete(convention, read_text(convention), _scan_of(convention))
    except PdfUnavailable as error:
        logger.error("The file of convention %s cannot be made: %s", convention.pk, error)
        return
    organisation = convention.pair.cohort.programme.organisation
    sealed = seal(content, organisation=organisation.slug)
    store_file(convention, sealed)


def store_file(convention: Convention, content: bytes) -> None:
    """Keep these bytes as the complete document, unless there is one already."""
    _store(convention, content, which="complete", kind=ProofKind.SEALED)


def read_file(convention: Convention) -> bytes:
    """The complete document; raise AlteredFile if it is not the one that was sealed."""
    return _read(convention, "complete")


def _scan_of(convention: Convention) -> Attached | None:
    """The copy signed by hand, to be attached; raise AlteredFile if it is not the one that was put."""
    if not convention.scan:
        return None
    content = _content_of(convention.scan)
    if not convention.proof.filter(facts__scan=sha256(content).hexdigest()).exists():
        raise AlteredFile(f"convention {convention.pk}: scan")
    name = f"exemplaire-papier{PurePosixPath(convention.scan.name or '').suffix}"
    return Attached(name, content, "L'exemplaire signé à la main", "Supplement")


def _store(convention: Convention, content: bytes, *, which: Which, kind: ProofKind) -> None:
    file, column = _COLUMNS[which]
    digest = sha256(content).hexdigest()
    storage = getattr(convention, file).storage
    name = storage.save(f"conventions/{convention.pk}-{digest[:12]}.pdf", ContentFile(content))
    with transaction.atomic():
        is_first = Convention.objects.filter(pk=convention.pk, **{column: ""}).update(
            **{file: name, column: digest}
        )
        if is_first:
            record_proof(convention, kind, document=digest)
    if not is_first:
        storage.delete(name)
    convention.refresh_from_db(fields=[file, column])


def _read(convention: Convention, which: Which) -> bytes:
    file, column = _COLUMNS[which]
    content = _content_of(getattr(convention, file))
    if sha256(content).hexdigest() != getattr(convention, column):
        raise AlteredFile(f"convention {convention.pk}: {file}")
    return content


def pieces_of(kept: FieldFile) -> Iterator[bytes]:
    """What a kept file holds; raise OSError if it cannot be had, whatever the storage says of it.

    A bucket that lacks a file, or is out of reach, tells so by errors of its own libraries.
    """
    try:
        with kept.open("rb") as opened:
            yield from opened.chunks()
    except OSError:
        raise
    except Exception as error:
        raise OSError(f"{kept.name}: {error}") from error


def _content_of(kept: FieldFile) -> bytes:
    return b"".join(pieces_of(kept))
