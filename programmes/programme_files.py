"""Programme files opened from the disk, for commands."""

from __future__ import annotations

import errno
from pathlib import Path

from programmes.policy.document import UnreadableRules
from programmes.services.catalogue import LARGEST_FILE, ProgrammeFile, parse_programme


class UnreadableProgramme(ValueError):
    """A file that is no programme; the message says everything wrong, a line for each thing."""


def why_unreadable(error: OSError) -> str:
    """Why the system does not give a file, in a few words."""
    return {
        errno.ENOENT: "ce fichier n'existe pas",
        errno.EISDIR: "c'est un dossier",
        errno.EACCES: "l'accès en est refusé",
    }.get(error.errno or 0, "il est illisible")


def open_programme(path: Path) -> ProgrammeFile:
    """The programme in a file; raise UnreadableProgramme."""
    try:
        with path.open("rb") as file:
            content = file.read(LARGEST_FILE + 1)
        if len(content) > LARGEST_FILE:
            raise UnreadableProgramme(
                f"{path} : ce fichier est trop grand pour un programme (1 Mo au plus)."
            )
        return parse_programme(content.decode("utf-8-sig"))
    except OSError as error:
        raise UnreadableProgramme(f"{path} : {why_unreadable(error)}.") from None
    except UnicodeDecodeError as error:
        raise UnreadableProgramme(
            f"{path} : ce texte n'est pas en UTF-8 (octet {error.start + 1}) ; l'enregistrer en UTF-8."
        ) from None
    except UnreadableRules as error:
        raise UnreadableProgramme(
            "\n".join(f"{path} : {problem}" for problem in error.problems)
        ) from None
