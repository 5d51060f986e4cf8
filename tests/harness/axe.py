"""What axe-core finds on a page; it comes with the front-end packages."""

from pathlib import Path

from django.conf import settings
from playwright.sync_api import Page, expect

AXE = Path(settings.BASE_DIR) / "node_modules" / "axe-core" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def faults(page: Page) -> list[str]:
    """What there is against WCAG 2.2 AA and good practice."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate("tags => axe.run(document, { runOnly: tags })", RULES)
    assert found["passes"]
    return [
        f"{violation['id']}: {node['target']}"
        for violation in found["violations"]
        for node in violation["nodes"]
    ]


def problems_on(page: Page) -> list[str]:
    """What is wrong with the page at hand on its screen; tests/design measures colours in both themes."""
    expect(page.get_by_role("heading", level=1)).to_have_count(1)
    wider = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    return [*([f"wider by {wider}"] if wider > 0 else []), *faults(page)]
