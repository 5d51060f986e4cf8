"""`{% load charter_text %}`: the Markdown of charters, and who speaks in a section."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from charters.comparing import Change, Part
from charters.markdown import to_html, to_inline_html
from charters.models import Convention
from charters.places import voice_name
from charters.presentation import state_of
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
    return str(section["title"]) or voice_name(section["voice"], vocabulary or DEFAULT)


@register.filter
def state_in_words(convention: Convention) -> str:
    return state_of(convention)


@register.filter
def voice(voice: str, vocabulary: Vocabulary | None) -> str:
    """Whose voice it is."""
    return voice_name(voice, vocabulary or DEFAULT)


@register.filter
def part_title(part: Part, vocabulary: Vocabulary | None) -> str:
    """The same of a part that is compared."""
    words = vocabulary or DEFAULT
    return fill(part.title, words) or voice_name(part.voice, words)


@register.filter
def what_changed(change: Change) -> str:
    """Which text it is, and what became of it."""
    texts = {
        "title": _("Titre"),
        "preamble": _("Préambule"),
        "intro": _("Introduction"),
        "commitment": _("Engagement"),
        "watch": _("Règle qui suit cet engagement"),
    }
    states = {"added": _("ajout"), "removed": _("retrait"), "changed": _("changement")}
    said = texts[change.what]
    if change.language == "en":
        said = _("%(text)s, en anglais") % {"text": said}
    return f"{said} : {states[change.status]}"


@register.filter
def as_date(iso: str) -> date:
    """A date that a frozen text keeps in ISO form."""
    return date.fromisoformat(iso)
