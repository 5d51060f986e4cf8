"""Who is in a programme's team: invited by its association, in by accepting."""

from __future__ import annotations

import secrets
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_noop

from notifications import outbox
from people.models import Person
from programmes import messages
from programmes.models import Coordinator, Programme, TeamInvitation
from programmes.policy.verdict import Breach, Sentence, verdict_of
from programmes.sentences import Refused
from programmes.services.invitations import VALID_FOR
from programmes.services.journal import record


@transaction.atomic
def add_to_team(
    programme: Programme, *, email: str, may_sign: bool, by: Person, at: datetime
) -> Coordinator | TeamInvitation:
    """Invite an address, which joins by accepting; oneself and members are entitled at once.

    Inviting an address again renews its invitation. Nothing is told of who has an account.
    """
    email = email.strip().lower()
    members = Person.objects.filter(coordinated__programme=programme)
    member = members.filter(email__iexact=email).first()
    if member is None and email == by.email.lower():
        member = by
    if member is not None:
        return _entitle(programme, member, may_sign=may_sign, by=by, at=at)
    invitation, _ = TeamInvitation.objects.update_or_create(
        programme=programme,
        email=email,
        defaults={
            "may_sign": may_sign,
            "invited_by": by,
            "invited_at": at,
            "expires_at": at + VALID_FOR,
            "joined_at": None,
            "token": secrets.token_urlsafe(32),
        },
    )
    entry = record("coordinator_invited", by=by, at=at, programme=programme, may_sign=may_sign)
    outbox.queue(messages.InvitationToTeam(invitation.pk, entry.pk), due_at=at)
    return invitation


@transaction.atomic
def join_team(invitation: TeamInvitation, *, person: Person, at: datetime) -> Coordinator:
    """Enter the team that the invitation offers, once; raise Refused if that is over by now."""
    offers = TeamInvitation.objects.select_for_update(of=("self",))
    offer = offers.filter(pk=invitation.pk).first()  # None: taken back since it was read
    if offer is None or not offer.is_open(at=at) or person.email.lower() != offer.email:
        text = gettext_noop("Cette invitation a déjà servi, a expiré ou a été retirée.")
        raise Refused(verdict_of([Breach("invitation:over", Sentence(text))]))
    offer.joined_at = at
    offer.save()
    return _entitle(offer.programme, person, may_sign=offer.may_sign, by=offer.invited_by, at=at)


@transaction.atomic
def recall_invitation(invitation: TeamInvitation, *, by: Person, at: datetime) -> None:
    """Take back an invitation: its link opens nothing any more; raise Refused once it is accepted."""
    offers = TeamInvitation.objects.select_for_update(of=("self",))
    offer = offers.filter(pk=invitation.pk).first()
    if offer is None:
        return
    if offer.is_used:
        text = gettext_noop(
            "Trop tard : %(email)s a déjà rejoint {l'équipe} ; la liste permet de l'en retirer."
        )
        facts = {"email": offer.email}
        raise Refused(verdict_of([Breach("invitation:accepted", Sentence(text, facts))]))
    offer.delete()
    record("coordinator_uninvited", by=by, at=at, programme=invitation.programme)


@transaction.atomic
def remove_from_team(coordinator: Coordinator, *, by: Person, at: datetime) -> None:
    programme, person = coordinator.programme, coordinator.person_id
    coordinator.delete()
    record("coordinator_removed", by=by, at=at, programme=programme, person=person)


def _entitle(
    programme: Programme, person: Person, *, may_sign: bool, by: Person, at: datetime
) -> Coordinator:
    coordinator, _ = Coordinator.objects.update_or_create(
        programme=programme, person=person, defaults={"may_sign": may_sign}
    )
    record("coordinator_added", by=by, at=at, programme=programme, person=person.pk)
    return coordinator
