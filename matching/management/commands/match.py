"""`manage.py match MENTORS MENTEES --programme FILE.toml -o PAIRS.csv`: no database needed."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from matching.engine.certificate import check
from matching.engine.reading import read_pool
from matching.engine.result import FAIR, PLAIN
from matching.engine.solving import solve
from matching.files.lists import Lists, open_list, read_lists
from matching.files.report import Run, pairs_as_csv, report_as_html
from matching.files.settling import Pairs, read_pairs, read_weights, refuse_contradictions
from matching.files.writing import refuse_unwritable, write_all
from matching.management.sentences import refusing_in_sentences
from matching.telling import tell_proof
from people import clock
from programmes.policy.terms import Role
from programmes.programme_files import open_programme
from programmes.vocabulary import Vocabulary

STEPS = {
    "total": "Le plus de binômes possible…",
    "floor": "Le mieux possible pour les moins bien servis…",
    "proof": "La preuve…",
}


class Command(BaseCommand):
    help = (
        "Apparie deux listes (CSV ou XLSX) selon un fichier de programme, sans base de données. "
        "Chaque liste donne prénom, nom, adresse e-mail et les réponses que le programme demande."
    )
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("mentors", type=Path)
        parser.add_argument("mentees", type=Path)
        parser.add_argument("--programme", type=Path, required=True, metavar="FICHIER.toml")
        parser.add_argument("-o", "--output", type=Path, required=True, metavar="BINOMES.csv")
        parser.add_argument("--report", type=Path, metavar="RAPPORT.html")
        parser.add_argument(
            "--weights",
            action="append",
            default=[],
            metavar="CRITÈRE=NOMBRE",
            help="ce que pèse un critère, à la place du programme (plusieurs : séparés par des virgules)",
        )
        parser.add_argument(
            "--lock",
            type=Path,
            action="append",
            default=[],
            metavar="FICHIER",
            help="les couples à garder : deux colonnes d'adresses, mentor et mentoré",
        )
        parser.add_argument(
            "--forbid",
            type=Path,
            action="append",
            default=[],
            metavar="FICHIER",
            help="les couples à ne pas faire",
        )
        for side in ("mentors", "mentees"):
            parser.add_argument(
                f"--map-{side}",
                action="append",
                default=[],
                metavar="COLONNE=CIBLE",
                help="ce que devient une colonne ; « COLONNE= » la laisse de côté (répétable)",
            )
        parser.add_argument(
            "--only-valid", action="store_true", help="laisser de côté les lignes qui ne vont pas"
        )
        parser.add_argument(
            "--incomplete", action="store_true", help="accepter qu'il manque des réponses"
        )
        parser.add_argument(
            "--alumni", action="store_true", help="les deux listes sont d'anciens élèves"
        )
        parser.add_argument(
            "--plain",
            action="store_true",
            help="chercher le plus grand total seulement, sans veiller aux moins bien servis",
        )

    @refusing_in_sentences
    def handle(self, *args: Any, **options: Any) -> None:
        outputs = [path for path in (options["output"], options["report"]) if path]
        read = [options["mentors"], options["mentees"], options["programme"]]
        refuse_unwritable(*outputs, read=[*read, *options["lock"], *options["forbid"]])
        file = open_programme(options["programme"])
        today = clock.today()
        self._say("La lecture des listes…")
        given = {
            role: open_list(
                options[side],
                role,
                rules=file.rules,
                vocabulary=file.vocabulary,
                mapped=options[f"map_{side}"],
                incomplete=options["incomplete"],
                all_alumni=options["alumni"],
            )
            for side, role in (("mentors", Role.MENTOR), ("mentees", Role.MENTEE))
        }
        lists = read_lists(
            given[Role.MENTOR],
            given[Role.MENTEE],
            rules=file.rules,
            vocabulary=file.vocabulary,
            only_valid=options["only_valid"],
            today=today,
        )
        locked, forbidden = (
            self._pairs(options[name], lists, file.vocabulary) for name in ("lock", "forbid")
        )
        refuse_contradictions(lists, locked, forbidden)
        self._say(f"Mentors : {len(lists.mentors)}. Mentorés : {len(lists.mentees)}.")
        pool = read_pool(
            lists.rules,
            [one.candidate for one in lists.mentees],
            [one.candidate for one in lists.mentors],
            weights=read_weights(options["weights"], file.rules),
            locked=locked,
            forbidden=forbidden,
        )
        result = solve(pool, PLAIN if options["plain"] else FAIR, tell=self._tell_progress)
        check(pool, [(match.mentee, match.mentor) for match in result.pairs], result.certificate)
        run = Run(file.heading.name, file.vocabulary, lists, pool, result, today)
        separator = given[Role.MENTEE].table.separator
        contents = {options["output"]: pairs_as_csv(run, separator=separator)}
        if options["report"]:
            contents[options["report"]] = report_as_html(run)
        write_all(contents)
        for sentence in (*lists.unknown, *lists.left_out):
            self._say(sentence)
        self._say(tell_proof(result.certificate, file.vocabulary))
        self.stdout.write(
            f"Mentorés avec un mentor : {result.matched} sur {len(lists.mentees)} : "
            + ", ".join(map(str, outputs))
        )

    def _pairs(self, paths: list[Path], lists: Lists, vocabulary: Vocabulary) -> Pairs:
        """The pairs of all these files; of one that stands twice, the first place."""
        found: Pairs = {}
        for path in paths:
            found = read_pairs(path, lists, vocabulary) | found
        return found

    def _tell_progress(self, step: str, number: int) -> None:
        """The steps of a long run; its rounds too, where somebody is watching."""
        if step in STEPS and not number:
            self._say(STEPS[step])
        elif self.stderr.isatty():
            self.stderr.write(".", ending="")

    def _say(self, sentence: str) -> None:
        self.stderr.write(sentence)
