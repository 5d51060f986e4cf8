"""`manage.py programme check|load|export`: programmes as files."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from people import clock
from people.models import Organisation
from programmes.models import Programme
from programmes.policy.document import UnreadableRules
from programmes.programme_files import UnreadableProgramme, open_programme
from programmes.services.catalogue import export_programme, load_programme, remarks_on


class Command(BaseCommand):
    help = "Vérifie, charge ou écrit un programme (fichier TOML)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        acts = parser.add_subparsers(dest="act", required=True, metavar="check|load|export")
        check = acts.add_parser("check", help="dit tout ce qui ne va pas dans un fichier")
        check.add_argument("file", type=Path, nargs="+")
        load = acts.add_parser("load", help="charge un fichier pour une association")
        load.add_argument("file", type=Path)
        load.add_argument("--organisation", required=True, metavar="SLUG")
        export = acts.add_parser("export", help="écrit un programme sur la sortie standard")
        export.add_argument("slug")
        export.add_argument("--organisation", metavar="SLUG")

    def handle(self, *args: Any, **options: Any) -> None:
        {"check": self._check, "load": self._load, "export": self._export}[options["act"]](options)

    def _check(self, options: dict[str, Any]) -> None:
        wrong = []
        for path in options["file"]:
            try:
                file = open_programme(path)
            except UnreadableProgramme as error:
                wrong.append(str(error))
            else:
                self.stdout.write(f"{path} : en ordre ({file.heading.name})")
        if wrong:
            raise CommandError("\n".join(wrong))

    def _load(self, options: dict[str, Any]) -> None:
        try:
            file = open_programme(options["file"])
        except UnreadableProgramme as error:
            raise CommandError(str(error)) from None
        slug = options["organisation"]
        organisation = Organisation.objects.filter(slug=slug).first()
        if organisation is None:
            known = ", ".join(Organisation.objects.values_list("slug", flat=True)) or "aucune"
            raise CommandError(f"Pas d'association « {slug} ». Associations connues : {known}.")
        programme = load_programme(file, organisation=organisation, by=None, at=clock.now())
        version = programme.rule_sets.latest("version").version
        self.stdout.write(
            f"{programme.name} : chargé pour {organisation.name}, règles en version {version}."
        )
        for remark in remarks_on(file, programme):
            self.stdout.write(remark)

    def _export(self, options: dict[str, Any]) -> None:
        found = Programme.objects.filter(slug=options["slug"]).select_related("organisation")
        if options["organisation"]:
            found = found.filter(organisation__slug=options["organisation"])
        if not found:
            known = ", ".join(Programme.objects.values_list("slug", flat=True)) or "aucun"
            raise CommandError(
                f"Pas de programme « {options['slug']} ». Programmes connus : {known}."
            )
        if len(found) > 1:
            owners = ", ".join(programme.organisation.slug for programme in found)
            raise CommandError(
                f"Plusieurs associations ont un programme « {options['slug']} » : préciser --organisation ({owners})."
            )
        try:
            self.stdout.write(export_programme(found[0]), ending="")
        except UnreadableRules as error:
            raise CommandError(str(error)) from None
