"""`manage.py seal`: the keys that prove and seal conventions."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from charters import authority
from charters.keys import folder_of, has_keys
from charters.services.proving import mark_ends_again
from people.models import Organisation


class Command(BaseCommand):
    help = "Fabrique ou installe les clés de preuve et de sceau, dans KEYS_DIR."

    def add_arguments(self, parser: ArgumentParser) -> None:
        acts = parser.add_subparsers(dest="act", required=True)
        create = acts.add_parser("create", help="une clé de preuve s'il en manque une, et un sceau")
        create.add_argument("--name", help="le nom que porte le certificat")
        create.add_argument("--if-missing", action="store_true", help="ne rien faire s'il y en a")
        acts.add_parser(
            "renew-proof",
            help="une nouvelle clé de preuve ; l'ancienne vérifie ce qu'elle a prouvé",
        )
        use = acts.add_parser("use", help="installer un certificat de sceau obtenu ailleurs")
        use.add_argument("--key", type=Path, required=True, help="clé privée, PEM")
        use.add_argument("--certificate", type=Path, required=True, help="son certificat, PEM")
        use.add_argument("--authority", type=Path, required=True, help="ses autorités, PEM")

        for act in (create, use):
            act.add_argument(
                "--organisation", default="", help="le sceau propre à cette association"
            )

    def handle(self, *args: Any, act: str, **options: Any) -> None:
        folder = Path(settings.KEYS_DIR)
        if act == "create":
            if options["if_missing"] and has_keys():
                return
            owner = self._owner(options["organisation"])
            name = options["name"] or (owner.name if owner else "Binôme")
            authority.make_seal(folder_of(options["organisation"]), name=name, at=timezone.now())
        elif act == "renew-proof":
            self._renew_proof(folder)
        else:
            self._owner(options["organisation"])
            self._use(folder_of(options["organisation"]), options)
        if not settings.PROOF_KEY and not (folder / authority.PROOF_KEY).exists():
            authority.make_proof_key(folder)
        self.stdout.write(
            f"Clés dans {folder} : gardez-en une copie en lieu sûr, hors des sauvegardes de la base.\n"
            "Sans la clé de preuve, les preuves données ne peuvent plus être vérifiées."
        )

    def _owner(self, slug: str) -> Organisation | None:
        if not slug:
            return None
        try:
            return Organisation.objects.get(slug=slug)
        except Organisation.DoesNotExist as error:
            raise CommandError(f"Aucune association ne s'appelle « {slug} ».") from error

    def _renew_proof(self, folder: Path) -> None:
        """With PROOF_KEY in the environment it is there that the keys changed."""
        try:
            if not settings.PROOF_KEY:
                authority.replace_proof_key(folder)
            strange = mark_ends_again()
        except FileNotFoundError as error:
            raise CommandError(f"Il n'y a pas de clé à remplacer : {error}") from error
        if strange:
            told = ", ".join(map(str, strange))
            self.stderr.write(f"Preuves qu'aucune clé ne reconnaît, laissées telles : {told}")

    def _use(self, folder: Path, options: dict[str, Any]) -> None:
        try:
            authority.use_seal(
                folder,
                key=options["key"].read_bytes(),
                certificate=options["certificate"].read_bytes(),
                authorities=options["authority"].read_bytes(),
                passphrase=settings.SEAL_KEY_PASSPHRASE or None,
                at=timezone.now(),
            )
        except (OSError, ValueError) as error:
            raise CommandError(f"Ce certificat ne peut pas servir : {error}") from error
