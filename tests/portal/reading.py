"""What a person reads on a page."""

import re
from html import unescape

_TAG = re.compile(r"<[^>]*>")
_SPACES = re.compile(r"[ \t\r\n]+")  # the unbreakable ones stay


def text_of(response) -> str:
    """The words of a page without its markup, one space between them."""
    return _SPACES.sub(" ", unescape(_TAG.sub(" ", response.content.decode()))).strip()
