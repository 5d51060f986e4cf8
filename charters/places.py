"""Where in a charter something stands, in words."""

from __future__ import annotations

import re
from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from charters.text import CharterText, Voice
from programmes.policy.coherence import Problem
from programmes.vocabulary import Vocabulary
from programmes.words import fill

VOICES = {
    Voice.ALL: gettext_lazy("Tout le monde"),
    Voice.MENTOR: gettext_lazy("{Le mentor}"),
    Voice.MENTEE: gettext_lazy("{Le mentoré}"),
    Voice.PAIR: gettext_lazy("{Le binôme}"),
    Voice.ORGANISATION: gettext_lazy("{L'association}"),
}
_KEY = re.compile(r"charter(?:\.sections\[(\d+)\](?:\.commitments\[(\d+)\])?)?(?:\.(\S+))?")


def voice_name(voice: str, vocabulary: Vocabulary) -> str:
    return fill(VOICES[Voice(voice)], vocabulary)


def problems_told(
    problems: Iterable[Problem], text: CharterText, vocabulary: Vocabulary
) -> list[str]:
    """« Le mentor, engagement 2 : … »: part, text and (in the reason) line of each problem."""
    return [f"{_place(problem.key, text, vocabulary)} : {problem.reason}" for problem in problems]


def _place(key: str, text: CharterText, vocabulary: Vocabulary) -> str:
    match = _KEY.fullmatch(key)
    if match is None:
        return key
    number, position, field = match.groups()
    words = [fill(_("{La charte}"), vocabulary)]
    if number is not None:
        section = text.sections[int(number) - 1]
        words = [fill(section.title, vocabulary) or voice_name(section.voice, vocabulary)]
    if position is not None:
        words.append(_("engagement %(number)s") % {"number": position})
    names = {"title": _("titre"), "preamble": _("préambule"), "intro": _("introduction")}
    names["watch"] = _("règle qui le suit")
    *english, last = (field or "").split(".")
    if last in names:
        words.append(names[last])
    if english == ["english"] or last == "english":
        words.append(_("en anglais"))
    return ", ".join(words)
