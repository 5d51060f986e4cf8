"""Make what the product needs on this machine: the virtual environment and its packages.

Run by the Makefile with the system's Python, so only the standard library is used:

    python3 scripts/setup.py demo    what the product runs with
    python3 scripts/setup.py test    that, and what the tests and linters need

Run again at will: nothing happens unless a lock file has changed.
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path

import system_packages

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
LOCKS = {"demo": "requirements.txt", "test": "requirements-dev.txt"}
OLDEST_PYTHON = (3, 11)


def refuse_an_old_python() -> None:
    if sys.version_info[:2] < OLDEST_PYTHON:
        sys.exit(
            f"Il faut Python 3.11 ou plus récent ; celui-ci est le {sys.version.split()[0]}. "
            "Nommez-en un autre, par exemple : make demo PYTHON=python3.12"
        )


def stamp_of(lock: str) -> Path:
    """The file that says which version of a lock file is installed."""
    return VENV / f".installed-{Path(lock).stem}"


def fingerprint(lock: str) -> str:
    return hashlib.sha256((ROOT / lock).read_bytes()).hexdigest()


def is_installed(lock: str) -> bool:
    stamp = stamp_of(lock)
    return PYTHON.exists() and stamp.exists() and stamp.read_text() == fingerprint(lock)


def run(command: list[str | Path]) -> None:
    """Run with the settings that make uv look where pip looks, and never fetch an interpreter."""
    environment = {
        **os.environ,
        "UV_PYTHON_DOWNLOADS": "never",
        "PIP_DISABLE_PIP_VERSION_CHECK": "1",
    }
    for ours, pips in (("UV_DEFAULT_INDEX", "PIP_INDEX_URL"), ("SSL_CERT_FILE", "PIP_CERT")):
        if pips in os.environ:
            environment.setdefault(ours, os.environ[pips])
    done = subprocess.run([str(part) for part in command], cwd=ROOT, env=environment, check=False)
    if done.returncode:
        told = " ".join(str(part) for part in command)
        sys.exit(f"\nLa commande a échoué : {told}\nVérifiez l'accès au réseau, puis recommencez.")


def make_environment() -> None:
    """The virtual environment with uv inside; never the system's own packages."""
    if PYTHON.exists() and subprocess.run([PYTHON, "-c", ""], check=False).returncode:
        shutil.rmtree(VENV)  # made by a Python which is gone since
    if not PYTHON.exists():
        print("Environnement Python dans .venv…", flush=True)
        run([sys.executable, "-m", "venv", VENV])
    if not is_installed("requirements-uv.txt"):
        run([PYTHON, *"-m pip install --quiet --require-hashes -r requirements-uv.txt".split()])
        stamp_of("requirements-uv.txt").write_text(fingerprint("requirements-uv.txt"))


def install(kind: str) -> None:
    """Make the environment hold what the lock file says, and nothing else."""
    lock = LOCKS[kind]
    if is_installed(lock):
        return
    if kind == "demo" and is_installed(LOCKS["test"]):
        return  # what the tests need includes what the product needs
    print(f"Bibliothèques de {lock}…", flush=True)
    for stamp in map(stamp_of, (*LOCKS.values(), "requirements-node.txt")):
        stamp.unlink(missing_ok=True)
    run(
        [
            VENV / "bin" / "uv",
            "pip",
            "sync",
            "--quiet",
            "--python",
            PYTHON,
            "--require-hashes",
            lock,
        ]
    )
    stamp_of(lock).write_text(fingerprint(lock))


def install_node() -> None:
    """Node.js from PyPI, where the machine has none: the assets are fetched with npm."""
    if shutil.which("npm") or is_installed("requirements-node.txt"):
        return
    print("Node.js dans .venv…", flush=True)
    uv_install = [VENV / "bin" / "uv", "pip", "install", "--quiet", "--python", PYTHON]
    run([*uv_install, "--require-hashes", "-r", "requirements-node.txt"])
    stamp_of("requirements-node.txt").write_text(fingerprint("requirements-node.txt"))


def main(kind: str) -> None:
    refuse_an_old_python()
    if importlib.util.find_spec("ensurepip") is None and not PYTHON.exists():
        system_packages.require(["python3-venv"], what="L'environnement Python")
    system_packages.require(system_packages.missing_for_pdf(), what="La fabrication des PDF")
    if kind == "test":
        system_packages.propose(system_packages.missing_for_tests(), what="Une partie des tests")
    make_environment()
    install(kind)
    install_node()


if __name__ == "__main__":
    if sys.argv[1:] not in (["demo"], ["test"]):
        sys.exit(__doc__)
    main(sys.argv[1])
