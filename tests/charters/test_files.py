"""The PDF of a convention says what was agreed and who signed; it opens nothing of elsewhere."""

from __future__ import annotations

import hashlib
import io
import json
import threading
from html import unescape
from http.server import BaseHTTPRequestHandler, HTTPServer
from xml.dom.minidom import parseString

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage
from django.urls import reverse
from PIL import Image
from pypdf import PdfReader
from weasyprint import HTML

from charters import pdf, tasks
from charters.enums import ProofKind
from charters.files import intact_text, keep_file, read_file
from charters.models import Convention
from charters.services import conventions
from tests.factories.charters import put_text, sign_by_all
from tests.factories.programmes import AT

pytestmark = pytest.mark.django_db


@pytest.fixture
def complete(convention, alix):
    """Signed by all, and sealed."""
    signed = sign_by_all(convention, for_organisation=alix, at=AT)
    keep_file(signed)
    return signed, read_file(signed)


def download(convention):
    return reverse("charters:convention_pdf", args=[convention.pair_id])


def text_of(content: bytes) -> str:
    pages = PdfReader(io.BytesIO(content)).pages
    return plain(" ".join(page.extract_text() for page in pages))


def plain(text: str) -> str:
    """With the spaces one reads in a PDF: all alike."""
    return " ".join(text.split())


def test_the_text_to_sign_leaves_room_for_a_signature_by_hand(convention):
    text = text_of(pdf.render_text(convention))

    assert plain("À signer : en ligne, ou à la main sur la dernière page") in text
    assert (text.count(plain("Nom :")), text.count(plain("Signature :"))) == (3, 3)
    assert f"Code {convention.shown_code}" in text


def test_the_logo_of_the_association_stands_at_the_head(convention):
    organisation = convention.pair.cohort.programme.organisation
    picture = io.BytesIO()
    Image.new("RGB", (40, 20), "#1f4e79").save(picture, "PNG")
    without = PdfReader(io.BytesIO(pdf.render_text(convention))).pages[0].images
    organisation.logo.save("logo.png", ContentFile(picture.getvalue()))

    reader = PdfReader(io.BytesIO(pdf.render_text(convention)))

    with_it = reader.pages[0].images
    objects = [reader.get_object(number) for number in range(1, reader.trailer["/Size"])]
    tags = [one for one in objects if isinstance(one, dict)]
    assert (len(without), [one.image.size for one in with_it]) == (0, [(40, 20)])
    assert [tag["/Alt"] for tag in tags if tag.get("/S") == "/Figure"] == [organisation.name]
    assert with_it[0].indirect_reference.get_object()["/Interpolate"].value is False


def test_a_name_of_another_language_is_written_in_our_own_fonts(convention):
    convention.document["parties"][0]["name"] = "Łukasz Đorđević"

    page = PdfReader(io.BytesIO(pdf.render_text(convention))).pages[0]

    fonts = {font["/BaseFont"].split("+")[1] for font in page["/Resources"]["/Font"].values()}
    assert "Łukasz Đorđević" in page.extract_text()
    assert "Figtree-Ext-Semi-Bold" in fonts and "DejaVu-Sans-Semi-Bold" not in fonts


def test_the_complete_document_holds_names_terms_charter_signatures_and_proof(complete):
    signed, content = complete
    text = text_of(content)

    for words in (
        "Les Ponts du Savoir",
        "Camille Moreau accompagne Nour Haddad",
        *(term["text"] for term in signed.document["terms"]),
        signed.document["charter"]["title"],
        signed.document["charter"]["sections"][0]["commitments"][0]["text"],
        "par Alix Bernard",
        signed.text_sha256,
        signed.proof.get(kind=ProofKind.SIGNED, party="organisation").mac,
        "Elles ne sont ni avancées ni qualifiées.",
    ):
        assert plain(words) in text
    assert text.count("Signé le 15 septembre 2026 à 10:00") == 3
    assert plain("Code reçu à camille.moreau@example.org ; session ouverte") in text
    assert text.count("192.0.2.7") == signed.proof.exclude(address="").count()


def test_the_signed_text_and_the_proof_are_attached(complete):
    signed, content = complete

    attached = PdfReader(io.BytesIO(content)).attachments

    proof = json.loads(attached["preuve.json"][0])
    assert hashlib.sha256(attached["convention.pdf"][0]).hexdigest() == signed.text_sha256
    assert [link["kind"] for link in proof][-1] == ProofKind.SIGNED
    assert [link["mac"] for link in proof] == [
        event.mac for event in signed.proof.order_by("number")
    ][:-1]


def test_it_is_tagged_for_archives_and_for_screen_readers(complete):
    reader = PdfReader(io.BytesIO(complete[1]))
    root = reader.trailer["/Root"]
    metadata = root["/Metadata"].get_data()
    fonts = [
        font.get_object()["/DescendantFonts"][0].get_object()["/FontDescriptor"]
        for page in reader.pages
        for font in page["/Resources"]["/Font"].values()
    ]

    assert b'pdfaid:part="3"' in metadata and b'pdfaid:conformance="A"' in metadata
    assert b"<pdfuaid:part>1</pdfuaid:part>" in metadata
    assert metadata.count(b"<rdf:RDF") == 1 and parseString(metadata)
    assert root["/MarkInfo"]["/Marked"] and root["/Lang"] == "fr"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert "/StructTreeRoot" in root and "/OutputIntents" in root
    assert fonts and all("/FontFile2" in one or "/FontFile3" in one for one in fonts)
    assert [one.get_object()["/AFRelationship"] for one in root["/AF"]] == ["/Source", "/Data"]


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


class OutOfReach(FileSystemStorage):
    """A bucket says what it lacks by an error of its own library, which is no OSError."""

    class ClientError(Exception):
        pass

    def _open(self, name, mode="rb"):
        raise self.ClientError("An error occurred (403) when calling the HeadObject operation")


def test_a_file_that_a_bucket_lost_is_told_like_one_that_the_disk_lost(
    convention, client, nour, settings
):
    put_text(convention)
    settings.STORAGES = settings.STORAGES | {
        "default": {"BACKEND": "tests.charters.test_files.OutOfReach"}
    }
    client.force_login(nour)

    given = client.get(download(convention), follow=True)

    assert intact_text(convention) is None
    assert [str(told) for told in given.context["messages"]] == [
        "Le document gardé n'est plus celui qui a été établi\u202f; prévenez l'équipe."
    ]


def test_a_file_that_a_worker_is_making_is_awaited_on_a_page(
    client, convention, nour, alix, settings, tmp_path
):
    settings.MEDIA_ROOT = tmp_path
    sign_by_all(convention, for_organisation=alix, at=AT)
    address = download(convention)
    client.force_login(nour)

    first = client.get(address).content.decode()
    asked = client.get(f"{address}?demande=60", headers={"HX-Request": "true"}).content.decode()
    tasks.sweep()
    last = client.get(f"{address}?demande=7", headers={"HX-Request": "true"}).content.decode()

    assert ("en préparation" in first, f'hx-get="{address}?demande=1"' in first) == (True, True)
    assert ("pas encore là" in asked, "hx-get" in asked) == (True, False)  # never for ever
    assert ("Le document est prêt" in last, "hx-get" in last) == (True, False)
    assert client.get(address)["Content-Type"] == "application/pdf"


def test_a_convention_closed_before_its_document_was_made_has_none(client, convention, nour, alix):
    client.force_login(nour)
    conventions.void_convention(convention.pair, by=alix, at=AT)

    response = client.get(download(convention), follow=True)

    assert "Il n'y a pas de document" in unescape(response.content.decode())


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


PLANTED = """<html lang=fr><head><title>T</title>
<link rel=stylesheet href="{url}style.css"><link rel=attachment href="{url}file">
<link rel=attachment href="file://{secret}">
<style>@import url("{url}import.css"); @font-face {{ font-family: x; src: url("{url}font") }}
p {{ background: url("{url}background"); font-family: x }} li {{ list-style-image: url("{url}list") }}</style>
</head><body><p>x<img src="{url}picture"><img src="file://{secret}"><ul><li>y</ul>
<svg xmlns="http://www.w3.org/2000/svg"><image href="{url}svg" width="9" height="9"/></svg>
<a rel=attachment href="{url}link">z</a><object data="{url}object"></object>"""


@pytest.fixture
def elsewhere():
    """A server that counts who comes."""
    asked = []

    class Count(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_error(404)

        def log_message(self, *args: object) -> None:
            """Nothing on the screen."""

    server = HTTPServer(("127.0.0.1", 0), Count)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/", asked
    server.shutdown()
    server.server_close()


def test_planted_addresses_are_never_called_and_no_file_is_taken(elsewhere, tmp_path):
    url, asked = elsewhere
    secret = tmp_path / "secret.txt"
    secret.write_text("un secret du serveur")
    html = PLANTED.format(url=url, secret=secret)

    careless = HTML(string=html).write_pdf()
    called = list(asked)
    asked.clear()
    ours = pdf.write(html, colour="#1f4e79")

    assert len(set(called)) >= 6 and asked == []
    assert "secret.txt" in PdfReader(io.BytesIO(careless)).attachments
    assert list(PdfReader(io.BytesIO(ours)).attachments) == []


def test_our_own_style_sheet_is_read():
    assert b"@page" in pdf._fetcher().fetch("static:css/pdf.css").read()
