"""`manage.py organisation SLUG`: an association, and who is responsible for it."""

from __future__ import annotations

from argparse import ArgumentParser, ArgumentTypeError
from email.utils import parseaddr
from typing import Any, NamedTuple

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email
from django.db import transaction

from people.accounts import find_or_make_accounts
from people.models import Organisation, OrganisationRole


class Manager(NamedTuple):
    first_name: str
    last_name: str
    email: str


def a_manager(text: str) -> Manager:
    name, email = parseaddr(text)
    first_name, _, last_name = name.partition(" ")
    try:
        validate_email(email)
    except ValidationError:
        raise ArgumentTypeError(f"« {text} » : écrire « Ada Martin <ada@example.org> »") from None
    return Manager(first_name, last_name, email.lower())


class Command(BaseCommand):
    help = "Crée une association, ou lui ajoute une personne responsable."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "slug", help="lettres sans accent, chiffres et tirets, pour les adresses"
        )
        parser.add_argument("--name", default="", help="son nom ; nécessaire pour la créer")
        parser.add_argument(
            "--manager",
            type=a_manager,
            required=True,
            metavar="PERSONNE",
            help="qui en est responsable, écrit « Ada Martin <ada@example.org> » : voit tous ses "
            "programmes, en compose les équipes",
        )

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        manager: Manager = options["manager"]
        organisation = Organisation.objects.filter(slug=options["slug"]).first()
        if organisation is None:
            organisation = Organisation(
                slug=options["slug"], name=options["name"], contact_email=manager.email
            )
            self._check(organisation)
            organisation.save()
        names = (manager.first_name, manager.last_name)
        account = find_or_make_accounts({manager.email: names})[manager.email]
        OrganisationRole.objects.get_or_create(
            organisation=organisation, person=account, kind=OrganisationRole.Kind.MANAGER
        )
        self.stdout.write(
            f"{organisation.name} : {account} <{account.email}> en est responsable, et entre par "
            f"un code reçu à cette adresse."
        )

    def _check(self, organisation: Organisation) -> None:
        try:
            organisation.full_clean()
        except ValidationError as error:
            told = (f"{key} : {' '.join(texts)}" for key, texts in error.message_dict.items())
            raise CommandError("\n".join(told)) from None
