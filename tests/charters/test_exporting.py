"""The team takes its conventions away in one file, and records those signed by hand (I5)."""

from __future__ import annotations

import csv
import hashlib
import io
import json
from pathlib import Path
from zipfile import ZipFile

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from pypdf import PdfReader

from charters import exporting
from charters.enums import ConventionState, IdentifiedBy, ProofKind
from charters.files import keep_file, read_file, read_text
from charters.models import Convention, Signature
from charters.services import conventions
from charters.services.proving import check_chain
from notifications import tasks
from notifications.models import Job
from programmes.enums import PairState
from programmes.models import Coordinator
from programmes.policy.rules import PartyKind
from programmes.policy.terms import Role
from tests.charters.conftest import NOT_YET, WITH_MINORS
from tests.factories.charters import put_text, sign, sign_by_all
from tests.factories.people import make_person
from tests.factories.programmes import (
    AT,
    make_accepted_pair,
    make_cohort,
    make_enrolment,
    make_programme,
)

pytestmark = pytest.mark.django_db

SCAN = b"%PDF-1.7 une page avec trois signatures"


@pytest.fixture
def team(client, alix):
    client.force_login(alix)
    return client


@pytest.fixture
def three(issy, convention, alix):
    """One signed by all, one that waits for the mentee, one that waits for the association."""
    sign_by_all(convention, for_organisation=alix, at=AT)
    others = []
    for number in range(2):
        pair = make_accepted_pair(
            make_enrolment(issy, make_person("Mentor", f"N{number}"), Role.MENTOR, **NOT_YET),
            make_enrolment(issy, make_person("Mentee", f"=N{number}"), Role.MENTEE, **NOT_YET),
            by=alix,
        )
        others.append(put_text(Convention.objects.get(pair=pair)))
    for one in (others[0], others[1]):
        party = one.parties.get(kind=PartyKind.MENTOR)
        sign(one, party, by=party.person, at=AT)
    party = others[1].parties.get(kind=PartyKind.MENTEE)
    sign(others[1], party, by=party.person, at=AT)
    return [Convention.objects.get(pk=one.pk) for one in (convention, *others)]


def exported(team, cohort, which=""):
    started = team.post(reverse("charters:start_export", args=[cohort.pk]), {"etat": which})
    tasks.run_job(Job.objects.latest("pk").pk)
    shown = team.get(started["Location"])
    assert shown.context["job"].state == "done"
    address = reverse("charters:export_file", args=[cohort.pk, shown.context["job"].pk])
    return ZipFile(io.BytesIO(b"".join(team.get(address).streaming_content)))


def index_of(archive):
    text = archive.read("index.csv").decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text), delimiter=";"))


def test_each_document_is_in_the_file_and_the_index_tells_of_it(team, issy, three):
    archive = exported(team, issy)

    lines = {line["parties"].split(",")[0]: line for line in index_of(archive)}
    signed = lines["Camille Moreau"]
    content = archive.read(signed["fichier"])
    assert archive.testzip() is None and len(archive.namelist()) == 4
    assert hashlib.sha256(content).hexdigest() == signed["empreinte SHA-256 du fichier"]
    assert content == read_file(Convention.objects.get(pk=three[0].pk))
    assert (signed["état"], signed["dernière signature"]) == ("signée par tous", "2026-09-15")
    assert {line["on attend"] for line in lines.values()} == {
        "",
        "Mentee =N0",
        "Les Ponts du Savoir",
    }


@pytest.mark.parametrize(
    ("which", "found"),
    [
        ("", [0, 1, 2]),
        ("signees", [0]),
        ("a-signer", [1, 2]),
        ("attend-mentee", [1]),
        ("attend-mentor", []),
        ("attend-organisation", [2]),
        ("n'importe quoi", [0, 1, 2]),
    ],
)
def test_the_list_and_the_file_follow_the_same_filter(team, issy, three, which, found):
    page = reverse("charters:cohort_conventions", args=[issy.pk])

    listed = {row["convention"].pk for row in team.get(page, {"etat": which}).context["rows"]}

    assert listed == {three[number].pk for number in found}
    assert {one.pk for one in exporting.chosen(issy, which)} == listed


def test_progress_is_shown_until_the_file_is_there(team, issy, three):
    started = team.post(reverse("charters:start_export", args=[issy.pk]), {"etat": ""})

    page = team.get(started["Location"])
    piece = team.get(started["Location"], headers={"HX-Request": "true"})

    assert "<progress" in page.content.decode() and "every 1s" in piece.content.decode()
    assert "<html" not in piece.content.decode()
    assert 'aria-live="polite"' in page.content.decode()
    assert 'aria-live="off"' in piece.content.decode()
    assert team.get(f"{started['Location']}fichier/").status_code == 404


def test_the_export_of_another_is_not_found(client, team, issy, three, robin):
    exported(team, issy)
    job = Job.objects.get()
    Coordinator.objects.create(programme=issy.programme, person=robin)
    client.force_login(robin)

    seen = client.get(reverse("charters:cohort_conventions", args=[issy.pk])).status_code
    taken = client.get(reverse("charters:export_file", args=[issy.pk, job.pk])).status_code

    assert (seen, taken) == (200, 404)


def test_a_file_that_was_altered_or_lost_is_told_and_keeps_none_of_the_others(team, issy, three):
    lost, altered = (Convention.objects.get(pk=one.pk) for one in three[1:])
    default_storage.delete(lost.text_file.name)
    Path(altered.text_file.path).write_bytes(b"%PDF-1.7 autre")

    archive = exported(team, issy)

    told = {line["parties"]: line["fichier"] for line in index_of(archive)}
    assert told["Mentor N0, Mentee =N0, Les Ponts du Savoir"] == "le fichier gardé manque"
    assert told["Mentor N1, Mentee =N1, Les Ponts du Savoir"].endswith(
        "altéré depuis qu'il a été établi"
    )
    assert read_file(Convention.objects.get(pk=three[0].pk)) in map(
        archive.read, archive.namelist()
    )


def test_a_seal_that_cannot_be_put_keeps_no_export(team, issy, three, settings):
    settings.TIMESTAMP_URL = "http://127.0.0.1:9/"

    [signed] = index_of(exported(team, issy, "signees"))

    convention = Convention.objects.get(pk=three[0].pk)
    assert signed["empreinte SHA-256 du fichier"] == convention.text_sha256
    assert not convention.file


def deposit(team, convention, *, content=SCAN, **fields):
    upload = SimpleUploadedFile("scan.pdf", content)
    form = {"file": upload, "signed_on": "2026-09-14", "checked": "on"} | fields
    return team.post(reverse("charters:paper", args=[convention.pair_id]), form)


def test_a_copy_signed_by_hand_is_recorded_as_such_and_starts_the_pair(
    team, convention, alix, camille
):
    put_text(convention)
    sign(convention, convention.parties.get(kind=PartyKind.MENTOR), by=camille, at=AT)

    deposit(team, convention)

    done = Convention.objects.get(pk=convention.pk)
    by_hand = Signature.objects.filter(identified_by=IdentifiedBy.PAPER).order_by("pk")
    assert (done.state, done.pair.state) == (ConventionState.SIGNED, PairState.ACTIVE)
    assert [(one.party.kind, one.person) for one in by_hand] == [
        ("mentee", None),
        ("organisation", None),
    ]
    assert by_hand[0].statement == (
        "Signée à la main le 14 septembre 2026 ; exemplaire numérisé déposé par Alix Bernard."
    )
    told = done.proof.filter(kind=ProofKind.SCANNED)
    assert {event.person for event in told} == {alix}
    assert check_chain(done) == []


def test_the_index_tells_who_signed_by_hand(team, issy, convention, camille):
    put_text(convention)
    sign(convention, convention.parties.get(kind=PartyKind.MENTOR), by=camille, at=AT)
    deposit(team, convention)

    [line] = index_of(exported(team, issy))

    one, other, _ = line["signatures"].split("), ")
    assert one.startswith("Camille Moreau (") and "à la main" not in one
    assert other.startswith("Nour Haddad (") and other.endswith(", à la main")


def test_a_file_is_named_after_the_two_whoever_signs_first(team, organisation, camille, nour, alix):
    kinds = ("mentee", "guardian", "mentor")
    parties = [{"kind": kind, "order": order} for order, kind in enumerate(kinds, 1)]
    document = WITH_MINORS | {"agreement": {"kind": "convention", "parties": parties}}
    programme = make_programme(organisation, document)
    Coordinator.objects.create(programme=programme, person=alix)
    cohort = make_cohort(programme)
    mentor = make_enrolment(cohort, camille, Role.MENTOR, **NOT_YET)
    born = {"answers": {"birth_date": "2010-05-01"}}
    mentee = make_enrolment(cohort, nour, Role.MENTEE, **NOT_YET, **born)
    pair = make_accepted_pair(mentor, mentee, by=alix)
    convention = put_text(Convention.objects.get(pair=pair))

    archive = exported(team, cohort)

    assert archive.namelist() == [f"{convention.pk}-nour-haddad-camille-moreau.pdf", "index.csv"]


def test_the_copy_is_attached_to_the_sealed_document(team, convention):
    put_text(convention)
    deposit(team, convention)
    done = Convention.objects.get(pk=convention.pk)
    keep_file(done)

    attached = PdfReader(io.BytesIO(read_file(done))).attachments

    proof = json.loads(attached["preuve.json"][0])
    assert attached["exemplaire-papier.pdf"] == [SCAN]
    assert proof[-1]["facts"]["scan"] == hashlib.sha256(SCAN).hexdigest()


def test_what_is_neither_a_pdf_nor_a_photograph_is_refused_with_a_sentence(team, convention):
    put_text(convention)

    refused = deposit(team, convention, content=b"MZ programme")
    unchecked = deposit(team, convention, checked="")
    future = deposit(team, convention, signed_on="2999-01-01")

    assert refused.context["form"].errors["file"] == ["Choisissez un PDF ou une photo JPEG ou PNG."]
    assert refused.content.decode().count('role="alert"') == 1
    assert unchecked.context["form"].errors["checked"]
    assert future.context["breaches"] == ["La date de signature est à venir."]
    assert not Signature.objects.exists() and not Convention.objects.get().scan


def test_the_blank_document_and_that_of_another_pair_are_no_signed_copy(team, three):
    signed, convention, _ = three
    keep_file(signed)

    blank = deposit(team, convention, content=read_text(convention))
    other = deposit(team, convention, content=read_file(signed))

    assert blank.context["breaches"] == [
        "Ce fichier est le document à imprimer : il ne porte aucune signature."
    ]
    assert other.context["breaches"] == [
        "Ce fichier est celui d'un autre document que cette convention."
    ]
    assert not Convention.objects.get(pk=convention.pk).scan


def test_one_of_the_two_does_not_deposit_their_own_copy(client, convention, camille):
    put_text(convention)
    Coordinator.objects.create(programme=convention.pair.cohort.programme, person=camille)
    client.force_login(camille)

    assert deposit(client, convention).status_code == 404
    assert not Signature.objects.exists()


def test_a_convention_that_is_over_takes_no_copy(team, convention, alix):
    conventions.void_convention(convention.pair, by=alix, at=AT)

    assert deposit(team, convention).status_code == 404
