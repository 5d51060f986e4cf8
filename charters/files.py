"""The signed file of a convention: made once, kept out of reach, given after the check of who asks."""

from __future__ import annotations

import logging
from io import BytesIO
from typing import IO

from django.contrib import messages
from django.core.files.base import ContentFile, File
from django.http import FileResponse, HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils.text import slugify
from django.utils.translation import gettext as _

from charters.enums import ConventionState
from charters.models import Convention
from charters.pdf import PdfUnavailable, render_pdf

logger = logging.getLogger(__name__)


def keep_file(convention: Convention) -> None:
    """Make and keep the file of a convention that all have signed; once.

    Where this machine cannot make PDF files, the signatures stand and the log says what lacks.
    """
    convention = Convention.objects.get(pk=convention.pk)
    if convention.state != ConventionState.SIGNED or convention.file:
        return
    try:
        content = render_pdf(convention)
    except PdfUnavailable as error:
        logger.error("The PDF of convention %s cannot be made: %s", convention.pk, error)
        return
    storage = convention.file.storage
    name = storage.save(
        f"conventions/{convention.pk}-{convention.digest[:12]}.pdf", ContentFile(content)
    )
    is_first = Convention.objects.filter(pk=convention.pk, file="").update(file=name)
    if not is_first:
        storage.delete(name)


def serve_file(request: HttpRequest, convention: Convention, *, back: str) -> HttpResponseBase:
    """The kept file, or what the convention looks like by now; `back` where it cannot be made."""
    keep_file(convention)
    convention.refresh_from_db(fields=["file"])
    if convention.file:
        return _attached(convention.file.open("rb"), convention)
    try:
        return _attached(BytesIO(render_pdf(convention)), convention)
    except PdfUnavailable:
        messages.error(
            request,
            _("Ce serveur ne peut pas fabriquer de PDF : il y manque la bibliothèque Pango."),
        )
        return redirect(back)


def _attached(content: IO[bytes] | File[bytes], convention: Convention) -> FileResponse:
    pair = convention.pair
    name = slugify(f"{convention.document['title']} {pair.mentor.person} {pair.mentee.person}")
    return FileResponse(
        content, as_attachment=True, filename=f"{name}.pdf", content_type="application/pdf"
    )
