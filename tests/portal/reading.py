"""What a person reads on a page."""

import re
from html import unescape

_TAG = re.compile(r"<[^>]*>")


def text_of(response) -> str:
    """The words of a page without its markup, one space between them."""
    return " ".join(unescape(_TAG.sub(" ", response.content.decode())).split())
