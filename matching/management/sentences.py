"""How commands that work on files refuse, or stop: a sentence, and nothing written."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar

from django.core.management.base import BaseCommand, CommandError

from matching.files.refusing import Unusable
from programmes.programme_files import UnreadableProgramme

INTERRUPTED = 130  # as shells say it

C = TypeVar("C", bound=BaseCommand)
P = ParamSpec("P")


def refusing_in_sentences(
    handle: Callable[Concatenate[C, P], None],
) -> Callable[Concatenate[C, P], None]:
    """Turn what is wrong with the files, or Ctrl-C, into the last words of a command."""

    @wraps(handle)
    def told(self: C, *args: P.args, **kwargs: P.kwargs) -> None:
        try:
            handle(self, *args, **kwargs)
        except (Unusable, UnreadableProgramme) as error:
            raise CommandError(f"{error}\nRien n'a été écrit.") from None
        except KeyboardInterrupt:
            raise CommandError("Interrompu : rien n'a été écrit.", returncode=INTERRUPTED) from None

    return told
