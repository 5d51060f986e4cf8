"""The pages of a PDF as pictures: the very document, shown by any device without a reader."""

from __future__ import annotations

from io import BytesIO
from threading import Lock

import pypdfium2

# 595 points wide become 952 pixels: sharp on a phone, and small to send.
SCALE = 1.6
COLOURS = 64

# The library may be used by one thread at a time.
_one_at_a_time = Lock()


def count_pages(content: bytes) -> int:
    with _one_at_a_time, pypdfium2.PdfDocument(content) as document:
        return len(document)


def picture_of(content: bytes, number: int) -> bytes:
    """Page `number`, from 1, as a PNG."""
    with _one_at_a_time, pypdfium2.PdfDocument(content) as document:
        bitmap = document[number - 1].render(scale=SCALE)
        picture = bitmap.to_pil().convert("P", palette=1, colors=COLOURS)
    written = BytesIO()
    picture.save(written, "PNG", optimize=True)
    return written.getvalue()
