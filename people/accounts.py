"""Accounts made for people whom an association enters itself."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password
from django.db.models import QuerySet
from django.db.models.functions import Lower

from people.models import Person

Names = tuple[str, str]  # first name, last name


def find_or_make_accounts(names: Mapping[str, Names]) -> dict[str, Person]:
    """The account of each address (in lower case), in a fixed number of queries.

    An account that exists already stays exactly as it is. A new one has no password: its owner
    comes in by a code sent to the address, which proves it.
    """
    known = {person.email.lower() for person in _with_addresses(names)}
    new = [
        Person(
            email=email, first_name=first_name, last_name=last_name, password=make_password(None)
        )
        for email, (first_name, last_name) in names.items()
        if email not in known
    ]
    # Someone may sign up elsewhere at this very moment: theirs is then the account.
    Person.objects.bulk_create(new, ignore_conflicts=True)
    found = {person.email.lower(): person for person in _with_addresses(names)}
    EmailAddress.objects.bulk_create(
        [
            EmailAddress(user=found[one.email], email=one.email, primary=True, verified=False)
            for one in new
            if found[one.email].password == one.password
        ],
        ignore_conflicts=True,
    )
    return found


def addresses_of(people: Iterable[Person]) -> dict[int, set[str]]:
    """Every address each account holds: the one it logs in by, and others that were verified."""
    addresses = {person.pk: {person.email} for person in people}
    others = EmailAddress.objects.filter(user__in=list(addresses), verified=True)
    for person_id, email in others.values_list("user_id", "email"):
        addresses[person_id].add(email)
    return addresses


def _with_addresses(names: Mapping[str, Names]) -> QuerySet[Person]:
    return Person.objects.annotate(lower_email=Lower("email")).filter(lower_email__in=list(names))
