"""Colours, names and order as a reader meets them, in a real browser, light and dark."""

import pytest
from playwright.sync_api import Page, expect

from tests.harness.axe import faults

pytestmark = [pytest.mark.urls("tests.design.gallery"), pytest.mark.django_db]

LOOKS = ("participant", "coordinator")
THEMES = ("light", "dark")
COLOURS = ["#1f4e79", "#ffdd00", "#ff0000", "#00ff66", "#0000ff", "#ff00ff", "#000", "#fff"]
PHONE = {"width": 390, "height": 844}

TEXT_ON = [
    ("ink", "surface"),
    ("ink", "page"),
    ("ink-soft", "surface"),
    ("ink-soft", "page"),
    ("ink-soft", "surface-sunk"),
    ("ink", "neutral-wash"),
    ("accent", "surface"),
    ("accent", "page"),
    ("accent-strong", "accent-wash"),
    ("accent", "accent-wash"),
    ("on-accent", "accent"),
    ("on-accent", "accent-strong"),
    *[
        (f"{tone}{strength}", ground)
        for tone in ("success", "info", "warning", "danger")
        for strength, ground in (("", "surface"), ("", "page"), ("-strong", f"{tone}-wash"))
    ],
    *[("on-accent", tone) for tone in ("success", "info", "warning", "danger")],
]
EDGES_ON = [("line-strong", "surface"), ("focus", "surface"), ("focus", "page")]

MEASURE = """pairs => {
  const canvas = new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true });
  const probe = document.body.appendChild(document.createElement("i"));
  const luminance = name => {
    probe.style.color = `var(--${name})`;
    canvas.fillStyle = getComputedStyle(probe).color;
    canvas.fillRect(0, 0, 1, 1);
    const linear = [...canvas.getImageData(0, 0, 1, 1).data].slice(0, 3).map(
      c => c / 255 <= 0.04045 ? c / 255 / 12.92 : ((c / 255 + 0.055) / 1.055) ** 2.4);
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2];
  };
  return pairs.map(([text, ground]) => {
    const [a, b] = [luminance(text), luminance(ground)];
    return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
  });
}"""


def send_empty(page: Page) -> None:
    """Send the form past the browser's own checks, so that the server refuses it."""
    page.locator("form", has=page.get_by_role("button", name="Envoyer")).evaluate(
        "form => { form.noValidate = true }"
    )
    page.get_by_role("button", name="Envoyer").click()


def too_faint(page: Page, pairs: list[tuple[str, str]], *, least: float) -> dict[str, float]:
    """The pairs of colours whose contrast (WCAG 2, from 1 to 21) is under `least`."""
    ratios = page.evaluate(MEASURE, pairs)
    return {
        f"{text} on {ground}": round(ratio, 2)
        for (text, ground), ratio in zip(pairs, ratios, strict=True)
        if ratio < least
    }


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("look", LOOKS)
def test_every_component_passes_axe(page: Page, look: str, theme: str) -> None:
    page.emulate_media(color_scheme=theme)
    page.goto(f"/galerie/{look}/")

    send_empty(page)

    assert faults(page) == []


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("look", LOOKS)
def test_whatever_colour_an_association_chooses_its_text_can_be_read(
    page: Page, look: str, theme: str
) -> None:
    page.emulate_media(color_scheme=theme)
    page.goto(f"/galerie/{look}/")

    faint = {}
    for colour in COLOURS:
        page.evaluate(
            "c => document.documentElement.style.setProperty('--organisation', c)", colour
        )
        faint[colour] = too_faint(page, TEXT_ON, least=4.5) | too_faint(page, EDGES_ON, least=3)

    assert {colour: pairs for colour, pairs in faint.items() if pairs} == {}


@pytest.mark.parametrize("look", LOOKS)
def test_a_phone_shows_a_page_without_scrolling_sideways(page: Page, look: str) -> None:
    page.set_viewport_size(PHONE)
    page.goto(f"/galerie/{look}/")

    assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]


@pytest.mark.parametrize("look", LOOKS)
def test_what_one_presses_on_a_phone_is_44_pixels_high(page: Page, look: str) -> None:
    page.set_viewport_size(PHONE)
    page.goto(f"/galerie/{look}/")

    small = page.evaluate(
        """() => [...document.querySelectorAll("button, .btn, input:not([type=hidden]), select, nav a")]
          .filter(e => e.checkVisibility() && !e.matches(".btn-sm, [type=checkbox], [type=radio]"))
          .filter(e => e.getBoundingClientRect().height < 43.5)
          .map(e => e.outerHTML.slice(0, 80))"""
    )

    assert small == []


def test_a_refused_form_opens_at_a_summary_that_leads_to_the_fields(page: Page) -> None:
    page.goto("/galerie/participant/")

    send_empty(page)

    summary = page.get_by_role("alert").filter(has_text="points à corriger")
    expect(summary).to_be_focused()
    summary.get_by_role("link", name="Prénom").click()
    expect(page.get_by_label("Prénom")).to_be_focused()


def test_a_field_is_read_with_its_help_and_its_error(page: Page) -> None:
    page.goto("/galerie/participant/")

    send_empty(page)

    expect(page.get_by_label("Prénom")).to_have_accessible_description(
        "Tel que l'autre le lira. Ce champ est obligatoire."
    )


def test_dark_is_remembered_from_one_page_to_the_next(page: Page) -> None:
    page.emulate_media(color_scheme="light")
    page.goto("/galerie/participant/")

    page.get_by_role("button", name="Affichage sombre").click()
    page.goto("/galerie/coordinator/")

    expect(page.locator("html")).to_have_attribute("data-bs-theme", "dark")
    expect(page.get_by_role("button", name="Affichage clair")).to_be_visible()


def test_the_keyboard_reaches_the_content_first(page: Page) -> None:
    page.goto("/galerie/coordinator/")

    page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    expect(page.locator("main")).to_be_focused()


def test_the_menu_of_a_phone_opens_and_says_so(page: Page) -> None:
    page.set_viewport_size(PHONE)
    page.goto("/galerie/coordinator/")
    menu = page.get_by_role("button", name="Menu")

    menu.click()

    expect(menu).to_have_attribute("aria-expanded", "true")
    expect(page.get_by_role("link", name="Candidatures")).to_be_visible()


def test_htmx_is_there_for_the_pages_that_ask_for_it_and_within_the_policy(page: Page) -> None:
    """Were an inline style or an `eval` attempted, the page would fail the test."""
    page.goto("/galerie/participant/")
    assert page.evaluate("typeof window.htmx") == "undefined"

    page.goto("/htmx/")
    page.get_by_role("button", name="Chercher").click()

    expect(page.locator("#part")).to_have_text("ok")
    assert page.evaluate("htmx.config.includeIndicatorStyles || htmx.config.allowEval") is False
