"""Who was excluded for good, by whichever address they come back (K1)."""

from __future__ import annotations

from collections.abc import Iterable

from people.accounts import addresses_of
from people.mailboxes import mailbox_of
from people.models import Person
from programmes.models import Exclusion


def excluded_mailboxes(organisation_id: int) -> frozenset[str]:
    """The mailboxes of those an association excluded, whatever was written after a « + »."""
    emails = Exclusion.objects.filter(organisation_id=organisation_id).values_list(
        "email", flat=True
    )
    return frozenset(mailbox_of(email) for email in emails)


def excluded_people(organisation_id: int, people: Iterable[Person]) -> frozenset[int]:
    """Which of these accounts are excluded: the account itself, or a mailbox that it holds."""
    known = list(
        Exclusion.objects.filter(organisation_id=organisation_id).values_list("person_id", "email")
    )
    if not known:
        return frozenset()
    accounts = {person_id for person_id, _email in known}
    mailboxes = {mailbox_of(email) for _person_id, email in known}
    return frozenset(
        person_id
        for person_id, addresses in addresses_of(people).items()
        if person_id in accounts or any(mailbox_of(one) in mailboxes for one in addresses)
    )
