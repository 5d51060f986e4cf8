"""A document that we sealed is recognised, and whatever was done to it afterwards is found (I5)."""

from __future__ import annotations

import asyncio
import io
import random
import shutil
import subprocess
import threading
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
from asn1crypto.keys import PrivateKeyInfo
from asn1crypto.tsp import TimeStampReq
from asn1crypto.x509 import Certificate
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.urls import reverse
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign import fields, signers
from pyhanko.sign.timestamps import DummyTimeStamper
from pypdf import PdfReader, PdfWriter
from pypdf.annotations import FreeText
from pypdf.generic import DecodedStreamObject, NameObject

from charters import authority, sealing
from charters.files import keep_file, read_file, read_text
from charters.forms import VerificationForm
from charters.models import Convention
from charters.pdf import write
from charters.verifying import Outcome, examine
from tests.factories.charters import sign_by_all
from tests.factories.programmes import AT
from tests.harness import limits

pytestmark = pytest.mark.django_db

OF_EACH_KIND = 25
PAGE = "<html lang=fr><title>Convention</title><h1>Convention n° {}</h1><p>Camille et Nour."
PROOF = "<p style='break-before: page'>Page de preuve n° {}"


def page(number: int, *, proof: int | None = None) -> bytes:
    proof_page = PROOF.format(number if proof is None else proof)
    return write(PAGE.format(number) + proof_page, colour="#1f4e79")


@pytest.fixture(scope="module")
def good() -> list[bytes]:
    """Documents as we seal them."""
    return [sealing.seal(page(number)) for number in range(OF_EACH_KIND)]


@pytest.fixture(scope="module")
def stranger(tmp_path_factory: pytest.TempPathFactory) -> signers.SimpleSigner:
    """Somebody else's seal, made in the same way and under the same name."""
    folder = tmp_path_factory.mktemp("stranger")
    authority.make_seal(folder, name="Binôme (tests)", at=datetime.now(UTC))
    return signers.SimpleSigner.load(str(folder / authority.SEAL_KEY), str(folder / authority.SEAL))


@pytest.fixture
def time_server():
    """An RFC 3161 server on this machine, and the certificate it goes by."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "Horloge")])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.ExtendedKeyUsage([x509.ExtendedKeyUsageOID.TIME_STAMPING]), True)
        .sign(key, hashes.SHA256())
    )
    clock = DummyTimeStamper(
        Certificate.load(certificate.public_bytes(Encoding.DER)),
        PrivateKeyInfo.load(key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())),
    )

    class Answer(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            asked = self.rfile.read(int(self.headers["Content-Length"]))
            answer = asyncio.run(clock.async_request_tsa_response(TimeStampReq.load(asked)))
            self.send_response(200)
            self.send_header("Content-Type", "application/timestamp-reply")
            self.end_headers()
            self.wfile.write(answer.dump())

    server = HTTPServer(("127.0.0.1", 0), Answer)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/", certificate.public_bytes(Encoding.PEM)
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="module")
def poppler(tmp_path_factory: pytest.TempPathFactory):
    """What `pdfsig` says of a file when it trusts our authority."""
    for program, package in (("pdfsig", "poppler-utils"), ("certutil", "libnss3-tools")):
        if shutil.which(program) is None:
            limits.cannot_run("pdfsig", install=f"apt-get install {package}")
    folder = tmp_path_factory.mktemp("nss")
    trust = [
        "-n",
        "binome",
        "-t",
        "CT,C,C",
        "-i",
        str(Path(settings.KEYS_DIR) / authority.AUTHORITY),
    ]
    subprocess.run(["certutil", "-N", "-d", f"sql:{folder}", "--empty-password"], check=True)
    subprocess.run(["certutil", "-A", "-d", f"sql:{folder}", *trust], check=True)

    def accepts(content: bytes) -> bool:
        file = folder / "examined.pdf"
        file.write_bytes(content)
        command = ["pdfsig", "-nssdir", f"sql:{folder}", str(file)]
        told = subprocess.run(command, capture_output=True, text=True, check=False).stdout
        return told.count("Signature #") == 1 and all(
            words in told
            for words in (
                "Total document signed",
                "Signature is Valid.",
                "Certificate is Trusted.",
            )
        )

    return accepts


def sealed_range(content: bytes) -> tuple[int, int]:
    """Where the signature stands, the one part that it does not cover."""
    _, length, second, _ = (
        int(n) for n in PdfReader(io.BytesIO(content)).get_fields()["Sceau"]["/V"]["/ByteRange"]
    )
    return length, second


def flip_a_byte(content: bytes, chance: random.Random, stranger: object) -> bytes:
    start, end = sealed_range(content)
    place = chance.choice([chance.randrange(0, start), chance.randrange(end, len(content))])
    return (
        content[:place]
        + bytes([content[place] ^ (1 << chance.randrange(8))])
        + content[place + 1 :]
    )


def append_a_revision(content: bytes, chance: random.Random, stranger: object) -> bytes:
    writer = PdfWriter(io.BytesIO(content), incremental=True)
    writer.add_metadata({"/Subject": f"ajout {chance.random()}"})
    return written(writer)


def replace_the_contents(content: bytes, chance: random.Random, stranger: object) -> bytes:
    writer = PdfWriter(io.BytesIO(content), incremental=True)
    stream = DecodedStreamObject()
    stream.set_data(f"BT /F0 20 Tf 50 {chance.randrange(100, 700)} Td (Autre chose) Tj ET".encode())
    writer.pages[0][NameObject("/Contents")] = writer._add_object(stream)
    return written(writer)


def add_an_annotation(content: bytes, chance: random.Random, stranger: object) -> bytes:
    writer = PdfWriter(io.BytesIO(content), incremental=True)
    low = chance.randrange(50, 500)
    writer.add_annotation(0, FreeText(text="Sauf mention contraire", rect=(50, low, 300, low + 30)))
    return written(writer)


def truncate(content: bytes, chance: random.Random, stranger: object) -> bytes:
    return content[: -chance.randrange(1, len(content) // 2)]


def strip_the_seal(content: bytes, chance: random.Random, stranger: object) -> bytes:
    writer = PdfWriter(io.BytesIO(content))
    for name in ("/AcroForm", "/Perms"):
        del writer.root_object[name]
    for one in writer.pages:
        one.pop("/Annots", None)
    writer.add_metadata({"/Subject": str(chance.random())})
    return written(writer)


def swap_the_proof_page(content: bytes, chance: random.Random, stranger: object) -> bytes:
    writer = PdfWriter(io.BytesIO(content))
    other = PdfReader(io.BytesIO(page(0, proof=chance.randrange(100, 999))))
    writer.pages[-1].merge_page(other.pages[-1])
    return written(writer)


def seal_by_another_key(
    content: bytes, chance: random.Random, stranger: signers.SimpleSigner
) -> bytes:
    bare = strip_the_seal(content, chance, stranger)
    metadata = signers.PdfSignatureMetadata(
        field_name="Sceau", subfilter=fields.SigSeedSubFilter.PADES, certify=True
    )
    return signers.sign_pdf(
        IncrementalPdfFileWriter(io.BytesIO(bare)), metadata, signer=stranger
    ).getvalue()


def written(writer: PdfWriter) -> bytes:
    content = io.BytesIO()
    writer.write(content)
    return content.getvalue()


KINDS = (
    flip_a_byte,
    append_a_revision,
    replace_the_contents,
    add_an_annotation,
    truncate,
    strip_the_seal,
    swap_the_proof_page,
    seal_by_another_key,
)


def test_what_we_sealed_is_accepted(good, poppler):
    assert [examine(content).outcome for content in good] == [Outcome.VALID] * OF_EACH_KIND
    assert [poppler(content) for content in good] == [True] * OF_EACH_KIND


@pytest.mark.parametrize("tamper", KINDS, ids=lambda kind: kind.__name__)
def test_whatever_was_done_to_it_is_found(good, poppler, stranger, tamper):
    chance = random.Random(tamper.__name__)

    tampered = [tamper(content, chance, stranger) for content in good]

    assert all(content != original for content, original in zip(tampered, good, strict=True))
    assert [n for n, one in enumerate(tampered) if examine(one).outcome is Outcome.VALID] == []
    assert [n for n, one in enumerate(tampered) if poppler(one)] == []


def test_the_gap_that_no_seal_covers_holds_nothing_else(good):
    """A reader forgives a small letter or a byte there; we do not."""
    content = good[0]
    start, end = sealed_range(content)
    letter = next(place for place in range(start, end) if content[place : place + 1] in b"ABCDEF")
    changes = {
        letter: content[letter : letter + 1].lower(),
        end - 2: b"1",
    }

    outcomes = [
        examine(content[:place] + byte + content[place + 1 :]).outcome
        for place, byte in changes.items()
    ]

    assert outcomes == [Outcome.ALTERED] * 2


def test_what_was_added_after_the_seal_is_told(good):
    """Another reader still says that the signature is valid."""
    content = replace_the_contents(good[0], random.Random(1), None)

    finding = examine(content)

    assert finding.outcome is Outcome.ALTERED
    assert "Quelque chose a été ajouté après le sceau." in finding.reasons


def test_a_seal_that_was_replaced_by_a_new_one_keeps_its_word(good, settings, tmp_path):
    former = shutil.copytree(settings.KEYS_DIR, tmp_path / "keys")
    settings.KEYS_DIR = former
    call_command("seal", "create", "--name", "Nouveau sceau", verbosity=0)

    renewed = sealing.seal(page(99))

    assert [examine(one).outcome for one in (good[0], renewed)] == [Outcome.VALID] * 2


def test_a_certificate_from_elsewhere_seals_too(settings, tmp_path, stranger):
    ours, theirs = tmp_path / "ours", tmp_path / "theirs"
    settings.KEYS_DIR = ours
    authority.make_seal(theirs, name="Une autorité", at=datetime.now(UTC))
    files = {
        "--key": theirs / authority.SEAL_KEY,
        "--certificate": theirs / authority.SEAL,
        "--authority": theirs / authority.AUTHORITY,
    }
    call_command("seal", "use", *(str(word) for pair in files.items() for word in pair))

    assert examine(sealing.seal(page(1))).outcome is Outcome.VALID
    authority.make_seal(theirs, name="Une autre clé", at=datetime.now(UTC))
    with pytest.raises(CommandError, match="the key is not that of the certificate"):
        files["--certificate"] = ours / authority.SEAL
        call_command("seal", "use", *(str(word) for pair in files.items() for word in pair))


def test_a_loop_that_runs_already_stands_in_nobodys_way():
    async def sealed() -> bytes:
        return sealing.seal(page(1))

    assert examine(asyncio.run(sealed())).outcome is Outcome.VALID


def test_a_server_of_time_dates_the_seal_where_one_is_set(settings, time_server, tmp_path):
    settings.TIMESTAMP_URL, its_authority = time_server
    settings.KEYS_DIR = shutil.copytree(settings.KEYS_DIR, tmp_path / "keys")

    dated = sealing.seal(page(1))

    [seal] = PdfFileReader(io.BytesIO(dated)).embedded_signatures
    unsigned = [one["type"].native for one in seal.signer_info["unsigned_attrs"]]
    assert unsigned == ["signature_time_stamp_token"]
    assert examine(dated).outcome is Outcome.ALTERED
    (tmp_path / "keys" / authority.TRUSTED).mkdir()
    (tmp_path / "keys" / authority.TRUSTED / "time.pem").write_bytes(its_authority)
    assert examine(dated).outcome is Outcome.VALID


@pytest.fixture
def complete(convention, alix):
    signed = sign_by_all(convention, for_organisation=alix, at=AT)
    keep_file(signed)
    return Convention.objects.get(pk=signed.pk)


def test_the_public_page_tells_of_a_document_and_names_nobody(client, complete):
    content = read_file(complete)
    upload = SimpleUploadedFile("c.pdf", content, content_type="application/pdf")

    response = client.post(reverse("charters:verify"), {"file": upload})

    text = response.content.decode()
    assert response.context["finding"].outcome is Outcome.VALID
    assert complete.file_sha256 in text and "Les Ponts du Savoir" in text
    assert "Camille" in complete.document["purpose"] and "Camille" not in text


def test_the_code_printed_on_it_leads_to_its_fingerprint(client, complete):
    shown = complete.shown_code.lower()

    known = client.post(reverse("charters:verify"), {"code": shown})
    unknown = client.post(reverse("charters:verify"), {"code": "AAAAA-AAAAA"})
    nothing = client.post(reverse("charters:verify"), {})

    assert complete.file_sha256 in known.content.decode()
    assert "Aucun document ne porte ce code" in unknown.content.decode()
    assert nothing.context["form"].non_field_errors() == [
        "Choisissez un fichier, ou tapez un code."
    ]


def test_who_asks_too_often_is_told_to_wait_and_nothing_is_examined(client, complete):
    def ask():
        return client.post(reverse("charters:verify"), {"code": complete.code})

    answers = [ask() for _ in range(20)]
    refused = ask()

    assert {one.status_code for one in answers} == {200}
    assert (refused.status_code, refused.context["known"]) == (429, None)
    assert refused.context["form"].non_field_errors() == [
        "Trop de demandes à la suite. Attendez quelques minutes."
    ]
    assert client.get(reverse("charters:verify")).status_code == 200


def test_a_file_larger_than_any_of_ours_is_refused_in_a_sentence(client):
    upload = SimpleUploadedFile("c.pdf", b"%PDF-" + bytes(VerificationForm.LARGEST))

    response = client.post(reverse("charters:verify"), {"file": upload})

    assert response.context["form"].errors["file"] == [
        "Ce fichier dépasse 20 Mo\u202f; ce n'est pas l'un des nôtres."
    ]
    assert response.context["finding"] is None


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7", b"PK\x03\x04", b"\x00" * 5000])
def test_what_is_no_document_is_unknown(content):
    assert examine(content).outcome is Outcome.UNKNOWN


def test_the_text_alone_and_a_stripped_document_are_told_apart(complete):
    stripped = strip_the_seal(read_file(complete), random.Random(1), None)

    findings = [examine(one) for one in (read_text(complete), stripped)]

    assert [one.outcome for one in findings] == [Outcome.UNKNOWN, Outcome.ALTERED]
    assert [one.convention for one in findings] == [complete, complete]


def test_the_command_tells_of_each_file_and_fails_if_one_is_not_valid(complete, tmp_path, capsys):
    whole, broken = tmp_path / "whole.pdf", tmp_path / "broken.pdf"
    whole.write_bytes(read_file(complete))
    broken.write_bytes(read_file(complete)[:-1] + b"x")

    call_command("verify_convention", whole)
    with pytest.raises(SystemExit) as ended:
        call_command("verify_convention", whole, broken)

    told = capsys.readouterr().out
    assert ended.value.code == 1
    assert told.count(f"valide  {whole}") == 2
    assert f"altéré  {broken}" in told
    assert f"La chaîne de preuve est entière : {complete.proof.count()} maillons." in told
