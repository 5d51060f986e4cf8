"""The PDF of a convention says what was agreed and who signed; it opens nothing of elsewhere."""

from __future__ import annotations

import io

import pytest
from pypdf import PdfReader

from charters import pdf
from charters.files import keep_file
from charters.models import Convention
from tests.factories.charters import sign_by_all
from tests.factories.programmes import AT

pytestmark = pytest.mark.django_db


def text_of(content: bytes) -> str:
    pages = PdfReader(io.BytesIO(content)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def test_a_draft_says_that_signatures_are_missing(convention):
    text = text_of(pdf.render_pdf(convention))

    assert "Projet : toutes les signatures ne sont pas réunies" in text
    assert text.count("En attente de signature") == 3


def test_the_signed_file_holds_names_terms_charter_and_signatures(convention, alix):
    signed = sign_by_all(convention, for_organisation=alix, at=AT)

    text = text_of(pdf.render_pdf(signed))

    assert "Projet" not in text
    for words in (
        "Les Ponts du Savoir",
        "Camille Moreau accompagne Nour Haddad",
        *(term["text"] for term in signed.document["terms"]),
        signed.document["charter"]["title"],
        signed.document["charter"]["sections"][0]["commitments"][0]["text"],
        "par Alix Bernard",
        signed.digest,
    ):
        assert " ".join(words.split()) in text
    assert text.count("Signé en ligne le 15 septembre 2026 à 10:00") == 3


def test_the_file_is_made_once_and_kept(convention, alix, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    signed = sign_by_all(convention, for_organisation=alix, at=AT)

    keep_file(signed)
    first = Convention.objects.get(pk=signed.pk).file.name
    keep_file(signed)

    assert Convention.objects.get(pk=signed.pk).file.name == first
    assert len(list((tmp_path / "conventions").iterdir())) == 2


def test_an_unsigned_convention_has_no_kept_file(convention, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path

    keep_file(convention)

    assert not Convention.objects.get(pk=convention.pk).file
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1:9/",
        "https://example.org/x.css",
        "file:///etc/passwd",
        "static:../config/settings.py",
        "static:js/ui.js",
        "static:css/nothing.css",
    ],
)
def test_nothing_of_elsewhere_is_opened(url):
    with pytest.raises(Exception, match=r"disallowed|not a static file|outside") as refusal:
        pdf._fetcher().fetch(url)
    assert refusal.type.__name__ in ("ValueError", "SuspiciousFileOperation")


def test_our_own_style_sheet_is_read():
    assert b"@page" in pdf._fetcher().fetch("static:css/pdf.css").read()
