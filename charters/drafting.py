"""The words of a convention: names, terms told in sentences, objectives, the charter's text.

Written once, when the convention is opened, in the charter's language: what is signed is this.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from charters.models import CharterVersion
from charters.terms_in_words import terms_in_words
from charters.text import CharterText
from programmes import phrases
from programmes.models import Pair
from programmes.policy.rules import Party, PartyKind
from programmes.vocabulary import Vocabulary
from programmes.words import fill

Document = dict[str, Any]


def compose(
    pair: Pair, charter: CharterVersion | None, parties: tuple[Party, ...], *, on: date
) -> Document:
    """The text of a pair's convention, as it is frozen on that day."""
    cohort, programme = pair.cohort, pair.cohort.programme
    vocabulary = cohort.vocabulary
    with override(language_around(charter.text.language if charter else "fr")):
        return {
            "title": fill(_("{Convention} {de mentorat}"), vocabulary),
            "organisation": programme.organisation.name,
            "programme": programme.name,
            "cohort": cohort.name,
            "drafted_on": on.isoformat(),
            "parties": [_party(party, pair, vocabulary) for party in parties],
            "purpose": _purpose(pair, vocabulary),
            "terms": [
                {"title": title, "text": text} for title, text in terms_in_words(cohort, vocabulary)
            ],
            "objectives": _objectives(pair) if cohort.rules.agreement.with_objectives else [],
            "charter": charter_words(charter, vocabulary) if charter else None,
        }


def language_around(language: str) -> str:
    """The language of what is said around a charter: its own, once the site speaks it whole."""
    return language if language in dict(settings.LANGUAGES) else "fr"


def charter_words(
    version: CharterVersion,
    vocabulary: Vocabulary,
    *,
    to: str | None = None,
    language: str | None = None,
) -> Document:
    """A charter's text in the programme's words, said to a role or to anyone, still Markdown.

    In `language` where there is a courtesy translation into it, else in its own.
    """
    return text_words(version.text.read_in(language), vocabulary, to=to) | {
        "number": version.number,
        "edition": version.edition.isoformat(),
        "digest": version.digest,
    }


def text_words(text: CharterText, vocabulary: Vocabulary, *, to: str | None = None) -> Document:
    """A charter in the programme's words, whether it was published or is still being written."""

    def said(words: str) -> str:
        return phrases.fill(words, vocabulary, to=to, language=text.language)

    return {
        "title": said(text.title),
        "language": text.language,
        "preamble": said(text.preamble),
        "sections": [
            {
                "voice": str(section.voice),
                "title": said(section.title),
                "intro": said(section.intro),
                "commitments": [
                    {"code": one.code, "text": said(one.text)} for one in section.commitments
                ],
            }
            for section in text.sections
        ],
    }


def statement_for(kind: PartyKind, pair: Pair) -> str:
    """What a party ticks before signing."""
    organisation, mentee = pair.cohort.programme.organisation.name, pair.mentee.known_as
    texts = {
        PartyKind.MENTOR: _(
            "J'ai lu {cette convention}, je l'approuve et je m'engage à {le/la|convention} respecter comme {mentor}."
        ),
        PartyKind.MENTEE: _(
            "J'ai lu {cette convention}, je l'approuve et je m'engage à {le/la|convention} respecter comme {mentoré}."
        ),
        PartyKind.ORGANISATION: _(
            "J'ai qualité pour signer au nom {de l'association} %(organisation)s, qui approuve {cette convention} et s'engage à {le/la|convention} respecter."
        ),
        PartyKind.GUARDIAN: _(
            "Je représente légalement %(mentee)s : j'ai lu {cette convention}, je l'approuve et j'autorise sa participation."
        ),
    }
    words = fill(texts[kind], pair.cohort.vocabulary)
    return words % {"organisation": organisation, "mentee": mentee}


def _party(party: Party, pair: Pair, vocabulary: Vocabulary) -> Document:
    names = {
        PartyKind.MENTOR: (str(pair.mentor.known_as), _("{le mentor}")),
        PartyKind.MENTEE: (str(pair.mentee.known_as), _("{le mentoré}")),
        PartyKind.ORGANISATION: (pair.cohort.programme.organisation.name, _("{l'association}")),
        PartyKind.GUARDIAN: (
            fill(_("Le représentant légal {de} %(name)s") % {"name": pair.mentee.known_as}),
            _("le représentant légal"),
        ),
    }
    name, role = names[party.kind]
    return {"kind": str(party.kind), "name": name, "role": fill(role, vocabulary)}


def _purpose(pair: Pair, vocabulary: Vocabulary) -> str:
    text = _(
        "%(mentor)s accompagne %(mentee)s dans le cadre du programme «\u00a0%(programme)s\u00a0» (%(cohort)s), proposé par %(organisation)s. {Cette convention} dit ce que chacun peut attendre des autres."
    )
    return fill(text, vocabulary) % {
        "mentor": pair.mentor.known_as,
        "mentee": pair.mentee.known_as,
        "programme": pair.cohort.programme.name,
        "cohort": pair.cohort.name,
        "organisation": pair.cohort.programme.organisation.name,
    }


def _objectives(pair: Pair) -> list[str]:
    themes = {theme.code: theme.label for theme in pair.cohort.rules.objectives.themes}
    lines = []
    for objective in pair.mentee.objectives.order_by("position"):
        theme = themes.get(objective.theme, objective.theme)
        lines.append(" : ".join(part for part in (theme, objective.text) if part))
    return lines
