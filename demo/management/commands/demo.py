"""`manage.py demo`: five lively programmes, served with their background jobs in one process."""

from __future__ import annotations

import signal
from argparse import ArgumentParser, ArgumentTypeError
from datetime import date, timedelta
from typing import Any

import waitress
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.core.wsgi import get_wsgi_application
from django.utils.module_loading import import_string

from demo import timeline
from demo.cast import CAST
from demo.models import SentMail
from demo.seed import seed
from people import clock
from programmes.models import Programme

PLAN_EVERY = timedelta(seconds=20)
SWEEP_EVERY = timedelta(seconds=5)


def a_day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ArgumentTypeError(f"« {text} » n'est pas une date : écrire 2027-03-01") from None


class Command(BaseCommand):
    help = "Sert la démonstration à http://127.0.0.1:8000 ; Ctrl-C termine tout."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--date", type=a_day, help="avance l'horloge jusqu'à ce jour")
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--reset", action="store_true", help="recommence à zéro")

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("La démonstration n'est pas installée ici (réglage DEMO).")
        settings.SITE_URL = f"http://127.0.0.1:{options['port']}"
        self._prepare(reset=options["reset"])
        if options["date"]:
            self._advance(options["date"])
        self._serve(options["port"])

    def _prepare(self, *, reset: bool) -> None:
        call_command("migrate", verbosity=0)
        if reset:
            call_command("flush", interactive=False, verbosity=0)
        if not Programme.objects.exists():
            self.stdout.write("La démonstration se remplit, une minute au plus…")
            seed(clock.now())
        timeline.resume()

    def _advance(self, day: date) -> None:
        try:
            days = timeline.advance_to(day)
        except ValueError as error:
            raise CommandError(str(error)) from None
        self.stdout.write(f"{days} jours ont passé, {SentMail.objects.count()} courriels en tout.")

    def _serve(self, port: int) -> None:
        try:
            server = waitress.create_server(
                get_wsgi_application(), listen=f"127.0.0.1:{port}", threads=8
            )
        except OSError as error:
            raise CommandError(
                f"Le port {port} n'est pas libre ({error.strerror}). Essayer : manage.py demo --port {port + 1}"
            ) from None
        # A script that starts the demo in the background leaves it deaf to Ctrl-C otherwise.
        for ending in (signal.SIGINT, signal.SIGTERM):
            signal.signal(ending, signal.default_int_handler)
        embedded_jobs = import_string(settings.EMBEDDED_JOBS)
        with embedded_jobs(plan_every=PLAN_EVERY, sweep_every=SWEEP_EVERY):
            self._say_where(port)
            try:
                server.run()
            except KeyboardInterrupt:
                server.close()
        self.stdout.write("La démonstration est arrêtée.")

    def _say_where(self, port: int) -> None:
        self.stdout.write(
            f"\nBinôme est prêt, le {clock.today():%d/%m/%Y} :\n\n"
            f"  http://127.0.0.1:{port}/demo/   entrer d'un clic, voir les courriels, avancer dans le temps\n"
            f"  http://127.0.0.1:{port}/        l'accueil du site\n\n"
            "Comptes à essayer (mot de passe : demonstration)\n"
        )
        for entry in CAST:
            self.stdout.write(f"  {entry.email:<44} {entry.what}")
        self.stdout.write("\nCtrl-C pour finir.\n")
        self.stdout.flush()
