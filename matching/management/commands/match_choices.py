"""`manage.py match_choices CHOICES MENTORS -o PAIRS.csv`: ranked lists with capacities."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from matching.engine.result import PLAIN
from matching.engine.solving import solve
from matching.files.choices import read_ranked_lists
from matching.files.writing import refuse_unwritable, write_all
from matching.management.sentences import refusing_in_sentences
from people.spreadsheets import write_csv


class Command(BaseCommand):
    help = (
        "Répartit d'après des vœux classés (colonnes : mentoré, rang, mentor) et des capacités "
        "(mentor, capacité) : le plus de monde possible, puis la plus petite somme des rangs."
    )
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("choices", type=Path)
        parser.add_argument("mentors", type=Path)
        parser.add_argument("-o", "--output", type=Path, required=True, metavar="BINOMES.csv")

    @refusing_in_sentences
    def handle(self, *args: Any, **options: Any) -> None:
        refuse_unwritable(options["output"], read=[options["choices"], options["mentors"]])
        choices = read_ranked_lists(options["choices"], options["mentors"])
        result = solve(choices.pool, PLAIN)
        pairs = [(match.mentee, match.mentor) for match in result.pairs]
        lines = [
            (choices.mentees[mentee], choices.mentors[mentor], choices.ranks[mentee, mentor])
            for mentee, mentor in pairs
        ]
        content = write_csv([choices.headings, *lines], separator=choices.separator)
        write_all({options["output"]: content})
        matched = {mentee for mentee, _mentor in pairs}
        for position, name in enumerate(choices.mentees):
            if position not in matched:
                self.stderr.write(
                    f"Personne pour {name} : toutes les places choisies vont à d'autres."
                )
        self.stdout.write(
            f"{len(pairs)} sur {len(choices.mentees)} placés, somme des rangs "
            f"{sum(choices.ranks[pair] for pair in pairs)} : {options['output']}"
        )
