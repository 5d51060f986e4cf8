"""Columns an association must not take in by accident (GDPR articles 9 and 10)."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from people.spreadsheets.columns import normalise
from people.spreadsheets.table import Table
from people.spreadsheets.values import Misread, parse_list, parse_yes_no

# Whole words of a heading, without accents; the first that fits tells why.
_SIGNS: Mapping[str, str] = {
    r"orientation sexuel\w*|sexual\w*|sexualit\w*|lgbt\w*|gay|lesb\w+|^orientation$": gettext_noop(
        "peut révéler l'orientation sexuelle (RGPD, article 9)"
    ),
    r"sante|health|medica\w+|handicap\w*|disab\w+|rqth|maladies?|illness|grossesse|pregnan\w+"
    r"|allergies?|regime alimentaire|diet\w*|neurodiver\w+": gettext_noop(
        "peut révéler la santé ou un handicap (RGPD, article 9)"
    ),
    r"religi\w+|cultes?|croyances?|faith|beliefs?|convictions?|philosoph\w+": gettext_noop(
        "peut révéler les convictions (RGPD, article 9)"
    ),
    r"politi(que|ques|cal|cs)|partis?|opinions?": gettext_noop(
        "peut révéler les opinions politiques (RGPD, article 9)"
    ),
    r"syndi\w+|trade unions?|union member\w*": gettext_noop(
        "peut révéler l'appartenance syndicale (RGPD, article 9)"
    ),
    r"^origines?$|origines? (ethni|geo|cult|socia|nation)\w+|pays origine"
    r"|ethni\w+|race|racial\w*|nationalit\w+|minorit\w+|bame|immigra\w+"
    r"|lieu naissance|birthplace|place birth": gettext_noop(
        "peut révéler l'origine (RGPD, article 9)"
    ),
    r"genetic\w*|genetique\w*|biometri\w+|empreintes?": gettext_noop(
        "est une donnée génétique ou biométrique (RGPD, article 9)"
    ),
    r"casier|condamnations?|criminal|convicted|judiciaire": gettext_noop(
        "touche aux condamnations (RGPD, article 10)"
    ),
    r"securite sociale|nir|social security|passe?port|identity card|(carte|piece) identite"
    r"|national insurance": gettext_noop("est un numéro d'identité que rien ne demande ici"),
    r"genres?|gender|sexes?|sex|trans|transgenre|transgender|pronoms?|pronouns?": gettext_noop(
        "dit le sexe ou le genre, et peut révéler une identité de genre"
    ),
    r"identites?|identity|identities|characteristics?|caracteristiques?|diversit\w+": gettext_noop(
        "peut décrire une identité ou des caractéristiques protégées (RGPD, article 9)"
    ),
}
_PATTERNS = {re.compile(rf"(?<!\w)(?:{words})(?!\w)"): why for words, why in _SIGNS.items()}
_LINKS = re.compile(r"\b(de|d|la|le|l|du|des|of|the)\b ?")


@dataclass(frozen=True)
class SensitiveColumn:
    """A column (counted from 0) that looks sensitive, and why."""

    column: int
    heading: str
    why: str

    @property
    def sentence(self) -> str:
        return _("La colonne « %(heading)s » %(why)s.") % {
            "heading": self.heading,
            "why": self.why,
        }


@dataclass(frozen=True)
class Repetition:
    """A text that repeats, line after line, what a refused column says.

    `repeated` lines out of the `filled` lines where the refused column says something.
    """

    column: int
    heading: str
    refused: int
    refused_heading: str
    repeated: int
    filled: int
    first_line: int

    @property
    def sentence(self) -> str:
        return _(
            "La colonne « %(heading)s » répète « %(refused)s », que vous n'importez pas, "
            "sur %(repeated)d des %(filled)d lignes où elle est remplie "
            "(la première : ligne %(line)d)."
        ) % {
            "heading": self.heading,
            "refused": self.refused_heading,
            "repeated": self.repeated,
            "filled": self.filled,
            "line": self.first_line,
        }


def sensitive_columns(headings: Sequence[str]) -> tuple[SensitiveColumn, ...]:
    """The columns whose heading names data that the law protects, or comes near it."""
    found = []
    for column, heading in enumerate(headings):
        words = _LINKS.sub("", normalise(heading))
        why = next((why for pattern, why in _PATTERNS.items() if pattern.search(words)), None)
        if why:
            found.append(SensitiveColumn(column, heading, _(why)))
    return tuple(found)


def find_repetitions(table: Table, refused: Collection[int]) -> tuple[Repetition, ...]:
    """Columns that would be kept although they repeat what refused columns (from 0) say."""
    found = []
    for hidden in sorted(refused):
        values = table.column(hidden)
        for column, heading in enumerate(table.headings):
            if column in refused:
                continue
            repeated = repeats(table.column(column), values)
            if repeated:
                found.append(
                    Repetition(
                        column,
                        heading,
                        hidden,
                        table.headings[hidden],
                        len(repeated),
                        sum(bool(_telling(value)) for value in values),
                        table.rows[repeated[0]].line,
                    )
                )
    return tuple(found)


def repeats(texts: Sequence[str], values: Sequence[str]) -> list[int]:
    """The numbers (from 0) of the lines whose text contains what the value of the line says.

    Yes, no, numbers and words of one or two letters say nothing by themselves.
    """
    return [
        number
        for number, (text, value) in enumerate(zip(texts, values, strict=True))
        if text and any(f" {told} " in f" {normalise(text)} " for told in _telling(value))
    ]


def _telling(value: str) -> list[str]:
    """The items of a cell that would be recognised in a text."""
    try:
        parse_yes_no(value)
    except Misread:
        told = [normalise(item) for item in parse_list(value)]
        return [item for item in told if len(item) > 2 and not item.isdigit()]
    return []
