"""The seal of a complete document: a PAdES B-B signature over every byte, of the installation or the association.

It shows that nothing has changed since; who signed is shown by the proof file inside.
"""

from __future__ import annotations

from functools import cache
from io import BytesIO
from pathlib import Path

from django.conf import settings
from django.utils import timezone
from pyhanko.keys import load_certs_from_pemder
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import fields, signers
from pyhanko.sign.timestamps.requests_client import HTTPTimeStamper

from charters import authority
from charters.keys import seal_folder
from charters.waiting import result_of

FIELD = "Sceau"


class SealUnavailable(Exception):
    """The seal's key cannot be read, or its certificate has expired."""


def seal(content: bytes, *, organisation: str = "") -> bytes:
    """The PDF with the seal of the association of that slug, or ours; nothing may be added afterwards."""
    folder = seal_folder(organisation)
    end = authority.valid_until(folder)
    if end < timezone.now():
        raise SealUnavailable(f"{folder / authority.SEAL} has expired on {end:%Y-%m-%d}")
    signer = _signer(folder, (folder / authority.SEAL).stat().st_mtime_ns)
    stamper = HTTPTimeStamper(settings.TIMESTAMP_URL) if settings.TIMESTAMP_URL else None
    metadata = signers.PdfSignatureMetadata(
        field_name=FIELD,
        md_algorithm="sha256",
        subfilter=fields.SigSeedSubFilter.PADES,
        certify=True,
        docmdp_permissions=fields.MDPPerm.NO_CHANGES,
        reason="Sceau d'intégrité",
        name=signer.subject_name,
    )
    sealer = signers.PdfSigner(metadata, signer=signer, timestamper=stamper)
    writer = _MetadataKept(BytesIO(content))
    return bytes(result_of(sealer.async_sign_pdf(writer)).getvalue())


class _MetadataKept(IncrementalPdfFileWriter):
    """Writes the seal and nothing else: pyHanko's own metadata would not be in the form of PDF/A."""

    def _update_meta(self) -> None:
        pass


@cache
def _signer(folder: Path, _written_ns: int) -> signers.SimpleSigner:
    """The loaded key, kept as long as the certificate's file is the same."""
    passphrase = settings.SEAL_KEY_PASSPHRASE
    signer = signers.SimpleSigner.load(
        str(folder / authority.SEAL_KEY),
        str(folder / authority.SEAL),
        other_certs=list(load_certs_from_pemder([str(folder / authority.AUTHORITY)])),
        key_passphrase=passphrase.encode() if passphrase else None,
    )
    if signer is None:
        raise SealUnavailable(f"{folder / authority.SEAL_KEY} cannot be read")
    return signer
