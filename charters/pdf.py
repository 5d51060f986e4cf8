"""A convention as PDF files for people and for archives: tagged PDF/A-3a that also says PDF/UA.

Never inside a transaction: it takes a good part of a second.
"""

from __future__ import annotations

import io
import json
import logging
from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import override

from charters.drafting import language_around
from charters.evidence import proof_as_data
from charters.models import Convention
from charters.presentation import proof_lines, signature_blocks
from notifications.links import absolute
from people.colours import legible
from people.models import Organisation

if TYPE_CHECKING:
    from weasyprint.urls import URLFetcherResponse

logger = logging.getLogger(__name__)

_TYPES = {".css": "text/css", ".woff2": "font/ttf", ".svg": "image/svg+xml", ".png": "image/png"}
VARIANT = "pdf/a-3a"
# WeasyPrint writes one identifier; this adds the other, and the schema that PDF/A asks it to name.
_UA_IDENTIFIER = b"""<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">\
<pdfuaid:part>1</pdfuaid:part></rdf:Description>
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/" \
xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" \
xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#"><pdfaExtension:schemas><rdf:Bag>\
<rdf:li rdf:parseType="Resource"><pdfaSchema:schema>PDF/UA identification</pdfaSchema:schema>\
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>\
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix><pdfaSchema:property><rdf:Seq>\
<rdf:li rdf:parseType="Resource"><pdfaProperty:name>part</pdfaProperty:name>\
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>\
<pdfaProperty:category>internal</pdfaProperty:category>\
<pdfaProperty:description>Part of ISO 14289</pdfaProperty:description></rdf:li>\
</rdf:Seq></pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>
</rdf:RDF>"""


class PdfUnavailable(Exception):
    """This machine lacks what WeasyPrint needs (Pango)."""


@dataclass(frozen=True)
class Attached:
    """A file inside the PDF; `relation` in the words of PDF/A-3: Source, Data, Supplement."""

    name: str
    content: bytes
    description: str
    relation: str


def render_text(convention: Convention) -> bytes:
    """The frozen text and the charter, with room to sign by hand: what everybody signs."""
    return write(_html(convention, "pdf/text.html"), colour=_colour(convention))


def render_complete(convention: Convention, text: bytes, scan: Attached | None = None) -> bytes:
    """The text, the signatures and the proof page, with the signed file itself attached."""
    html = _html(
        convention,
        "pdf/complete.html",
        blocks=signature_blocks(convention),
        proof=proof_lines(convention),
        head=convention.proof_head,
    )
    proof = json.dumps(proof_as_data(convention), ensure_ascii=False, indent=1).encode()
    attached = [
        Attached("convention.pdf", text, "Le texte signé", "Source"),
        Attached("preuve.json", proof, "Le fichier de preuve", "Data"),
        *([scan] if scan else []),
    ]
    return write(html, colour=_colour(convention), attached=attached)


def write(
    html: str, *, colour: str, attached: Sequence[Attached] = (), variant: str | None = VARIANT
) -> bytes:
    """HTML on A4 pages; raise PdfUnavailable on a machine that lacks Pango."""
    try:
        from weasyprint import CSS, HTML, Attachment
    except OSError as error:  # a shared library is missing
        raise PdfUnavailable(str(error)) from error
    fetcher = _fetcher()
    attachments = [
        Attachment(
            string=one.content,
            name=one.name,
            description=one.description,
            relationship=one.relation,
            url_fetcher=fetcher,
        )
        for one in attached
    ]
    colours = f":root {{ --accent: {colour}; --ink: {legible(colour)} }}"
    accent = CSS(string=colours, url_fetcher=fetcher)
    document = HTML(string=html, url_fetcher=fetcher)
    return bytes(
        document.write_pdf(
            stylesheets=[accent],
            attachments=attachments,
            pdf_variant=variant,
            finisher=_say_accessible if variant else None,
        )
    )


def _html(convention: Convention, template: str, **more: Any) -> str:
    charter = convention.document["charter"]
    context = {
        "convention": convention,
        "document": convention.document,
        "organisation": convention.pair.cohort.programme.organisation,
        "logo": _logo_of(convention.pair.cohort.programme.organisation),
        "vocabulary": convention.pair.cohort.vocabulary,
        "site": settings.SITE_URL.partition("//")[2],
        "verify_url": absolute(reverse("charters:verify")),
    }
    with override(language_around(charter["language"] if charter else "fr")):
        return render_to_string(template, context | more)


def _logo_of(organisation: Organisation) -> str:
    """The logo as a `data:` address, the one kind that is opened; none if the file has gone."""
    if not organisation.logo:
        return ""
    try:
        with organisation.logo.open("rb") as opened:
            content = opened.read()
    except OSError as error:
        logger.warning("The logo of %s cannot be read: %s", organisation, error)
        return ""
    kind = "png" if content.startswith(b"\x89PNG") else "jpeg"
    return f"data:image/{kind};base64,{b64encode(content).decode()}"


def _colour(convention: Convention) -> str:
    return convention.pair.cohort.programme.organisation.colour


def _say_accessible(document: Any, pdf: Any) -> None:
    """Write the PDF/UA identifier beside that of PDF/A, in the metadata; name each file once."""
    metadata = pdf.objects[int(pdf.catalog["Metadata"].split()[0])]
    metadata.stream[0] = metadata.stream[0].replace(b"</rdf:RDF>", _UA_IDENTIFIER)
    if "AF" in pdf.catalog:
        pdf.catalog["AF"][:] = dict.fromkeys(pdf.catalog["AF"])


def _fetcher() -> Any:
    """Reads `data:` and our own static files, written `static:css/pdf.css`; nothing else."""
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    class OwnFilesOnly(URLFetcher):
        def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
            if not url.startswith("static:"):
                return super().fetch(url, headers)
            path = url.removeprefix("static:")
            found = finders.find(path)
            kind = _TYPES.get(PurePosixPath(path).suffix)
            if not isinstance(found, str) or kind is None:
                raise ValueError(f"not a static file of ours: {path}")
            content = _unpacked(found) if kind == "font/ttf" else Path(found).read_bytes()
            return URLFetcherResponse(url, content, {"Content-Type": kind})

    return OwnFilesOnly(allowed_protocols=["data"], allow_redirects=False)


@cache
def _unpacked(typeface: str) -> bytes:
    """A typeface as WeasyPrint lays it out; it would unpack all of them again for each document."""
    from fontTools.ttLib import woff2

    unpacked = io.BytesIO()
    woff2.decompress(typeface, unpacked)
    return unpacked.getvalue()
