"""`manage.py verify_convention FILE…`: valid, altered or unknown, and why."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from charters.services.proving import check_chain
from charters.verifying import Finding, Outcome, examine

_WORDS = {Outcome.VALID: "valide", Outcome.ALTERED: "altéré", Outcome.UNKNOWN: "inconnu"}


class Command(BaseCommand):
    help = "Dit de chaque fichier s'il est valide, altéré ou inconnu ; sort en erreur s'il ne l'est pas."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", nargs="+", type=Path, metavar="FICHIER")

    def handle(self, *args: Any, files: list[Path], **options: Any) -> None:
        are_valid = [self._tell(path) for path in files]
        if not all(are_valid):
            sys.exit(1)

    def _tell(self, path: Path) -> bool:
        try:
            finding = examine(path.read_bytes())
        except OSError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{_WORDS[finding.outcome]}  {path}")
        for reason in finding.reasons:
            self.stdout.write(f"    {reason}")
        return self._chain_is_whole(finding) and finding.outcome is Outcome.VALID

    def _chain_is_whole(self, finding: Finding) -> bool:
        """The proof file in the database, beside the one printed on the document."""
        if finding.convention is None:
            return True
        faults = check_chain(finding.convention)
        count = finding.convention.proof.count()
        self.stdout.write(f"    {finding.convention}")
        if not faults:
            self.stdout.write(f"    La chaîne de preuve est entière : {count} maillons.")
        for fault in faults:
            self.stdout.write(f"    Chaîne de preuve : {fault}")
        return not faults
