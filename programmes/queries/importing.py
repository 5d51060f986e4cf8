"""What an import must know, and what it left behind."""

from __future__ import annotations

from datetime import date, datetime

from django.db.models import Exists, OuterRef, QuerySet

from notifications.enums import State
from notifications.models import OutboxMessage
from people.models import Person
from programmes.enums import EnrolmentState
from programmes.importing.messages import ImportedWelcome
from programmes.importing.plan import Known
from programmes.models import Cohort, Enrolment, ImportDraft, JournalEntry
from programmes.policy.entering import judge_admission
from programmes.policy.terms import Role
from programmes.queries.candidates import candidates_of
from programmes.queries.exclusions import excluded_mailboxes
from programmes.queries.visibility import programmes_coordinated_by
from programmes.sentences import tell_all

IMPORTED = "enrolment_imported"
WELCOMED = "imported_welcomed"
_NOT_CONCERNED = (EnrolmentState.REFUSED, EnrolmentState.WITHDRAWN, EnrolmentState.EXCLUDED)


def known_in(cohort: Cohort, role: Role) -> Known:
    """The addresses that may not be entered (again) in this role."""
    rows = Enrolment.objects.filter(cohort=cohort, role=role).order_by()
    enrolled = frozenset(
        email.lower() for two in rows.values_list("person__email", "listed_email") for email in two
    )
    return Known(enrolled, excluded_mailboxes(cohort.programme.organisation_id))


def import_drafts_of(person: Person, *, now: datetime) -> QuerySet[ImportDraft]:
    """The lists someone sent, as long as they are kept and the programme is theirs to run."""
    return ImportDraft.objects.filter(
        person=person,
        cohort__programme__in=programmes_coordinated_by(person),
        expires_at__gt=now,
    ).select_related("cohort__programme__organisation", "cohort__rule_set")


def imported_into(cohort: Cohort) -> QuerySet[Enrolment]:
    """Everyone whom the team entered from a list."""
    return Enrolment.objects.filter(_journalled(IMPORTED), cohort=cohort).select_related(
        "person", "cohort__programme__organisation", "cohort__rule_set"
    )


def imported_and_not_written_to(cohort: Cohort) -> QuerySet[Enrolment]:
    """Those among them who have not heard of it yet."""
    return imported_into(cohort).exclude(state__in=_NOT_CONCERNED).exclude(_journalled(WELCOMED))


def welcomes_on_their_way(cohort: Cohort) -> QuerySet[OutboxMessage]:
    """The messages to those people that have not left yet."""
    written = OutboxMessage.objects.filter(kind=ImportedWelcome.kind, payload__cohort_id=cohort.pk)
    return written.exclude(state__in=[State.SENT, State.DROPPED])


def _journalled(event: str) -> Exists:
    return Exists(JournalEntry.objects.filter(enrolment=OuterRef("pk"), event=event))


def what_stands_against(
    enrolments: list[Enrolment], cohort: Cohort, *, today: date
) -> list[tuple[Enrolment, list[str]]]:
    """Each enrolment with a sentence for everything that keeps the team from admitting it."""
    candidates = candidates_of(enrolments, today=today)
    return [
        (
            one,
            tell_all(
                judge_admission(cohort.rules, candidates[one.pk], today=today).breaches,
                cohort.vocabulary,
            ),
        )
        for one in enrolments
    ]
