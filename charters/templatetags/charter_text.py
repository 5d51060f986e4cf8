"""`{% load charter_text %}`: the Markdown of charters, and who speaks in a section."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from charters.markdown import to_html, to_inline_html
from programmes.vocabulary import DEFAULT, Vocabulary
from programmes.words import fill

register = template.Library()


@register.filter
def markdown(text: str) -> SafeString:
    return to_html(text)


@register.filter
def markdown_inline(text: str) -> SafeString:
    return to_inline_html(text)


@register.filter
def section_title(section: Mapping[str, Any], vocabulary: Vocabulary | None) -> str:
    """The section's own title, or whose voice it is."""
    voices = {
        "all": _("Tout le monde"),
        "mentor": _("{Le mentor}"),
        "mentee": _("{Le mentoré}"),
        "pair": _("{Le binôme}"),
        "organisation": _("L'association"),
    }
    return str(section["title"]) or fill(voices[section["voice"]], vocabulary or DEFAULT)


@register.filter
def as_date(iso: str) -> date:
    """A date that a frozen text keeps in ISO form."""
    return date.fromisoformat(iso)
