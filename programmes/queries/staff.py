"""Who runs a programme, and who is asked to."""

from __future__ import annotations

from django.db.models import QuerySet

from people.models import Organisation, OrganisationRole
from programmes.models import Coordinator, Programme, TeamInvitation
from programmes.policy.rules import PartyKind


def coordinators_of(programme: Programme) -> QuerySet[Coordinator]:
    return (
        Coordinator.objects.filter(programme=programme)
        .select_related("person")
        .order_by("person__last_name", "person__first_name")
    )


def asks_the_association_to_sign(programme: Programme) -> bool:
    """Whether a version of its rules makes the association a party to the agreement."""
    return any(
        party.kind is PartyKind.ORGANISATION
        for rule_set in programme.rule_sets.all()
        for party in rule_set.rules.agreement.parties
    )


def managers_of(organisation: Organisation) -> QuerySet[OrganisationRole]:
    """The people responsible for the association, who see all its programmes."""
    return (
        OrganisationRole.objects.filter(
            organisation=organisation, kind=OrganisationRole.Kind.MANAGER
        )
        .select_related("person")
        .order_by("person__last_name", "person__first_name")
    )


def team_invitations_of(programme: Programme) -> QuerySet[TeamInvitation]:
    """The invitations into the team that nobody has accepted, expired ones among them."""
    return TeamInvitation.objects.filter(programme=programme, joined_at=None)
