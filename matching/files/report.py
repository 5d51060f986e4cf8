"""What a run gave, as a table of pairs and as a page to read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from matching.engine.explanations import Contribution, absence, contributions
from matching.engine.pool import SCALE, Factor, Links, Pool
from matching.engine.result import Match, Result
from matching.engine.stability import portray
from matching.engine.table import Table
from matching.files.lists import Listed, Lists
from matching.telling import label_of, tell_absence, tell_proof
from people.spreadsheets import write_csv
from programmes.policy.entering import judge_standing_in_cohort
from programmes.policy.matching import judge_criteria
from programmes.sentences import tell_all
from programmes.vocabulary import Vocabulary

STYLE = settings.BASE_DIR / "static" / "css" / "report.css"
DETAILED = 2_000  # beyond, a page of every pair could not be read, nor opened


@dataclass(frozen=True)
class Run:
    """Everything that a report tells of."""

    title: str
    vocabulary: Vocabulary
    lists: Lists
    pool: Pool
    result: Result
    on: date


@dataclass(frozen=True)
class Row:
    """One pair: the two, their score of 100, what each criterion brings, what a lock overrode."""

    mentor: Listed
    mentee: Listed
    match: Match
    score: float
    parts: tuple[Contribution, ...]
    against: tuple[str, ...]


def pairs_as_csv(run: Run, *, separator: str) -> bytes:
    """A line for each pair, by mentor's and mentee's address, with points by criterion."""
    words = run.vocabulary
    headings = [
        f"{label} ({noun.singular})"
        for noun in (words.mentor, words.mentee)
        for label in (_("Prénom"), _("Nom"), _("Adresse e-mail"))
    ]
    criteria = [label_of(one.code, one.label, words) for one in _weighed(run.pool)]
    lines = (
        (
            *(row.mentor.first_name, row.mentor.last_name, row.mentor.email),
            *(row.mentee.first_name, row.mentee.last_name, row.mentee.email),
            _decimal(row.score, separator),
            *(_decimal(_out_of_100(part.points), separator) for part in row.parts),
            _("oui") if row.match.locked else "",
        )
        for row in _rows(run)
    )
    return write_csv(
        [[*headings, _("Score sur 100"), *criteria, _("Imposé")], *lines], separator=separator
    )


def report_as_html(run: Run) -> bytes:
    """A page that stands alone: it asks nothing of any other file or host."""
    rows = sorted(_rows(run), key=lambda row: (row.match.score, row.mentee.email))
    context = {
        "run": run,
        "vocabulary": run.vocabulary,
        "style": mark_safe(STYLE.read_text(encoding="utf-8")),
        "figures": _figures(run),
        "proof": tell_proof(run.result.certificate, run.vocabulary),
        "criteria": [
            (label_of(one.code, one.label, run.vocabulary), round(_out_of_100(one.most)))
            for one in _weighed(run.pool)
        ],
        "rows": rows[:DETAILED],
        "hidden": max(0, len(rows) - DETAILED),
        "overruled": [row for row in rows if row.against],
        "alone": list(_alone(run)),
        "free": list(_free(run)),
    }
    return render_to_string("matching/files/report.html", context).encode()


def _rows(run: Run) -> list[Row]:
    rows = [
        Row(
            mentor := run.lists.mentors[match.mentor],
            mentee := run.lists.mentees[match.mentee],
            match,
            _out_of_100(match.score),
            contributions(run.pool, match.mentee, match.mentor),
            tuple(_against(run, mentor, mentee)) if match.locked else (),
        )
        for match in run.result.pairs
    ]
    return sorted(rows, key=lambda row: (row.mentor.email, row.mentee.email))


def _against(run: Run, mentor: Listed, mentee: Listed) -> Iterator[str]:
    verdict = judge_criteria(run.lists.rules, mentor.candidate, mentee.candidate)
    yield from tell_all(verdict.breaches, run.vocabulary)


def _figures(run: Run) -> dict[str, Any]:
    portrait = portray(Table(run.pool), run.result.pairs)
    return {
        "mentees": len(run.lists.mentees),
        "mentors": len(run.lists.mentors),
        "places": int(run.pool.places.sum()),
        "matched": run.result.matched,
        "mean": _score(portrait.mean),
        "fifth_percentile": _score(portrait.fifth_percentile),
        "least": _score(portrait.minimum),
        "blocking": portrait.blocking,
    }


def _score(points: float | None) -> float | None:
    return None if points is None else _out_of_100(points)


def _alone(run: Run) -> Iterator[tuple[Listed, list[str]]]:
    """Mentees without a mentor, and why."""
    table = Table(run.pool)
    matched = {match.mentee for match in run.result.pairs}
    for position, mentee in enumerate(run.lists.mentees):
        if position not in matched:
            standing = judge_standing_in_cohort(run.lists.rules, mentee.candidate)
            yield mentee, tell_absence(absence(table, position), run.vocabulary, standing)


def _free(run: Run) -> Iterator[tuple[Listed, int]]:
    """Mentors with places left."""
    taken = Counter(match.mentor for match in run.result.pairs)
    for position, mentor in enumerate(run.lists.mentors):
        left = int(run.pool.places[position]) - taken[position]
        if left > 0:
            yield mentor, left


def _weighed(pool: Pool) -> list[Factor | Links]:
    criteria: tuple[Factor | Links, ...] = (*pool.factors, *pool.links)
    return [one for one in criteria if one.most]


def _out_of_100(points: float) -> float:
    return 100 * points / SCALE


def _decimal(number: float, separator: str) -> str:
    """As the spreadsheets that part cells in this way read it: a comma where cells part at « ; »."""
    return f"{number:.1f}".replace(".", "," if separator == ";" else ".")
