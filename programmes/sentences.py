"""Verdicts in words: translated, in the programme's vocabulary, with their numbers."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import get_language, gettext, ngettext

from people.dates import date_format
from programmes.policy.durations import Duration, Every
from programmes.policy.terms import Role
from programmes.policy.verdict import Breach, Sentence, Verdict
from programmes.vocabulary import Vocabulary
from programmes.words import fill


class Refused(Exception):
    """The rules refuse an act; `verdict` says everything that stands against it."""

    def __init__(self, verdict: Verdict) -> None:
        self.verdict = verdict
        super().__init__(", ".join(verdict.codes))


def tell(sentence: Sentence, vocabulary: Vocabulary, *, to: str | None = None) -> str:
    """A sentence for people, beginning with a capital; said to a role, or (None) to anyone."""
    text = (
        ngettext(sentence.text, sentence.many, _as_counted(sentence.count))
        if sentence.many
        else gettext(sentence.text)
    )
    facts = {name: _shown(value, vocabulary) for name, value in sentence.facts.items()}
    words = fill(text, vocabulary, to=to) % ({"count": sentence.count} | facts)
    return words[:1].upper() + words[1:]


def tell_all(
    breaches: Iterable[Breach], vocabulary: Vocabulary, *, to: str | None = None
) -> list[str]:
    return [tell_breach(breach, vocabulary, to=to) for breach in breaches]


def tell_breach(breach: Breach, vocabulary: Vocabulary, *, to: str | None = None) -> str:
    """Its sentence; of two people considered together, it says which one."""
    told = tell(breach.sentence, vocabulary, to=to)
    if not breach.among_two:
        return told
    whose = gettext("{Le mentor} : %(told)s")
    if breach.about == Role.MENTEE:
        whose = gettext("{Le mentoré} : %(told)s")
    return fill(whose, vocabulary) % {"told": told[:1].lower() + told[1:]}


def in_words(duration: Duration) -> str:
    """« 6 mois », « 1 an et 6 mois », « 45 jours », « 6 semaines », translated."""
    if duration.in_weeks:
        weeks = duration.days // 7
        return ngettext("%(count)s semaine", "%(count)s semaines", weeks) % {"count": weeks}
    years, months = divmod(duration.months, 12)
    parts = []
    if years:
        parts.append(ngettext("%(count)s an", "%(count)s ans", years) % {"count": years})
    if months:
        parts.append(ngettext("%(count)s mois", "%(count)s mois", months) % {"count": months})
    if duration.days:
        parts.append(
            ngettext("%(count)s jour", "%(count)s jours", duration.days) % {"count": duration.days}
        )
    return gettext(" et ").join(parts)


def every_in_words(duration: Duration) -> str:
    """« tous les 45 jours », « toutes les 6 semaines », « chaque mois », translated."""
    once = {
        Duration(months=12): gettext("chaque année"),
        Duration(months=1): gettext("chaque mois"),
        Duration(days=7): gettext("chaque semaine"),
        Duration(days=1): gettext("chaque jour"),
    }
    every = (
        gettext("toutes les %(length)s") if duration.in_weeks else gettext("tous les %(length)s")
    )
    return once.get(duration) or every % {"length": in_words(duration)}


def _as_counted(count: int) -> int:
    """The source is French and has no catalogue of its own to say that zero is singular there."""
    return 1 if count == 0 and (get_language() or "fr").startswith("fr") else count


def _shown(value: Any, vocabulary: Vocabulary) -> Any:
    """A fact in words; the programme's own labels and texts speak in its words too."""
    if isinstance(value, str):
        return fill(value, vocabulary)
    if isinstance(value, Every):
        return every_in_words(value.duration)
    if isinstance(value, Duration):
        return in_words(value)
    if isinstance(value, date):
        return date_format(value, "DATE_FORMAT")
    if isinstance(value, Decimal):
        return number_format(value, decimal_pos=2)
    return value
