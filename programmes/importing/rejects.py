"""The lines left out of an import, as a file to mend and send again."""

from __future__ import annotations

import csv
import io

from django.utils.translation import gettext as _

from people.spreadsheets import Table
from programmes.importing.columns import Decisions
from programmes.importing.plan import Plan

# A spreadsheet would run what begins like this.
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def write_rejects(table: Table, decisions: Decisions, plan: Plan) -> bytes:
    """CSV for a French spreadsheet: why, the number of the line, the columns that were imported."""
    columns = sorted(set(decisions.mapping.values()))
    reasons: dict[int, list[str]] = {}
    for problem in plan.problems:
        heading = table.headings[problem.column - 1] if problem.column else ""
        reasons.setdefault(problem.line, []).append(
            f"{heading} : {problem.sentence}" if heading else problem.sentence
        )
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow(
        [_("ligne du fichier"), _("raisons"), *(table.headings[column] for column in columns)]
    )
    for row in table.rows:
        if row.line in reasons:
            cells = [" ".join(reasons[row.line]), *(row[column] for column in columns)]
            writer.writerow([row.line, *map(_harmless, cells)])
    return text.getvalue().encode("utf-8-sig")


def _harmless(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA_STARTS) else cell
