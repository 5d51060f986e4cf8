"""A charter's Markdown as safe HTML: no HTML in the source, and a short list of tags in the result."""

from __future__ import annotations

import re

import nh3
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt

_MARKDOWN = MarkdownIt("commonmark", {"html": False}).disable("image")
_BEFORE_BREAK = re.compile(r"(?<=\S) (?=[;:!?»])|(?<=«) ")
_TAGS = {"p", "br", "strong", "em", "ul", "ol", "li", "h3", "h4", "blockquote", "a"}


def to_html(text: str) -> SafeString:
    """Paragraphs, lists, emphasis, links."""
    return _clean(_MARKDOWN.render(text))


def to_inline_html(text: str) -> SafeString:
    """One line of text with its emphasis and links."""
    return _clean(_MARKDOWN.renderInline(text))


def _clean(html: str) -> SafeString:
    """Safe, and with the spaces that French does not break at."""
    unbroken = _BEFORE_BREAK.sub("\u00a0", html)
    cleaned = nh3.clean(
        unbroken, tags=_TAGS, attributes={"a": {"href"}}, url_schemes={"https", "http", "mailto"}
    )
    return mark_safe(cleaned)  # nh3 left nothing but these tags
