"""Which seal is put: the installation's or the association's; and what happens where none can be (I5)."""

from __future__ import annotations

import io
import shutil
import threading
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from pyhanko.pdf_utils.reader import PdfFileReader

from charters import authority, checks, tasks
from charters.files import read_file
from charters.models import Convention
from charters.services.proving import check_chain
from charters.verifying import Outcome, examine
from programmes.enums import PairState
from tests.factories.charters import sign_by_all
from tests.factories.programmes import AT

pytestmark = pytest.mark.django_db


@pytest.fixture
def own_keys(settings, tmp_path):
    settings.KEYS_DIR = shutil.copytree(settings.KEYS_DIR, tmp_path / "keys")
    return Path(settings.KEYS_DIR)


@pytest.fixture
def signed(convention, alix):
    return sign_by_all(convention, for_organisation=alix, at=AT)


@pytest.fixture
def refusing_server():
    """A server of time that dates nothing."""

    class Answer(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.send_error(503)

        def log_message(self, *args: object) -> None:
            """Nothing on the screen."""

    server = HTTPServer(("127.0.0.1", 0), Answer)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


def sealed_by(convention):
    content = read_file(Convention.objects.get(pk=convention.pk))
    [seal] = PdfFileReader(io.BytesIO(content)).embedded_signatures
    assert examine(content).outcome is Outcome.VALID
    return seal.signer_cert.subject.native["common_name"]


def make_expired(folder: Path) -> None:
    long_ago = datetime.now(UTC) - timedelta(days=4000)
    authority.make_seal(folder, name="Vieux sceau", at=long_ago)


def test_an_association_may_have_a_seal_of_its_own(signed, own_keys):
    organisation = signed.pair.cohort.programme.organisation
    call_command("seal", "create", "--organisation", organisation.slug, verbosity=0)

    tasks.sweep()

    assert sealed_by(signed) == organisation.name


def test_the_others_use_that_of_the_installation(signed, own_keys, other_organisation):
    call_command("seal", "create", "--organisation", other_organisation.slug, verbosity=0)

    tasks.sweep()

    assert sealed_by(signed) == "Binôme (tests)"


def test_a_seal_for_nobody_is_not_made(db, own_keys):
    with pytest.raises(CommandError, match="Aucune association"):
        call_command("seal", "create", "--organisation", "personne")


def test_an_expired_seal_seals_nothing_until_there_is_another(signed, own_keys, caplog):
    make_expired(own_keys)
    tasks.sweep()
    before = Convention.objects.get(pk=signed.pk)

    call_command("seal", "create", "--name", "Nouveau sceau", verbosity=0)
    tasks.sweep()

    assert (before.pair.state, before.file.name) == (PairState.ACTIVE, "")
    assert "has expired on" in caplog.text
    assert sealed_by(signed) == "Nouveau sceau"


def test_an_expired_certificate_is_told_and_not_taken(own_keys, tmp_path):
    assert checks.keys_are_there() == []
    make_expired(tmp_path / "old")
    files = {"key": authority.SEAL_KEY, "certificate": authority.SEAL}
    options = [f"--{name}={tmp_path / 'old' / file}" for name, file in files.items()]

    with pytest.raises(CommandError, match="valid until"):
        call_command(
            "seal", "use", *options, f"--authority={tmp_path / 'old' / authority.AUTHORITY}"
        )
    make_expired(own_keys)

    assert [warning.id for warning in checks.keys_are_there()] == ["charters.W002"]


def test_where_no_server_of_time_answers_signatures_stand_and_the_seal_waits(
    signed, settings, refusing_server, caplog
):
    for address in (refusing_server, "http://127.0.0.1:9/"):
        settings.TIMESTAMP_URL = address
        tasks.sweep()
        waiting = Convention.objects.get(pk=signed.pk)
        assert (waiting.pair.state, waiting.file.name) == (PairState.ACTIVE, "")
        assert check_chain(waiting) == []
    settings.TIMESTAMP_URL = ""

    tasks.sweep()

    assert caplog.text.count(f"The files of convention {signed.pk} cannot be made") == 2
    assert sealed_by(signed) == "Binôme (tests)"
