"""Lists of people: kept for a few hours, decided on, imported whole or not at all."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from notifications import outbox
from people.clock import PARIS
from people.models import Person
from people.spreadsheets import Limits, Table, read_table
from programmes.enums import EnrolmentState
from programmes.importing.columns import Decisions
from programmes.importing.messages import ImportedWelcome
from programmes.importing.plan import Plan, plan_import
from programmes.importing.rejects import write_rejects
from programmes.importing.targets import targets_of
from programmes.lifecycle import ImpossibleTransition
from programmes.models import Cohort, ImportDraft, JournalEntry
from programmes.policy.terms import Role
from programmes.queries.importing import WELCOMED, imported_and_not_written_to, known_in
from programmes.services import imported_rows
from programmes.services.journal import lock, record

KEPT_FOR = timedelta(hours=4)
LIMITS = Limits(bytes=5_000_000, rows=5_000)


class NothingImported(Exception):
    """Some lines are wrong, and the import was to be of all of them; `plan` says what is wrong."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        super().__init__(f"{len(plan.rejected_lines)} lines are wrong")


@dataclass(frozen=True)
class Imported:
    """How many people were entered: admitted, to be examined, or to be completed by themselves."""

    plan: Plan
    admitted: int
    to_examine: int
    to_complete: int

    @property
    def entered(self) -> int:
        return self.admitted + self.to_examine + self.to_complete


@transaction.atomic
def keep_list(
    cohort: Cohort, *, role: Role, filename: str, content: bytes, by: Person, at: datetime
) -> ImportDraft:
    """Keep a file between the steps of its import; only `by` will see it. It replaces an unfinished one."""
    forget_expired(at=at)
    ImportDraft.objects.filter(cohort=cohort, person=by, role=role, completed_at=None).delete()
    return ImportDraft.objects.create(
        cohort=cohort,
        person=by,
        role=role,
        filename=filename[-200:],
        content=content,
        created_at=at,
        expires_at=at + KEPT_FOR,
    )


@transaction.atomic
def decide_columns(draft: ImportDraft, *, decisions: Decisions) -> ImportDraft:
    draft = _lock_open(draft)
    draft.decisions = decisions.to_json()
    draft.save(update_fields=["decisions"])
    return draft


@transaction.atomic
def import_draft(
    draft: ImportDraft, *, only_valid: bool, admit: bool, by: Person, at: datetime
) -> Imported:
    """Import a list that was kept, once; raise NothingImported as `import_people` does."""
    cohort = draft.cohort
    draft = _lock_open(draft)
    table, decisions = table_of(draft), Decisions.from_json(draft.decisions)
    imported = import_people(
        cohort, table=table, decisions=decisions, only_valid=only_valid, admit=admit, by=by, at=at
    )
    if imported.plan.problems:
        draft.rejects = write_rejects(table, decisions, imported.plan)
    draft.content, draft.completed_at, draft.expires_at = b"", at, at + KEPT_FOR
    draft.save()
    return imported


@transaction.atomic
def import_people(
    cohort: Cohort,
    *,
    table: Table,
    decisions: Decisions,
    only_valid: bool,
    admit: bool,
    by: Person | None,
    at: datetime,
) -> Imported:
    """Enter the people of a list; nobody is written to.

    Every line or none, unless `only_valid` leaves out the wrong ones: else raise NothingImported.
    Two imports into the same cohort wait for one another, so that nobody is entered twice.
    """
    lock(cohort)
    plan = plan_of(cohort, table=table, decisions=decisions, at=at)
    if plan.problems and not only_valid:
        raise NothingImported(plan)
    enrolments = imported_rows.enter(cohort, people=plan.people, decisions=decisions, by=by, at=at)
    admitted = imported_rows.admit_clear(enrolments, by=by, at=at) if admit else 0
    drafts = sum(one.state == EnrolmentState.DRAFT for one in enrolments)
    record(
        "people_imported",
        by=by,
        at=at,
        programme=cohort.programme,
        cohort=cohort.slug,
        role=decisions.role,
        entered=len(enrolments),
        left_out=len(plan.rejected_lines),
        sensitive=[
            {"heading": table.headings[column], "reason": reason}
            for column, reason in decisions.sensitive.items()
            if column in decisions.mapping.values()
        ],
    )
    return Imported(plan, admitted, len(enrolments) - admitted - drafts, drafts)


def plan_of(cohort: Cohort, *, table: Table, decisions: Decisions, at: datetime) -> Plan:
    """What importing this list now would do."""
    return plan_import(
        table,
        targets_of(cohort.rules, decisions.role, cohort.vocabulary),
        decisions,
        rules=cohort.rules,
        vocabulary=cohort.vocabulary,
        known=known_in(cohort, decisions.role),
        today=at.astimezone(PARIS).date(),
    )


def table_of(draft: ImportDraft) -> Table:
    return read_table(bytes(draft.content), draft.filename, limits=LIMITS)


@transaction.atomic
def discard(draft: ImportDraft) -> None:
    """Forget a list, whatever became of it."""
    lock(draft).delete()


def forget_expired(*, at: datetime) -> int:
    """Delete the lists whose time has passed; return how many."""
    deleted, _by_model = ImportDraft.objects.filter(expires_at__lte=at).delete()
    return deleted


@transaction.atomic
def welcome_imported(cohort: Cohort, *, by: Person, at: datetime) -> int:
    """Write, once, to everyone imported who has not heard of it; return how many people."""
    lock(cohort)
    entries = JournalEntry.objects.bulk_create(
        [
            JournalEntry(programme=cohort.programme, enrolment=one, event=WELCOMED, actor=by, at=at)
            for one in imported_and_not_written_to(cohort).order_by("pk")
        ]
    )
    first_entry_of: dict[int, JournalEntry] = {}
    for entry in entries:
        if entry.enrolment is not None:
            first_entry_of.setdefault(entry.enrolment.person_id, entry)
    outbox.queue_all(
        [
            ImportedWelcome(cohort.pk, person_id, entry.pk)
            for person_id, entry in first_entry_of.items()
        ],
        organisation_id=cohort.programme.organisation_id,
        due_at=at,
    )
    return len(first_entry_of)


def _lock_open(draft: ImportDraft) -> ImportDraft:
    draft = lock(draft)
    if draft.completed_at is not None:
        raise ImpossibleTransition("import", "completed")
    return draft
