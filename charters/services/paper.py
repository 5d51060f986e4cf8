"""Signed by hand: the team records the copy that was scanned, and signs nothing itself (I5)."""

from __future__ import annotations

from datetime import datetime
from hashlib import sha256

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import gettext as _

from charters.enums import IdentifiedBy, ProofKind
from charters.judging import judge_scan
from charters.models import Convention, Signature
from charters.queries import signature_of
from charters.scans import Scan
from charters.services.conventions import locked_convention
from charters.services.proving import Circumstances, record_proof
from charters.services.signing import advance
from charters.verifying import convention_named_in
from people.dates import date_format
from people.models import Person
from programmes.sentences import Refused


def record_scan(
    convention: Convention, scan: Scan, *, by: Person, at: datetime, circumstances: Circumstances
) -> Convention:
    """All who had not signed online have signed on paper; the last signature starts the pair."""
    digest = sha256(scan.content).hexdigest()
    storage = convention.scan.storage
    name = storage.save(
        f"conventions/{convention.pk}-{digest[:12]}{scan.suffix}", ContentFile(scan.content)
    )
    try:
        return _record(convention, scan, name, digest, by=by, at=at, circumstances=circumstances)
    except Refused:
        storage.delete(name)
        raise


@transaction.atomic
def _record(
    convention: Convention,
    scan: Scan,
    name: str,
    digest: str,
    *,
    by: Person,
    at: datetime,
    circumstances: Circumstances,
) -> Convention:
    convention = locked_convention(convention)
    verdict = judge_scan(
        convention,
        by=by,
        signed_on=scan.signed_on,
        today=at.date(),
        digest=digest,
        named=convention_named_in(scan.content),
    )
    if not verdict.is_clear:
        raise Refused(verdict)
    convention.scan.name = name
    convention.save(update_fields=["scan"])
    statement = _("Signée à la main le %(day)s ; exemplaire numérisé déposé par %(name)s.") % {
        "day": date_format(scan.signed_on, "j F Y"),
        "name": by,
    }
    unsigned = [
        party
        for party in convention.parties.select_related("signature")
        if signature_of(party) is None
    ]
    for party in unsigned:
        signature = Signature.objects.create(
            party=party,
            name=str(party),
            email=party.email,
            statement=statement,
            digest=convention.text_sha256,
            signed_at=at,
            identified_by=IdentifiedBy.PAPER,
        )
        record_proof(
            convention,
            ProofKind.SCANNED,
            party=party,
            by=by,
            circumstances=circumstances,
            document=convention.text_sha256,
            signatory=str(party),
            scan=digest,
            signature=signature.fingerprint,
        )
    return advance(convention, party=unsigned[-1], by=by, at=at)
