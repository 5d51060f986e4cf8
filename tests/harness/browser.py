"""A real browser, which notices what a page must never do."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

from playwright.sync_api import Browser, ConsoleMessage, Page, Request, Response, sync_playwright

from tests.harness import limits

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def chromium_path() -> str | None:
    """The browser of the environment variable CHROMIUM, else the installed one."""
    given = os.environ.get("CHROMIUM")
    return given or next((path for name in NAMES if (path := shutil.which(name))), None)


@contextmanager
def chromium() -> Iterator[Browser]:
    """One browser process; `DJANGO_ALLOW_ASYNC_UNSAFE` because Playwright keeps a loop running."""
    path = chromium_path()
    if path is None:
        limits.cannot_run("tests in a browser", install="apt-get install chromium")
    flags = ["--disable-dev-shm-usage", "--disable-gpu", "--font-render-hinting=none"]
    if os.geteuid() == 0:
        flags.append("--no-sandbox")
    before = os.environ.get("DJANGO_ALLOW_ASYNC_UNSAFE")
    with sync_playwright() as playwright:
        os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
        browser = playwright.chromium.launch(executable_path=path, args=flags)
        try:
            yield browser
        finally:
            browser.close()
            if before is None:
                del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


class Watch:
    """Notes what a page does wrong: errors of scripts or of the policy, requests elsewhere."""

    def __init__(self, page: Page, *, own_address: str) -> None:
        self.problems: list[str] = []
        self._own_host = urlsplit(own_address).netloc
        page.on("console", self._hear)
        page.on("pageerror", lambda error: self.problems.append(f"script error: {error}"))
        page.on("request", self._look)
        page.on("response", self._receive)

    def _hear(self, message: ConsoleMessage) -> None:
        # What the server answered is judged where it is received, not where it is repeated.
        if message.type == "error" and "the server responded with a status of" not in message.text:
            self.problems.append(f"console: {message.text}")

    def _receive(self, response: Response) -> None:
        """A refused form may come back with a 4xx; a missing image or a breakdown may not."""
        is_page = response.request.resource_type in {"document", "xhr", "fetch"}
        if response.status >= (500 if is_page else 400):
            self.problems.append(f"status {response.status}: {response.url}")

    def _look(self, request: Request) -> None:
        address = urlsplit(request.url)
        if address.scheme in {"http", "https", "ws", "wss"} and address.netloc != self._own_host:
            self.problems.append(f"request to another host: {request.url}")
