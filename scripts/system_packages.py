"""Packages of the system that the product needs: which are missing, and how to get them."""

from __future__ import annotations

import ctypes
import ctypes.util
import os
import shutil
import subprocess
import sys
from pathlib import Path

# What WeasyPrint loads, and the Debian package it comes from.
PDF_LIBRARIES = {
    "pango-1.0": "libpango-1.0-0",
    "pangoft2-1.0": "libpangoft2-1.0-0",
    "harfbuzz-subset": "libharfbuzz-subset0",
}
FONT_FOLDERS = (
    "/usr/share/fonts",
    "/usr/local/share/fonts",
    "/Library/Fonts",
    "/System/Library/Fonts",
)
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
HOMEBREW_NAMES = {
    "libpango-1.0-0": "pango",
    "libpangoft2-1.0-0": "pango",
    "libharfbuzz-subset0": "harfbuzz",
    "libnss3-tools": "nss",
    "poppler-utils": "poppler",
    "redis-server": "redis",
    "python3-venv": "python",
    "fonts-dejavu-core": "font-dejavu",
}


def is_loadable(library: str) -> bool:
    if ctypes.util.find_library(library):
        return True
    try:
        ctypes.CDLL(f"lib{library}.so.0")
    except OSError:
        return False
    return True


def has_fonts() -> bool:
    return any(next(Path(folder).rglob("*.[to]t[fc]"), None) for folder in FONT_FOLDERS)


def missing_for_pdf() -> list[str]:
    """Debian's names of what WeasyPrint would miss."""
    missing = [package for library, package in PDF_LIBRARIES.items() if not is_loadable(library)]
    return missing if has_fonts() else [*missing, "fonts-dejavu-core"]


def missing_for_tests() -> list[str]:
    """Debian's names of the servers and the browser that some tests need."""
    missing = []
    if not os.environ.get("CHROMIUM") and not any(map(shutil.which, BROWSERS)):
        missing.append("chromium")
    if not os.environ.get("REDIS_URL") and not shutil.which("redis-server"):
        missing.append("redis-server")
    if not shutil.which("pdfsig"):
        missing.append("poppler-utils")
    if not shutil.which("certutil"):
        missing.append("libnss3-tools")
    return missing


def is_debian() -> bool:
    return Path("/etc/debian_version").exists() and shutil.which("apt-get") is not None


def command_for(packages: list[str]) -> str:
    """The command by which a person installs these packages."""
    if shutil.which("brew"):
        return "brew install " + " ".join(dict.fromkeys(HOMEBREW_NAMES.get(p, p) for p in packages))
    return "sudo apt-get update && sudo apt-get install -y " + " ".join(packages)


def install_as_root(packages: list[str]) -> bool:
    """On Debian, as root, install them; whether that worked."""
    if os.geteuid() != 0 or not is_debian():
        return False
    print("Paquets du système : " + " ".join(packages), flush=True)
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    install = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *packages]
    return all(
        subprocess.run(command, env=environment, stdout=subprocess.DEVNULL, check=False).returncode
        == 0
        for command in (["apt-get", "update", "-qq"], install)
    )


def require(packages: list[str], *, what: str) -> None:
    """Go on only with these packages: install them where one may, else name the command and end."""
    if packages and not install_as_root(packages):
        sys.exit(
            f"{what} demande des paquets qui manquent sur cette machine. Installez-les :\n"
            f"    {command_for(packages)}\npuis recommencez."
        )


def propose(packages: list[str], *, what: str) -> None:
    """Go on without these packages, saying what will be left out and how to get it."""
    if packages and not install_as_root(packages):
        print(
            f"{what} sera laissée de côté, faute de paquets ; pour les avoir :\n"
            f"    {command_for(packages)}",
            flush=True,
        )
