"""Conventions for tests."""

from __future__ import annotations

import io
import re
from datetime import datetime

from django.core import mail
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from pypdf import PdfWriter

from charters.enums import IdentifiedBy, ProofKind
from charters.evidence import codes_of
from charters.files import store_file, store_text
from charters.models import Convention, ConventionParty, SigningCode
from charters.services import codes, proving, signing
from charters.services.proving import Circumstances
from people.models import Person
from programmes.models import Coordinator
from programmes.policy.rules import PartyKind

AT_HOME = Circumstances(IdentifiedBy.PASSWORD, address="192.0.2.7", agent="Firefox")


def make_signatory(convention: Convention, person: Person) -> None:
    """Let someone sign for the association."""
    Coordinator.objects.update_or_create(
        programme=convention.pair.cohort.programme, person=person, defaults={"may_sign": True}
    )


def put_text(convention: Convention) -> Convention:
    """A document of one blank page to sign, where rendering the real one proves nothing more."""
    if not convention.text_sha256:
        store_text(convention, blank_page(f"Convention {convention.pk}"))
    return convention


def put_file(convention: Convention) -> Convention:
    """The same as the complete document of a signed convention."""
    store_file(convention, blank_page(f"Convention {convention.pk}, signée"))
    return convention


def blank_page(title: str) -> bytes:
    page, written = PdfWriter(), io.BytesIO()
    page.add_blank_page(595, 842)
    page.add_metadata({"/Title": title})
    page.write(written)
    return written.getvalue()


def read(convention: Convention, party: ConventionParty, *, by: Person | None) -> None:
    """The party is put before the document."""
    proving.record_reading(
        convention,
        ProofKind.SHOWN,
        party=party,
        by=by,
        circumstances=AT_HOME,
        document=convention.text_sha256,
    )


def code_for(convention: Convention, party: ConventionParty, *, by: Person | None) -> str:
    """A fresh code, whatever was asked for before."""
    codes_of(party, by).delete()
    code = codes.issue_code(convention, party=party, by=by)
    assert code is not None and SigningCode.objects.filter(party=party).exists()
    return code


def code_in_mail() -> str:
    """The code of the newest mail."""
    found = re.search(r"^\d{6}$", str(mail.outbox[-1].body), re.MULTILINE)
    assert found is not None
    return found[0]


def sign_on_page(client: Client, pair_id: int) -> HttpResponse:
    """Open the page, ask for the code, read it in the mail, tick and sign."""
    client.get(reverse("charters:convention", args=[pair_id]))
    client.post(reverse("charters:send_code", args=[pair_id]))
    fields = {"agreed": "on", "code": code_in_mail()}
    return client.post(reverse("charters:sign", args=[pair_id]), fields)


def sign(
    convention: Convention,
    party: ConventionParty,
    *,
    by: Person | None,
    at: datetime,
    has_ticked: bool = True,
) -> Convention:
    """Read, receive a code and sign."""
    put_text(convention)
    read(convention, party, by=by)
    return signing.sign_convention(
        convention,
        party=party,
        by=by,
        has_ticked=has_ticked,
        code=code_for(convention, party, by=by),
        at=at,
        circumstances=AT_HOME,
    )


def sign_by_all(convention: Convention, *, for_organisation: Person, at: datetime) -> Convention:
    """Every party signs in turn; the pair starts."""
    make_signatory(convention, for_organisation)
    for party in convention.parties.all():
        by = for_organisation if party.as_kind is PartyKind.ORGANISATION else party.person
        convention = sign(convention, party, by=by, at=at)
    return convention
