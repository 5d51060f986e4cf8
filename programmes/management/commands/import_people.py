"""`manage.py import_people FILE --cohort ORG/PROGRAMME/COHORT --role mentor`: an association's own list."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from people import clock
from people.models import Person
from people.spreadsheets import Problem, Table, UnreadableFile, column_letters, read_table
from programmes.importing.choosing import UnknownName, choose
from programmes.importing.columns import Column, Decisions, look_at, objections
from programmes.importing.plan import Plan
from programmes.importing.rejects import write_rejects
from programmes.importing.targets import Target, targets_of
from programmes.models import Cohort
from programmes.policy.terms import Role
from programmes.programme_files import why_unreadable
from programmes.services import importing

SHOWN_PROBLEMS = 50


class Command(BaseCommand):
    help = "Importe une liste de personnes (CSV ou XLSX) dans une campagne ; n'écrit à personne."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--cohort", required=True, metavar="ASSOCIATION/PROGRAMME/CAMPAGNE")
        parser.add_argument("--role", required=True, choices=list(Role))
        parser.add_argument(
            "--map",
            action="append",
            default=[],
            metavar="COLONNE=CIBLE",
            help="ce que devient une colonne ; « COLONNE= » la laisse de côté (répétable)",
        )
        parser.add_argument(
            "--only-valid", action="store_true", help="importer les lignes sans erreur seulement"
        )
        parser.add_argument(
            "--rejects", type=Path, help="où écrire les lignes écartées et les raisons (CSV)"
        )
        parser.add_argument(
            "--incomplete",
            action="store_true",
            help="les réponses obligatoires qui manquent seront données par les personnes",
        )
        parser.add_argument(
            "--alumni", action="store_true", help="toute la liste est d'anciens élèves"
        )
        parser.add_argument(
            "--allow-sensitive",
            action="append",
            default=[],
            metavar="COLONNE",
            help="importer une colonne sensible (répétable, avec --map et --reason)",
        )
        parser.add_argument("--reason", default="", help="pourquoi les colonnes sensibles")
        parser.add_argument(
            "--allow-repeated",
            action="append",
            default=[],
            metavar="COLONNE",
            help="importer une colonne qui répète ce qui est refusé (répétable, avec --map)",
        )
        parser.add_argument(
            "--admit", action="store_true", help="admettre aussitôt qui remplit les conditions"
        )
        parser.add_argument("--by", metavar="E-MAIL", help="la personne au nom de qui c'est fait")
        parser.add_argument("--dry-run", action="store_true", help="montrer sans rien importer")

    def handle(self, *args: Any, **options: Any) -> None:
        cohort = find_cohort(options["cohort"])
        by = find_person(options["by"]) if options["by"] else None
        table = read_file(options["file"])
        targets = targets_of(cohort.rules, Role(options["role"]), cohort.vocabulary)
        columns = look_at(table, targets)
        try:
            decisions = choose(
                columns,
                targets,
                Role(options["role"]),
                mapped=options["map"],
                sensitive=options["allow_sensitive"],
                reason=options["reason"],
                repeated=options["allow_repeated"],
                incomplete=options["incomplete"],
                all_alumni=options["alumni"],
            )
        except UnknownName as error:
            raise CommandError(str(error)) from None
        self._say_mapping(table, columns, targets, decisions)
        against = objections(table, columns, targets, decisions)
        if against:
            raise CommandError("\n".join(against))
        if options["dry_run"]:
            plan = importing.plan_of(cohort, table=table, decisions=decisions, at=clock.now())
            self._say_problems(table, decisions, plan, options["rejects"])
            self.stdout.write(f"{len(plan.people)} personnes à importer. Rien n'a été importé.")
            return
        self._import(cohort, table, decisions, by, options)

    def _import(
        self,
        cohort: Cohort,
        table: Table,
        decisions: Decisions,
        by: Person | None,
        options: dict[str, Any],
    ) -> None:
        try:
            imported = importing.import_people(
                cohort,
                table=table,
                decisions=decisions,
                only_valid=options["only_valid"],
                admit=options["admit"],
                by=by,
                at=clock.now(),
            )
        except importing.NothingImported as refusal:
            self._say_problems(table, decisions, refusal.plan, options["rejects"])
            raise CommandError(
                f"Rien n'a été importé : {len(refusal.plan.rejected_lines)} lignes à corriger sur "
                f"{len(table.rows)} (--only-valid importe les autres)."
            ) from None
        self._say_problems(table, decisions, imported.plan, options["rejects"])
        self.stdout.write(
            f"{imported.entered} personnes importées : {imported.admitted} admises, "
            f"{imported.to_examine} à examiner, {imported.to_complete} à compléter par elles-mêmes ; "
            f"{len(imported.plan.rejected_lines)} lignes écartées. Personne n'a reçu de message."
        )

    def _say_mapping(
        self,
        table: Table,
        columns: Sequence[Column],
        targets: Sequence[Target],
        decisions: Decisions,
    ) -> None:
        labels = {target.key: target.label for target in targets}
        becomes = {column: labels[key] for key, column in decisions.mapping.items()}
        self.stdout.write(f"{table.source}, {len(table.rows)} lignes.")
        for column in columns:
            letters = column_letters(column.number + 1)
            self.stdout.write(
                f"  {letters} « {column.heading} » → {becomes.get(column.number, 'laissée de côté')}"
            )
            if column.number not in decisions.mapping.values():
                for sentence in column.warnings(decisions):
                    self.stdout.write(f"      {sentence}")

    def _say_problems(
        self, table: Table, decisions: Decisions, plan: Plan, rejects: Path | None
    ) -> None:
        self._say_some(plan.notes)
        self._say_some(plan.problems)
        if rejects and plan.problems:
            rejects.write_bytes(write_rejects(table, decisions, plan))
            self.stdout.write(f"Lignes écartées : {rejects}")

    def _say_some(self, problems: Sequence[Problem]) -> None:
        for problem in problems[:SHOWN_PROBLEMS]:
            self.stdout.write(f"  {problem}")
        if len(problems) > SHOWN_PROBLEMS:
            self.stdout.write(f"  … et {len(problems) - SHOWN_PROBLEMS} de plus (--rejects).")


def find_cohort(path: str) -> Cohort:
    organisation, _slash, rest = path.partition("/")
    programme, _slash, slug = rest.partition("/")
    cohorts = Cohort.objects.select_related("programme__organisation", "rule_set")
    cohort = cohorts.filter(
        programme__organisation__slug=organisation, programme__slug=programme, slug=slug
    ).first()
    if cohort is None:
        known = ", ".join(
            f"{one.programme.organisation.slug}/{one.programme.slug}/{one.slug}" for one in cohorts
        )
        raise CommandError(f"Pas de campagne « {path} ». Campagnes connues : {known or 'aucune'}.")
    return cohort


def find_person(email: str) -> Person:
    person = Person.objects.filter(email__iexact=email).first()
    if person is None:
        raise CommandError(f"Pas de compte à l'adresse « {email} ».")
    return person


def read_file(path: Path) -> Table:
    try:
        return read_table(path.read_bytes(), path.name, limits=importing.LIMITS)
    except OSError as error:
        raise CommandError(f"{path} : {why_unreadable(error)}.") from None
    except UnreadableFile as error:
        raise CommandError(f"{path} : {error}") from None
