"""The lines left out of an import, as a file to mend and send again."""

from __future__ import annotations

from django.utils.translation import gettext as _

from people.spreadsheets import Table, write_csv
from programmes.importing.columns import Decisions
from programmes.importing.plan import Plan


def write_rejects(table: Table, decisions: Decisions, plan: Plan) -> bytes:
    """CSV for a French spreadsheet: why, the number of the line, the columns that were imported."""
    columns = sorted(set(decisions.mapping.values()))
    reasons: dict[int, list[str]] = {}
    for problem in plan.problems:
        heading = table.headings[problem.column - 1] if problem.column else ""
        reasons.setdefault(problem.line, []).append(
            f"{heading} : {problem.sentence}" if heading else problem.sentence
        )
    lines = [
        (row.line, " ".join(reasons[row.line]), *(row[column] for column in columns))
        for row in table.rows
        if row.line in reasons
    ]
    headings = (table.headings[column] for column in columns)
    return write_csv([(_("ligne du fichier"), _("raisons"), *headings), *lines])
