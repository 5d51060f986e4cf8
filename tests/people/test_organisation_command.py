"""`manage.py organisation`: an association and its first responsible person, without the admin."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from people.models import Organisation, OrganisationRole, Person

pytestmark = pytest.mark.django_db

ADA = "Ada Martin <Ada@example.org>"


def make(*options: str) -> str:
    said = StringIO()
    call_command("organisation", *options, stdout=said)
    return said.getvalue()


def test_an_association_begins_with_someone_responsible() -> None:
    said = make("lycee", "--name", "Lycée Jean-Moulin", "--manager", ADA)

    role = OrganisationRole.objects.get()
    assert (role.organisation.name, role.organisation.contact_email, role.kind) == (
        "Lycée Jean-Moulin",
        "ada@example.org",
        "manager",
    )
    assert (role.person.get_full_name(), role.person.has_usable_password()) == ("Ada Martin", False)
    assert "Lycée Jean-Moulin : Ada Martin <ada@example.org> en est responsable" in said


def test_asking_again_adds_someone_and_changes_nothing_else(camille: Person) -> None:
    make("lycee", "--name", "Lycée Jean-Moulin", "--manager", ADA)

    make("lycee", "--name", "Autre nom", "--manager", f"X Y <{camille.email}>")

    camille.refresh_from_db()
    assert Organisation.objects.get().name == "Lycée Jean-Moulin"
    assert OrganisationRole.objects.count() == 2
    assert camille.first_name == "Camille"


@pytest.mark.parametrize(
    ("options", "reason"),
    [
        (("lycee", "--manager", ADA), "name : "),
        (("Lycée !", "--name", "Lycée", "--manager", ADA), "slug : "),
        (
            ("lycee", "--name", "Lycée", "--manager", "Ada"),
            "écrire « Ada Martin <ada@example.org> »",
        ),
    ],
)
def test_what_is_wrong_is_told_and_nothing_is_made(options: tuple[str, ...], reason: str) -> None:
    with pytest.raises(CommandError) as refusal:
        make(*options)

    assert reason in str(refusal.value)
    assert not Organisation.objects.exists()
    assert not Person.objects.exists()
