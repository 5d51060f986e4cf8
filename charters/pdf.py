"""A convention as a PDF. Never inside a transaction: it takes a second."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.utils.translation import override

from charters.models import Convention
from charters.presentation import signature_blocks

if TYPE_CHECKING:
    from weasyprint.urls import URLFetcherResponse

_TYPES = {".css": "text/css", ".woff2": "font/woff2", ".svg": "image/svg+xml", ".png": "image/png"}


class PdfUnavailable(Exception):
    """This machine lacks what WeasyPrint needs (Pango)."""


def render_pdf(convention: Convention) -> bytes:
    """The frozen text, the charter and the signatures given by now, on A4 pages."""
    try:
        from weasyprint import CSS, HTML
    except OSError as error:  # a shared library is missing
        raise PdfUnavailable(str(error)) from error
    charter = convention.document["charter"]
    organisation = convention.pair.cohort.programme.organisation
    with override(charter["language"] if charter else "fr"):
        html = render_to_string(
            "pdf/convention.html",
            {
                "convention": convention,
                "document": convention.document,
                "blocks": signature_blocks(convention),
                "vocabulary": convention.pair.cohort.vocabulary,
            },
        )
    accent = CSS(string=f":root {{ --accent: {organisation.colour} }}")
    document = HTML(string=html, url_fetcher=_fetcher())
    return bytes(document.write_pdf(stylesheets=[accent]))


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
            with open(found, "rb") as file:
                return URLFetcherResponse(url, file.read(), {"Content-Type": kind})

    return OwnFilesOnly(allowed_protocols=["data"], allow_redirects=False)
