"""Results written whole or not at all."""

from __future__ import annotations

import errno
import os
import tempfile
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path

from django.utils.translation import gettext as _

from matching.files.refusing import Unusable


def write_all(contents: Mapping[Path, bytes]) -> None:
    """Put every content in its file, once all are safely on the disk; raise Unusable.

    An interruption leaves the files as they were.
    """
    waiting: dict[Path, Path] = {}
    try:
        for path, content in contents.items():
            handle, name = tempfile.mkstemp(prefix=".binome-", dir=path.parent)
            waiting[path] = Path(name)
            with os.fdopen(handle, "wb") as file:
                file.write(content)
            os.chmod(name, 0o644)
        for path in contents:
            waiting[path].replace(path)
            del waiting[path]
    except OSError as error:
        raise Unusable([_cannot_write(path, error)]) from None
    finally:
        for left in waiting.values():
            left.unlink(missing_ok=True)


def refuse_unwritable(*paths: Path, read: Collection[Path]) -> None:
    """Raise Unusable before a long calculation, rather than after, where nothing can be written.

    What is `read` is not written over, nor one result over another.
    """
    wrong = [sentence for path in paths for sentence in _obstacles(path)]
    wrong += [
        _("%(file)s est aussi un fichier à lire : donnez un autre nom au résultat.")
        % {"file": path}
        for path in paths
        if path.resolve() in {one.resolve() for one in read}
    ]
    if len({path.resolve() for path in paths}) < len(paths):
        wrong.append(_("%(file)s ne peut recevoir deux résultats.") % {"file": paths[0]})
    if wrong:
        raise Unusable(wrong)


def _obstacles(path: Path) -> Iterator[str]:
    try:
        if path.is_dir():
            yield _("%(file)s est un dossier.") % {"file": path}
        elif not path.absolute().parent.is_dir():
            yield _("%(file)s : ce dossier n'existe pas.") % {"file": path}
    except OSError as error:  # a name too long, for instance
        yield _cannot_write(path, error)


def _cannot_write(path: Path, error: OSError) -> str:
    why = {
        errno.EACCES: _("l'accès est refusé"),
        errno.EPERM: _("l'accès est refusé"),
        errno.EROFS: _("on ne peut que lire ici"),
        errno.ENOSPC: _("il n'y a plus de place"),
        errno.ENAMETOOLONG: _("ce nom est trop long"),
    }.get(error.errno or 0, _("le système refuse"))
    return _("%(file)s : impossible d'écrire (%(why)s).") % {"file": path, "why": why}
