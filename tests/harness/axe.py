"""What axe-core finds on a page; it comes with the front-end packages."""

from pathlib import Path

from django.conf import settings
from playwright.sync_api import Page, expect

AXE = Path(settings.BASE_DIR) / "node_modules" / "axe-core" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


# Only what is read here leaves the page: all that passed takes longer to hand over than to find.
RUN = """tags => axe.run(document, { runOnly: tags }).then(found => ({
    passed: found.passes.length,
    faults: found.violations.flatMap(({ id, impact, nodes }) =>
        nodes.map(({ target }) => ({ id, impact, target }))),
}))"""
ALL = frozenset({"minor", "moderate", "serious", "critical"})


def faults(page: Page, *, impacts: frozenset[str] = ALL) -> list[str]:
    """What there is against WCAG 2.2 AA and good practice."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate(RUN, RULES)
    assert found["passed"]
    return [
        f"{fault['id']}: {fault['target']}"
        for fault in found["faults"]
        if fault["impact"] in impacts
    ]


def problems_on(page: Page) -> list[str]:
    """What is wrong with the page at hand on its screen; tests/design measures colours in both themes."""
    expect(page.get_by_role("heading", level=1)).to_have_count(1)
    wider = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    return [*([f"wider by {wider}"] if wider > 0 else []), *faults(page)]
