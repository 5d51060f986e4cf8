"""The team's pages for writing a charter, and a newer edition, on a phone."""

from datetime import date

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from charters.services.texts import publish_charter
from charters.text import read_charter
from programmes.models import Coordinator
from programmes.policy.terms import Role
from tests.charters.test_texts import CHARTER
from tests.factories.programmes import AT, make_cohort, make_enrolment, make_programme
from tests.harness.axe import problems_on


@pytest.fixture
def programme(organisation, alix):
    programme = make_programme(organisation, {"charter": CHARTER})
    Coordinator.objects.create(programme=programme, person=alix)
    return programme


def test_the_next_edition_is_written_and_published_on_a_phone(page, log_in, programme, alix):
    page.set_viewport_size({"width": 390, "height": 844})
    slugs = [programme.organisation.slug, programme.slug]
    found = {}

    def look(name):
        found[name] = problems_on(page)

    log_in(alix)
    page.goto(reverse("charters:team_charter", args=slugs))
    look("the editions")
    page.get_by_role("button", name="Écrire une nouvelle édition").click()
    look("the draft")
    page.get_by_role("link", name="Modifier Le mentor", exact=True).click()
    look("a part")
    page.get_by_label("Engagement", exact=True).first.fill("J'écoute {le menteur}.")
    page.get_by_role("button", name="Enregistrer le brouillon").click()
    expect(page.get_by_text("Le mentor, engagement 1")).to_be_visible()
    look("a part refused")
    page.get_by_label("Engagement", exact=True).first.fill("J'entends {le mentoré}.")
    page.get_by_role("button", name="Enregistrer le brouillon").click()
    page.get_by_role("link", name="Aperçu").click()
    look("the preview")
    page.goto(reverse("charters:compare", args=slugs))
    look("the differences")
    page.goto(reverse("charters:publish", args=slugs))
    look("the publication")
    page.get_by_role("button", name="Publier").click()
    expect(page.get_by_text("La version 2 est publiée.")).to_be_visible()

    assert {name: wrong for name, wrong in found.items() if wrong} == {}


def test_who_accepted_reads_what_is_new(page, log_in, programme, camille):
    enrolment = make_enrolment(make_cohort(programme), camille, Role.MENTOR)
    newer = CHARTER | {"title": "Notre charte", "edition": date(2026, 9, 2)}
    publish_charter(programme, text=read_charter(newer), by=None, at=AT)
    page.set_viewport_size({"width": 390, "height": 844})

    log_in(camille)
    page.goto(reverse("charters:accept", args=[enrolment.pk]))
    kept = problems_on(page)
    page.get_by_role("link", name="Voir ce qui a changé").click()

    assert (kept, problems_on(page)) == ([], [])
    expect(page.locator("ins")).to_have_text("[ajouté : Notre charte]")
