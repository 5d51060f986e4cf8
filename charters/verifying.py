"""Is this file a document that we sealed, whole and unchanged?

Other readers accept less: some say « valid » of a file to which pages were added after the seal.
Here the seal must be ours, be alone, cover every byte, and be written exactly as it was.
"""

from __future__ import annotations

from binascii import hexlify
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from functools import cache
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import Any

from asn1crypto.cms import ContentInfo
from asn1crypto.x509 import Certificate
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from pyhanko.keys import load_certs_from_pemder
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import EmbeddedPdfSignature, async_validate_pdf_signature
from pyhanko.sign.validation.status import PdfSignatureStatus, SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext

from charters import authority
from charters.models import Convention
from charters.waiting import result_of


class Outcome(StrEnum):
    VALID = "valid"
    ALTERED = "altered"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Finding:
    """What a file turned out to be, and why; the convention, if it is one of ours."""

    outcome: Outcome
    reasons: tuple[str, ...]
    convention: Convention | None = None
    sealed_at: datetime | None = None
    digest: str = field(default="")


def examine(content: bytes) -> Finding:
    """Judge a file that somebody holds; never raises, whatever it is."""
    digest = sha256(content).hexdigest()
    try:
        reader = PdfFileReader(BytesIO(content))
        seals = list(reader.embedded_signatures)
        claimed = _claimed(reader)
    except Exception:  # whatever a broken or hostile file makes the reader raise
        reason = _("Ce fichier n'est pas un PDF lisible ; il a pu être tronqué ou abîmé.")
        return Finding(Outcome.UNKNOWN, (reason,), digest=digest)
    if not seals:
        return _without_seal(digest, claimed)
    try:
        faults, sealed_at = _faults(seals, content)
    except Exception:  # the same
        faults, sealed_at = [_("Le sceau est illisible.")], None
    if not faults:
        return _sealed_by_us(digest, sealed_at)
    is_ours = claimed is not None or any(_is_ours(seal) for seal in seals)
    outcome = Outcome.ALTERED if is_ours else Outcome.UNKNOWN
    return Finding(outcome, tuple(faults), claimed, digest=digest)


def convention_named_in(content: bytes) -> Convention | None:
    """The convention whose code a file bears, whatever became of the file; a scan bears none."""
    try:
        return _claimed(PdfFileReader(BytesIO(content)))
    except Exception:  # whatever a broken or hostile file makes the reader raise
        return None


def _sealed_by_us(digest: str, sealed_at: datetime | None) -> Finding:
    reasons = [_("Le sceau est le nôtre, il couvre tout le fichier et rien n'a changé depuis.")]
    convention = Convention.objects.filter(file_sha256=digest).first()
    if convention is None:
        reasons.append(_("Ce document n'est pas, ou n'est plus, dans nos registres."))
    return Finding(Outcome.VALID, tuple(reasons), convention, sealed_at, digest)


def _without_seal(digest: str, claimed: Convention | None) -> Finding:
    text = Convention.objects.filter(text_sha256=digest).first()
    if text is not None:
        reason = _(
            "C'est exactement un texte à signer de nos registres, mais sans signatures ni sceau."
        )
        return Finding(Outcome.UNKNOWN, (reason,), text, digest=digest)
    if claimed is not None:
        reason = _(
            "Ce fichier porte le code d'un document de nos registres, mais il n'a plus son sceau."
        )
        return Finding(Outcome.ALTERED, (reason,), claimed, digest=digest)
    return Finding(Outcome.UNKNOWN, (_("Ce fichier ne porte aucun sceau."),), digest=digest)


def _faults(seals: list[EmbeddedPdfSignature], content: bytes) -> tuple[list[str], datetime | None]:
    """Everything that stands against the seal of a file, and when it was put."""
    seal, *others = seals
    sealed_at = seal.self_reported_timestamp
    faults = []
    if others:
        faults.append(_("Le fichier porte plusieurs sceaux ou signatures."))
    if not _is_ours(seal):
        faults.append(_("Le sceau n'est pas le nôtre."))
    status = result_of(_judged(seal, sealed_at))
    if status.coverage != SignatureCoverageLevel.ENTIRE_FILE:
        faults.append(_("Quelque chose a été ajouté après le sceau."))
    if not status.intact or not status.valid:
        faults.append(_("Le contenu a changé depuis le sceau."))
    elif not status.trusted or not status.bottom_line:
        faults.append(_("Le sceau ne vient pas d'une autorité reconnue ici."))
    if not _is_written_as_it_was(seal, content):
        faults.append(_("L'écriture du sceau a été retouchée."))
    return faults, sealed_at


async def _judged(seal: EmbeddedPdfSignature, at: datetime | None) -> PdfSignatureStatus:
    context = ValidationContext(
        trust_roots=list(_certificates(_files(authority.AUTHORITY))),
        allow_fetching=False,
        moment=at or timezone.now(),
    )
    return await async_validate_pdf_signature(seal, context)


def _is_written_as_it_was(seal: EmbeddedPdfSignature, content: bytes) -> bool:
    """The one gap in the covered bytes holds the signature, in capitals, and zeros."""
    ranges = [int(number) for number in seal.byte_range]
    if len(ranges) != 4 or ranges[0] != 0 or ranges[2] + ranges[3] != len(content):
        return False
    gap = content[ranges[1] : ranges[2]]
    written = hexlify(ContentInfo.load(seal.pkcs7_content).dump()).upper()
    return gap[:1] + gap[-1:] == b"<>" and gap[1:-1] == written.ljust(len(gap) - 2, b"0")


def _is_ours(seal: EmbeddedPdfSignature) -> bool:
    ours = _certificates(_files(authority.SEAL))
    return seal.signer_cert.sha256 in {one.sha256 for one in ours}


def _claimed(reader: Any) -> Convention | None:
    """The convention whose code the file bears in its properties."""
    trailer = reader.trailer_view
    code = str(trailer["/Info"].get("/Keywords", "")) if "/Info" in trailer else ""
    return Convention.objects.filter(code=code).first() if code else None


def _files(name: str) -> tuple[tuple[str, int], ...]:
    """Certificates of that name, of ours and of associations, past and present; when each was written."""
    folder = Path(settings.KEYS_DIR)
    paths = sorted(folder.rglob(name))
    if name == authority.AUTHORITY:
        paths += sorted(folder.glob(f"{authority.TRUSTED}/*.pem"))
    return tuple((str(path), path.stat().st_mtime_ns) for path in paths if path.exists())


@cache
def _certificates(files: tuple[tuple[str, int], ...]) -> tuple[Certificate, ...]:
    return tuple(load_certs_from_pemder([path for path, _ns in files]))
