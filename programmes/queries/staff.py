"""Who runs a programme, and whom its association knows."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q, QuerySet

from people.models import Organisation, OrganisationRole, Person
from programmes.models import Coordinator, Enrolment, Programme


def coordinators_of(programme: Programme) -> QuerySet[Coordinator]:
    return (
        Coordinator.objects.filter(programme=programme)
        .select_related("person")
        .order_by("person__last_name", "person__first_name")
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


def known_person(organisation: Organisation, email: str) -> Person | None:
    """The account of this address if the association knows the person.

    Accounts elsewhere stay unseen, and so do those of people it only has on a list.
    """
    theirs = Enrolment.objects.filter(
        person=OuterRef("pk"), cohort__programme__organisation=organisation
    )
    listed = Exists(theirs.exclude(listed_email=""))
    known = (
        Q(Exists(theirs.filter(listed_email="")))
        | Q(~listed, memberships__organisation=organisation)
        | Q(organisation_roles__organisation=organisation)
        | Q(coordinated__programme__organisation=organisation)
    )
    return Person.objects.filter(known, email__iexact=email.strip(), is_active=True).first()
