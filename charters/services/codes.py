"""One-time codes: sent to the address of who is about to sign, good once, for one document."""

from __future__ import annotations

import hmac
import secrets
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from charters.enums import ProofKind
from charters.evidence import codes_of
from charters.judging import judge_code, judge_code_request
from charters.keys import proof_keys
from charters.messages import CodeToSign
from charters.models import Convention, ConventionParty, SigningCode
from charters.proof import code_mac
from charters.services.proving import Circumstances, record_proof
from notifications import outbox
from notifications.courier import Deferred, Uncertain, Unreachable
from notifications.courier import Refused as NeverTaken
from people.models import Person
from programmes.policy.verdict import Breach, Sentence, Verdict, gettext_noop, verdict_of
from programmes.sentences import Refused
from programmes.services.journal import lock

VALID_FOR = timedelta(minutes=10)
# A second click asks for nothing more.
SAME_REQUEST = timedelta(seconds=20)
DIGITS = 6


def send_code(
    convention: Convention,
    *,
    party: ConventionParty,
    by: Person | None,
    circumstances: Circumstances,
) -> None:
    """Send a fresh code to whoever is about to sign; never stored, and gone at once."""
    code = issue_code(convention, party=party, by=by)
    if code is None:
        return
    try:
        outbox.send_now(CodeToSign(party.pk, by.pk if by else None, code))
    except (Unreachable, Deferred, NeverTaken, Uncertain) as error:
        codes_of(party, by).filter(used_at=None).update(expires_at=timezone.now())
        text = gettext_noop("Le code n'a pas pu partir. Réessayez dans un instant.")
        raise Refused(verdict_of([Breach("code:unsent", Sentence(text))])) from error
    record_proof(
        convention,
        ProofKind.CODE_SENT,
        party=party,
        by=by,
        circumstances=circumstances,
        document=convention.text_sha256,
    )


@transaction.atomic
def issue_code(convention: Convention, *, party: ConventionParty, by: Person | None) -> str | None:
    """A new code, which replaces any other; None if one was asked for a moment ago."""
    lock(party)
    now = timezone.now()
    verdict = judge_code_request(convention, party, by=by, now=now)
    if not verdict.is_clear:
        raise Refused(verdict)
    codes = codes_of(party, by)
    if codes.filter(used_at=None, created_at__gt=now - SAME_REQUEST, expires_at__gt=now).exists():
        return None
    code = f"{secrets.randbelow(10**DIGITS):0{DIGITS}}"
    SigningCode.objects.create(
        party=party,
        person=by,
        mark=_mark(convention, party, by, code),
        created_at=now,
        expires_at=now + VALID_FOR,
    )
    return code


def use_code(
    convention: Convention, *, party: ConventionParty, by: Person | None, code: str
) -> Verdict:
    """Whether this is the code that was sent; it is then used up, else a try is lost."""
    sent = codes_of(party, by).select_for_update(of=("self",)).first()
    now = timezone.now()
    is_right = sent is not None and hmac.compare_digest(
        sent.mark, _mark(convention, party, by, code)
    )
    verdict = judge_code(sent, is_right=is_right, now=now)
    if sent is None:
        return verdict
    if verdict.is_clear:
        sent.used_at = now
    elif "code:wrong" in verdict.codes:
        sent.attempts += 1
    sent.save(update_fields=["used_at", "attempts"])
    return verdict


def _mark(convention: Convention, party: ConventionParty, by: Person | None, code: str) -> str:
    return code_mac(
        proof_keys().key,
        convention=convention.pk,
        document=convention.text_sha256,
        party=party.pk,
        to=f"person {by.pk}" if by else f"address {party.email}",
        code=code,
    )
