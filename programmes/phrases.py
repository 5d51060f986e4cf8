"""The phrase language: sentences that speak in a programme's own words.

A French text names a concept by its default word, between braces, as it would be written for
the default words. The article comes with it, and everything agrees:

    text                              mentor/mentoré (SPA)      mentore/mentorée (WM)
    {le mentor}                       le mentor                 la mentore
    {Un mentoré} {inscrit|mentoré}    Un mentoré inscrit        Une mentorée inscrite
    {des mentors}, {du mentor}        des mentors, du mentor    des mentores, de la mentore
    {au mentoré}, {aux mentorés}      au mentoré, aux mentorés  à la mentorée, aux mentorées
    {la première rencontre}           le premier entretien      la première séance
    {l'équipe}, {de l'équipe}         le pôle, du pôle          la cellule, de la cellule
    {de mentors}, {d'équipe}          de mentors, d'équipe      de mentores, d'équipe
    {mentor}, {Rencontres}            mentor, Rencontres        mentore, Séances

* Concepts: mentor, mentoré, binôme, rencontre, mentorat, équipe, association, charte, convention,
  campagne.
* Determiners: le, un, du, au, ce, mon, ton, son, notre, votre, leur, aucun, chaque, quel,
  tout le, de, in the form the default word asks for. `{votre mentor}` also obeys tu or vous.
* Adjectives before the noun: premier, deuxième, dernier, prochain, nouveau, autre, même, seul,
  ancien, futur.
* Agreement with a noun, singular or plural: `{inscrit|mentors}`, the adjective in the
  masculine singular. Where the rules do not know the word: `{il/elle|mentor}`, or the four
  forms `{le/la/les/les|mentors}`.
* Tu or vous: `{tu peux/vous pouvez}`, the tu form first.
* Before a proper name: `{de} Inès`, `{que} Hélène` say « d'Inès », « qu'Hélène »; the name is put
  in before: `fill(_("Bilan {de} %(name)s") % {"name": name}, vocabulary)`.
* English texts use `{mentor}`, `{the mentor}`, `{a mentee}`, `{meetings}`: mentor, mentee, pair,
  meeting, mentoring, team, association, charter, convention, cohort.

A capital at the beginning is kept. `check_text` says what is wrong with a text; `fill` never
fails: what it does not know stays as it is, and nothing but this dictionary is ever looked up.
Other values come last: `fill(_("{Le mentor} : %(name)s"), vocabulary) % {"name": name}`.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache, lru_cache
from itertools import product

from programmes.agreement import (
    DETERMINERS,
    LEADING_ADJECTIVES,
    agree,
    is_masculine_singular,
    noun_phrase,
)
from programmes.nouns import starts_with_a_vowel
from programmes.vocabulary import CONCEPTS, DEFAULT, Address, Concept, Problem, Vocabulary, _

Rendering = Callable[[Vocabulary, Address], str]

_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
_BEFORE_A_NAME = re.compile(r"\{([Dd]e|[Qq]ue)\}(?:( )(?=(\S+)))?")
_BRACE = re.compile(r"[{}]")


def fill(
    text: str,
    vocabulary: Vocabulary = DEFAULT,
    *,
    to: str | None = None,
    language: str = "fr",
) -> str:
    """The text in the words of a programme, said to a "mentor", a "mentee" or (None) to anyone.

    In English a placeholder that is still in French is filled with the French words.
    """
    address = vocabulary.address_to(to)

    def said(match: re.Match[str]) -> str:
        reading = _read(match[1], language)
        if language != "fr" and isinstance(reading, Problem):
            reading = _read(match[1], "fr")
        if isinstance(reading, Problem):
            return match[0]
        return reading(vocabulary, address).replace("'", apostrophe)

    def before_a_name(match: re.Match[str]) -> str:
        word, space, name = match[1], match[2] or "", match[3] or ""
        return word[:-1] + apostrophe if starts_with_a_vowel(name) else word + space

    apostrophe = "’" if "’" in text else "'"
    return _PLACEHOLDER.sub(said, _BEFORE_A_NAME.sub(before_a_name, text))


def check_text(text: str, *, language: str = "fr") -> list[Problem]:
    """Everything in the text that `fill` would not understand, in order, with its position."""
    problems = []
    text = _BEFORE_A_NAME.sub(lambda match: " " * len(match[0]), text)
    for match in _PLACEHOLDER.finditer(text):
        reading = _read(match[1], language)
        if isinstance(reading, Problem):
            problems.append(Problem(reading.message, reading.values, position=match.start()))
    blanked = _PLACEHOLDER.sub(lambda match: " " * len(match[0]), text)
    for brace in _BRACE.finditer(blanked):
        message = (
            _("une accolade ouverte n'est pas fermée")
            if brace[0] == "{"
            else _("une accolade fermée n'a pas été ouverte")
        )
        problems.append(Problem(message, position=brace.start()))
    return sorted(problems, key=lambda problem: problem.position)


@lru_cache(maxsize=4096)
def _read(inner: str, language: str) -> Rendering | Problem:
    """What stands between two braces: something to say, or why it cannot be said."""
    phrase = " ".join(inner.replace("’", "'").split())
    if language == "fr" and "|" in phrase:
        return _read_agreement(phrase)
    if language == "fr" and "/" in inner:
        return _read_choice(inner)
    known = _english() if language == "en" else _french()
    rendering = known.get(_lowered(phrase))
    if rendering is None:
        return _unknown(phrase, known)
    return _capitalised(rendering) if phrase[:1].isupper() else rendering


def _read_agreement(phrase: str) -> Rendering | Problem:
    adjective, _bar, name = (part.strip() for part in phrase.partition("|"))
    noun = _nouns().get(name)
    if noun is None:
        return Problem(
            _("« %(name)s » n'est pas un des noms avec lesquels on accorde (%(names)s)"),
            {"name": name, "names": ", ".join(_nouns())},
        )
    forms = _lowered(adjective)
    count = forms.count("/") + 1
    if count not in {1, 2, 4} or not all(forms.split("/")):
        return Problem(
            _(
                "« %(forms)s » : écrire le masculin, ou masculin/féminin, "
                "ou ces deux-là et leurs pluriels"
            ),
            {"forms": adjective},
        )
    if count == 1 and not is_masculine_singular(forms):
        return Problem(
            _("« %(form)s » : écrire le masculin singulier, l'accord se fait tout seul"),
            {"form": adjective},
        )
    concept, plural = noun

    def rendering(vocabulary: Vocabulary, address: Address) -> str:
        return agree(forms, vocabulary.noun(concept).gender, plural=plural)

    return _capitalised(rendering) if adjective[:1].isupper() else rendering


def _read_choice(inner: str) -> Rendering | Problem:
    forms = inner.split("/")
    if len(forms) != 2 or not any(forms):
        return Problem(
            _("« %(phrase)s » : deux formes sont attendues, tu puis vous"),
            {"phrase": f"{{{inner}}}"},
        )
    return lambda vocabulary, address: forms[address == "vous"]


def _unknown(phrase: str, known: Mapping[str, Rendering]) -> Problem:
    close = difflib.get_close_matches(_lowered(phrase), known, n=1, cutoff=0.6)
    if not close:
        return Problem(_("« %(phrase)s » est inconnu"), {"phrase": f"{{{phrase}}}"})
    return Problem(
        _("« %(phrase)s » est inconnu ; vouliez-vous dire « %(close)s » ?"),
        {"phrase": f"{{{phrase}}}", "close": f"{{{close[0]}}}"},
    )


def _lowered(phrase: str) -> str:
    return phrase[:1].lower() + phrase[1:]


def _capitalised(rendering: Rendering) -> Rendering:
    def capitalised(vocabulary: Vocabulary, address: Address) -> str:
        said = rendering(vocabulary, address)
        return said[:1].upper() + said[1:]

    return capitalised


@cache
def _nouns() -> dict[str, tuple[Concept, bool]]:
    """The default French words, singular and plural."""
    return {
        DEFAULT.noun(concept).word(plural=plural): (concept, plural)
        for concept, plural in product(CONCEPTS, (False, True))
    }


@cache
def _french() -> dict[str, Rendering]:
    """Every phrase that the default words can make, and how to say it in other words."""
    known: dict[str, Rendering] = {}
    parts = product(DETERMINERS, ("", *LEADING_ADJECTIVES), CONCEPTS, (False, True))
    for determiner, adjective, concept, plural in parts:
        phrase = noun_phrase(determiner, adjective, DEFAULT.noun(concept), plural=plural)
        if phrase is not None:
            known.setdefault(phrase, _french_rendering(determiner, adjective, concept, plural))
    return known


def _french_rendering(determiner: str, adjective: str, concept: Concept, plural: bool) -> Rendering:
    yours = {"tu": "ton", "vous": "votre"}

    def rendering(vocabulary: Vocabulary, address: Address) -> str:
        own = yours[address] if determiner in yours.values() else determiner
        return noun_phrase(own, adjective, vocabulary.noun(concept), plural=plural) or ""

    return rendering


@cache
def _english() -> dict[str, Rendering]:
    return dict(_english_renderings())


def _english_renderings() -> Iterator[tuple[str, Rendering]]:
    for concept, plural in product(CONCEPTS, (False, True)):
        word = DEFAULT.english_noun(concept).word(plural=plural)
        for article in ("", "the ") if plural else ("", "the ", "a "):
            yield f"{article}{word}", _english_rendering(article, concept, plural)


def _english_rendering(article: str, concept: Concept, plural: bool) -> Rendering:
    def rendering(vocabulary: Vocabulary, address: Address) -> str:
        noun = vocabulary.english_noun(concept)
        own = "an " if article == "a " and noun.takes_an else article
        return own + noun.word(plural=plural)

    return rendering
