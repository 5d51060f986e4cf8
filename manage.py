#!/usr/bin/env python
"""Command-line entry point of Binôme."""

import os
import secrets
import sys

# They read and write files alone: no installation needs to be set up for them.
WITHOUT_INSTALLATION = ("match", "match_choices")


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    if sys.argv[1:2] == ["demo"]:
        os.environ.setdefault("DEMO", "1")
    if sys.argv[1:2] and sys.argv[1] in WITHOUT_INSTALLATION:
        os.environ.setdefault("SECRET_KEY", secrets.token_urlsafe(64))
    try:
        run()
    except KeyboardInterrupt:
        sys.exit(130)  # as a shell says it; what a command had to tell it has told


def run() -> None:
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import execute_from_command_line

    try:
        execute_from_command_line(sys.argv)
    except ImproperlyConfigured as error:
        sys.exit(f"{error}\nOn the demo's own data: DEMO=1 before the command.")


if __name__ == "__main__":
    main()
