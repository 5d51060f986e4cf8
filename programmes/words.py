"""The phrase language where there is an active language: views, forms, mails."""

from __future__ import annotations

from django.utils.translation import get_language, gettext

from programmes import phrases
from programmes.vocabulary import DEFAULT, Problem, Vocabulary


def fill(text: object, vocabulary: Vocabulary = DEFAULT, *, to: str | None = None) -> str:
    """`phrases.fill` in the active language; `text` may be lazy.

    Values come last: `fill(_("{Le mentor} : %(name)s"), vocabulary) % {"name": name}`.
    """
    language = "en" if (get_language() or "fr").startswith("en") else "fr"
    return phrases.fill(str(text), vocabulary, to=to, language=language)


def sentence(problem: Problem) -> str:
    """The reason of a problem in the active language."""
    return gettext(problem.message) % problem.values
