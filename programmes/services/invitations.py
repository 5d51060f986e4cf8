"""Inviting people by e-mail."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext_noop

from notifications import outbox
from people.models import Person
from programmes import messages
from programmes.models import Cohort, Enrolment, Invitation
from programmes.policy.terms import Role
from programmes.policy.verdict import Breach, Sentence, verdict_of
from programmes.sentences import Refused
from programmes.services.enrolments import start_enrolment
from programmes.services.journal import lock, record

VALID_FOR = timedelta(days=60)


@transaction.atomic
def invite(cohort: Cohort, *, email: str, role: Role, by: Person, at: datetime) -> Invitation:
    """Invite an address; inviting it again renews the invitation and writes again."""
    invitation, _ = Invitation.objects.update_or_create(
        cohort=cohort,
        email=email.strip().lower(),
        role=role,
        defaults={
            "invited_by": by,
            "invited_at": at,
            "expires_at": at + VALID_FOR,
            "token": secrets.token_urlsafe(32),
        },
    )
    entry = record("person_invited", by=by, at=at, programme=cohort.programme, role=role)
    outbox.queue(messages.InvitationToEnrol(invitation.pk, entry.pk), due_at=at)
    return invitation


@transaction.atomic
def invite_all(
    cohort: Cohort, *, emails: Sequence[str], role: Role, by: Person, at: datetime
) -> list[Invitation]:
    """Invite several addresses, all or none."""
    return [invite(cohort, email=email, role=role, by=by, at=at) for email in emails]


@transaction.atomic
def take_up(invitation: Invitation, *, person: Person, at: datetime) -> Enrolment:
    """Begin the enrolment that the invitation offers, once; raise Refused if that is over by now."""
    invitation = lock(invitation)
    if invitation.enrolment is not None and invitation.enrolment.person_id == person.pk:
        return invitation.enrolment
    if not invitation.is_open(at=at):
        text = gettext_noop("Cette invitation a déjà servi ou elle a expiré.")
        raise Refused(verdict_of([Breach("invitation:over", Sentence(text))]))
    enrolment = start_enrolment(
        invitation.cohort, person=person, role=Role(invitation.role), at=at, is_invited=True
    )
    invitation.enrolment = enrolment
    invitation.save()
    return enrolment
