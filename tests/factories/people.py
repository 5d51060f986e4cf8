"""The same people everywhere, and organisations for them.

Camille mentors, Nour is mentored, Alix coordinates, Sacha is a stranger, Robin coordinates
elsewhere.
"""

from allauth.account.models import EmailAddress

from people.models import Organisation, Person


def make_person(first_name: str, last_name: str, *, email: str = "", **fields: object) -> Person:
    """A person who can log in: the address is verified, the password is `motdepasse`."""
    address = email or f"{first_name}.{last_name}@example.org".lower()
    person = Person.objects.create_user(
        address, "motdepasse", first_name=first_name, last_name=last_name, **fields
    )
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    return person


def make_organisation(
    name: str = "Les Ponts du Savoir", *, slug: str = "ponts-savoir"
) -> Organisation:
    return Organisation.objects.create(
        name=name, slug=slug, contact_email=f"mentorat@{slug}.example.org"
    )


def make_camille() -> Person:
    return make_person("Camille", "Moreau")


def make_nour() -> Person:
    return make_person("Nour", "Haddad")


def make_alix() -> Person:
    return make_person("Alix", "Bernard")


def make_sacha() -> Person:
    return make_person("Sacha", "Petit")


def make_robin() -> Person:
    return make_person("Robin", "Lefèvre", email="robin.lefevre@example.org")
