"""The demo as it is started: one process that fills itself, serves, lives its days, and ends."""

import os
import re
import signal
import subprocess
import sys
import time
import urllib.parse
import urllib.request
from collections.abc import Iterator
from datetime import timedelta
from http.cookiejar import CookieJar

import pytest

from demo.cast import CAST, by_programme, email_of
from people import clock
from tests.harness import tree
from tests.harness.processes import free_port

READY_WITHIN = 120


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[subprocess.Popen[str], str]]:
    port, folder = free_port(), tmp_path_factory.mktemp("demo")
    elsewhere = ("DATABASE_URL", "DJANGO_SETTINGS_MODULE", "EMAIL_URL", "DEBUG", "HTTPS")
    environment = {name: value for name, value in os.environ.items() if name not in elsewhere}
    environment |= {"DATA_DIR": str(folder), "READ_DOT_ENV": "0", "ALLOWED_HOSTS": "127.0.0.1"}
    process = subprocess.Popen(
        [sys.executable, "manage.py", "demo", "--port", str(port)],
        cwd=tree.ROOT,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.STDOUT,
        text=True,
    )
    site = f"http://127.0.0.1:{port}"
    wait_for(site, process)
    yield process, site
    if process.poll() is None:
        process.kill()


def wait_for(site: str, process: subprocess.Popen[str]) -> None:
    ends_at = time.monotonic() + READY_WITHIN
    while time.monotonic() < ends_at:
        try:
            urllib.request.urlopen(f"{site}/sante/", timeout=2)
        except OSError:
            assert process.poll() is None, "the demo ended by itself"
            time.sleep(0.3)
        else:
            return
    raise AssertionError("the demo did not answer in time")


class Visitor:
    """A browser without a screen: keeps its cookies, sends its forms."""

    def __init__(self, site: str) -> None:
        self.site = site
        self._opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))

    def get(self, path: str) -> str:
        return self._opener.open(self.site + path, timeout=60).read().decode()

    def post(self, path: str, *, on: str = "/demo/", **fields: str) -> str:
        """Send a form found on the page `on`; return the page one is led to."""
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', self.get(on))
        assert token
        content = urllib.parse.urlencode(fields | {"csrfmiddlewaretoken": token[1]}).encode()
        return self._opener.open(self.site + path, content, timeout=300).read().decode()


def test_each_programme_can_be_entered_by_its_people() -> None:
    assert [len(group.entries) for group in by_programme()] == [3, 3, 3, 3, 3, 1]
    assert email_of("Zoé N'Diaye") == "zoe.ndiaye@example.org"


def test_one_enters_with_a_click_and_lives_a_fortnight(
    demo: tuple[subprocess.Popen[str], str],
) -> None:
    process, site = demo
    visitor = Visitor(site)
    page = visitor.get("/demo/")
    assert [entry.name for entry in CAST if entry.name not in page] == []

    for entry in CAST:
        visitor.post("/demo/entrer/", email=entry.email)
    visitor.post("/demo/entrer/", email=email_of("Inès Belkacem"))
    assert "Inès" in visitor.get("/espace/")

    before = count_of_mails(visitor.get("/demo/"))
    visitor.post("/demo/avancer/", day=(clock.today() + timedelta(days=14)).isoformat())
    assert count_of_mails(visitor.get("/demo/")) > before
    assert "ne revient pas en arrière" in visitor.post("/demo/avancer/", day="2020-01-01")

    process.send_signal(signal.SIGINT)
    assert process.wait(timeout=60) == 0


def count_of_mails(page: str) -> int:
    found = re.search(r"Voir les (\d+) courriels", page)
    assert found
    return int(found[1])
