"""A new edition leaves the conventions that are open as they are, and says so."""

from __future__ import annotations

import pytest
from django.urls import reverse

from charters.models import Convention
from charters.queries import current_charter
from charters.services import conventions
from charters.services.drafts import change_draft, publish_draft, start_draft
from tests.factories.programmes import AT

pytestmark = pytest.mark.django_db


def test_an_open_convention_keeps_its_text_until_the_team_draws_up_another(
    client, convention, issy, alix
):
    programme = issy.programme
    draft = start_draft(programme, by=alix, at=AT)
    text = draft.text.model_copy(update={"title": "Notre charte"})
    draft = change_draft(draft, text=text, seen=draft.digest, by=alix, at=AT) or draft
    client.force_login(alix)

    asked = client.get(
        reverse("charters:publish", args=[programme.organisation.slug, programme.slug])
    ).content.decode()
    draft.refresh_from_db()
    publish_draft(draft, edition=AT.date(), by=alix, at=AT)
    kept = Convention.objects.get(pk=convention.pk)
    renewed = conventions.renew_convention(convention.pair, by=alix, at=AT)

    assert "1 convention encore à signer garde l’ancien texte" in asked
    assert kept.document["charter"]["number"] == 1
    assert renewed.document["charter"]["title"] == "Notre charte"
    assert renewed.charter == current_charter(programme, AT.date())
