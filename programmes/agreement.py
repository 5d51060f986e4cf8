"""French agreement: determiners, adjectives and participles, elision. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping

from programmes.nouns import Gender, Noun, pluralise, starts_with_a_vowel

# Masculine, feminine, the same two before a vowel, plural masculine and feminine ("-": none).
DETERMINERS: Mapping[str, tuple[str, ...]] = {
    name: tuple(forms.split("|"))
    for name, forms in {
        "": "|||||",
        "le": "le|la|l'|l'|les|les",
        "un": "un|une|un|une|des|des",
        "de": "de|de|d'|d'|de|de",
        "du": "du|de la|de l'|de l'|des|des",
        "au": "au|à la|à l'|à l'|aux|aux",
        "ce": "ce|cette|cet|cette|ces|ces",
        "mon": "mon|ma|mon|mon|mes|mes",
        "ton": "ton|ta|ton|ton|tes|tes",
        "son": "son|sa|son|son|ses|ses",
        "notre": "notre|notre|notre|notre|nos|nos",
        "votre": "votre|votre|votre|votre|vos|vos",
        "leur": "leur|leur|leur|leur|leurs|leurs",
        "quel": "quel|quelle|quel|quelle|quels|quelles",
        "aucun": "aucun|aucune|aucun|aucune|-|-",
        "chaque": "chaque|chaque|chaque|chaque|-|-",
        "tout le": "tout le|toute la|tout l'|toute l'|tous les|toutes les",
    }.items()
}

# Adjectives that stand before the noun, and so come between it and its determiner.
LEADING_ADJECTIVES = (
    "premier", "deuxième", "dernier", "prochain", "nouveau", "autre", "même", "seul", "ancien",
    "futur",
)  # fmt: skip

_FEMININES = {
    "il": "elle",
    "celui": "celle",
    "bas": "basse",
    "blanc": "blanche",
    "bref": "brève",
    "complet": "complète",
    "concret": "concrète",
    "discret": "discrète",
    "doux": "douce",
    "dû": "due",
    "épais": "épaisse",
    "faux": "fausse",
    "favori": "favorite",
    "frais": "fraîche",
    "franc": "franche",
    "gentil": "gentille",
    "gros": "grosse",
    "inquiet": "inquiète",
    "long": "longue",
    "malin": "maligne",
    "neuf": "neuve",
    "nul": "nulle",
    "secret": "secrète",
    "vieux": "vieille",
}
_PLURALS = {"celui": "ceux", "tout": "tous", "dû": "dus"}

# The first ending that fits: how many letters go, and what comes instead.
_FEMININE_ENDINGS = (
    (r"(éri|maj|min|meill)eur$", 0, "e"),
    (r"ateur$|iteur$|ecteur$|ucteur$|tuteur$", 3, "rice"),
    (r"eur$", 1, "se"),
    (r"eux$", 1, "se"),
    (r"eau$", 2, "lle"),
    (r"er$", 2, "ère"),
    (r"if$", 1, "ve"),
    (r"ic$", 1, "que"),
    (r"(el|eil|en|on|et)$", None, "e"),
    (r"e$", 0, ""),
    (r"", 0, "e"),
)

# Endings that only a feminine or a plural has.
_AGREED = re.compile(r"(ée|ive|euse|ière|rice|[éefnltr]s)$")


def feminise(adjective: str) -> str:
    """The feminine of an adjective or a participle given in the masculine singular."""
    if adjective in _FEMININES:
        return _FEMININES[adjective]
    _ending, dropped, added = next(e for e in _FEMININE_ENDINGS if re.search(e[0], adjective))
    if dropped is None:
        return adjective + adjective[-1] + added
    return adjective[: len(adjective) - dropped] + added


def is_masculine_singular(adjective: str) -> bool:
    """False for what is surely a feminine or a plural already (« inscrite », « inscrits »)."""
    return bool(adjective) and not _AGREED.search(adjective)


def agree(adjective: str, gender: Gender, *, plural: bool) -> str:
    """An adjective in the form its noun asks for.

    It is given in the masculine singular, or as « masculine/feminine », or as those two and
    their plurals.
    """
    forms = adjective.split("/")
    if len(forms) == 4:
        return forms[2 * plural + (gender == "f")]
    if len(forms) == 2:
        form = forms[gender == "f"]
        return pluralise(form) if plural else form
    if gender == "f":
        form = feminise(adjective)
        return pluralise(form) if plural else form
    return _PLURALS.get(adjective, pluralise(adjective)) if plural else adjective


def noun_phrase(determiner: str, adjective: str, noun: Noun, *, plural: bool) -> str | None:
    """Determiner, adjective (both may be "") and noun; None if there is no such plural."""
    word, elides = noun.word(plural=plural), bool(noun.elides)
    if adjective:
        form = agree(adjective, noun.gender, plural=plural)
        if form == "nouveau" and elides:
            form = "nouvel"
        word, elides = f"{form} {word}", starts_with_a_vowel(form)
    feminine = noun.gender == "f"
    article = DETERMINERS[determiner][4 + feminine if plural else 2 * elides + feminine]
    if determiner == "de" and elides:
        article = "d'"
    if article == "-":
        return None
    return f"{article}{word}" if article.endswith("'") or not article else f"{article} {word}"
