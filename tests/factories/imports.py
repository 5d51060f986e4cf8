"""Imports of lists for tests: headings guessed, decisions as a test says."""

from __future__ import annotations

from collections.abc import Sequence

from people import clock
from people.models import Person
from people.spreadsheets import Table, read_table
from programmes.importing.choosing import choose
from programmes.importing.columns import Decisions, look_at
from programmes.importing.targets import targets_of
from programmes.models import Cohort, ImportDraft
from programmes.policy.terms import Role
from programmes.services import importing
from programmes.services.importing import Imported
from tests.factories.lists import as_csv
from tests.factories.programmes import AT


def decide(cohort: Cohort, table: Table, role: Role, **choices: object) -> Decisions:
    targets = targets_of(cohort.rules, role, cohort.vocabulary)
    return choose(look_at(table, targets), targets, role, **choices)


def import_rows(
    cohort: Cohort,
    rows: Sequence[Sequence[str]],
    role: Role = Role.MENTOR,
    *,
    by: Person | None = None,
    only_valid: bool = False,
    admit: bool = False,
    headings: Sequence[str] | None = None,
    **choices: object,
) -> Imported:
    table = read_table(as_csv(rows, headings=headings) if headings else as_csv(rows))
    return importing.import_people(
        cohort,
        table=table,
        decisions=decide(cohort, table, role, **choices),
        only_valid=only_valid,
        admit=admit,
        by=by,
        at=AT,
    )


def make_import_draft(cohort: Cohort, by: Person, content: bytes = b"") -> ImportDraft:
    """A list of mentors on its way in, with a line too few; its columns are decided."""
    content = content or (
        b"Prenom;Nom;Courriel\nCamille;Moreau;camille@example.org\n;;nour@example.org\n"
    )
    draft = importing.keep_list(
        cohort,
        role=Role.MENTOR,
        filename="mentors.csv",
        content=content,
        by=by,
        at=clock.now(),
    )
    return importing.decide_columns(
        draft, decisions=decide(cohort, read_table(content), Role.MENTOR)
    )
