"""Guess which column of a list is which, from its heading in French or in English."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

# Words that change nothing to what a heading names.
_LINKS_AND_REMARKS = """
    a au aux d de des du en et l la le les of on s the to un une votre vos your my
    obligatoire required facultatif optional
"""
_EMPTY_WORDS = frozenset(_LINKS_AND_REMARKS.split())

PERSON_SYNONYMS: Mapping[str, tuple[str, ...]] = {
    "first_name": ("prénom", "first name", "firstname", "given name", "forename"),
    "last_name": (
        "nom",
        "nom de famille",
        "nom d'usage",
        "last name",
        "lastname",
        "surname",
        "family name",
    ),
    "email": (
        "e-mail",
        "courriel",
        "mail",
        "adresse e-mail",
        "adresse mail",
        "email address",
        "adresse électronique",
        "adresse courriel",
        "mél",
    ),
    "phone": (
        "téléphone",
        "tél",
        "portable",
        "mobile",
        "phone",
        "phone number",
        "numéro de téléphone",
    ),
    "number": (
        "numéro d'adhérent",
        "n° adhérent",
        "numéro de membre",
        "member number",
        "member id",
    ),
    "employer": (
        "employeur",
        "entreprise",
        "organisation",
        "société",
        "employer",
        "company",
        "organization",
    ),
    "job_title": (
        "poste",
        "fonction actuelle",
        "intitulé de poste",
        "job title",
        "position",
        "poste actuel",
    ),
    "function": ("fonction", "métier", "profession", "function", "domaine"),
    "sector": ("secteur", "secteur d'activité", "sector", "industry", "business sector"),
    "level": ("niveau", "grade", "échelon", "level", "seniority"),
    "experience_years": (
        "années d'expérience",
        "expérience",
        "nombre d'années d'expérience",
        "years of experience",
        "experience years",
    ),
    "graduation_year": (
        "promotion",
        "promo",
        "année de diplôme",
        "graduation year",
        "class of",
        "class",
    ),
    "city": ("ville", "commune", "city", "town"),
    "capacity": ("capacité", "nombre de mentorés", "capacity", "number of mentees"),
    "role": ("rôle", "role"),
    "both_roles": ("mentor et mentoré", "both mentor and mentee", "les deux rôles"),
    "joined_on": ("date d'adhésion", "adhésion", "joined on", "member since", "membership date"),
    "paid_from": ("cotisation du", "début de cotisation", "paid from"),
    "paid_until": (
        "cotisation jusqu'au",
        "fin de cotisation",
        "à jour jusqu'au",
        "paid until",
        "membership expires",
        "expiry date",
    ),
    "language": ("langue", "language"),
    "biography": ("biographie", "bio", "présentation", "parcours", "biography", "about", "profile"),
}


@lru_cache(maxsize=65_536)
def normalise(text: str) -> str:
    """Lower-case words without accents or punctuation, one space apart."""
    spaced = re.sub(r"(?<=[a-zà-ÿ])(?=[A-ZÀ-Þ])", " ", text)
    opened = spaced.casefold().replace("œ", "oe").replace("æ", "ae").replace("n°", "numero ")
    letters = "".join(
        char for char in unicodedata.normalize("NFKD", opened) if not unicodedata.combining(char)
    )
    words = " ".join(re.findall(r"[^\W_]+", letters))
    return re.sub(r"\be mail\b", "email", words)


def guess_mapping(headings: Sequence[str], targets: Mapping[str, Iterable[str]]) -> dict[str, int]:
    """For each target that a heading names, the number of its column, counted from 0.

    `targets` gives each target its synonyms. A heading must be a synonym, or hold one that
    makes up more than half of its words; the nearest go first and no column is given twice.
    """
    guesses = [
        (-score, column, rank, target)
        for rank, (target, synonyms) in enumerate(targets.items())
        for wordings in [[normalise(synonym) for synonym in synonyms]]
        for column, heading in enumerate(headings)
        if (score := max((_likeness(heading, w) for w in wordings), default=0)) > 0.5
    ]
    mapping: dict[str, int] = {}
    for _score, column, _rank, target in sorted(guesses):
        if target not in mapping and column not in mapping.values():
            mapping[target] = column
    return {target: mapping[target] for target in targets if target in mapping}


def _likeness(heading: str, wording: str) -> float:
    """1 when the words are the same, else the part of the heading that the synonym explains."""
    written = normalise(heading)
    if written == wording:
        return 1
    words = set(written.split()) - _EMPTY_WORDS
    meant = set(wording.split()) - _EMPTY_WORDS
    if not words or not meant or not meant <= words:
        return 0
    return 0.99 * len(meant) / len(words)
