"""To sign, or to say no: each for oneself (I5)."""

from __future__ import annotations

from datetime import datetime
from functools import partial

from django.db import transaction

from charters.drafting import statement_for
from charters.enums import ConventionState, ProofKind, RefusalReason
from charters.files import intact_text
from charters.judging import judge_refusal, judge_signature
from charters.models import Convention, ConventionParty, Signature
from charters.proof import sha256_of
from charters.queries import agreement_of, signature_of
from charters.services.asking import ask_next, tell_of_completion, tell_of_refusal
from charters.services.codes import use_code
from charters.services.conventions import MAKE_FILES, close, locked
from charters.services.proving import Circumstances, check_chain, record_proof
from notifications import bell
from people.models import Person
from programmes.sentences import Refused
from programmes.services.journal import record
from programmes.services.pairs import start_pair


def sign_convention(
    convention: Convention,
    *,
    party: ConventionParty,
    by: Person | None,
    has_ticked: bool,
    code: str,
    at: datetime,
    circumstances: Circumstances,
) -> Convention:
    """Sign as one party, for oneself, with the code just received; the last one starts the pair.

    `by` is None for a guardian, known by the link sent to the address given. Signing twice is
    signing once. A wrong code is counted although nothing else happens.
    """
    is_intact = intact_text(convention) is not None
    with transaction.atomic():
        convention, party = locked(convention, party)
        signature = signature_of(party)
        if signature is not None and signature.person_id == (by.pk if by else None):
            return convention
        verdict = judge_signature(
            convention,
            party,
            by=by,
            has_ticked=has_ticked,
            is_text_intact=is_intact,
            is_proof_whole=not check_chain(convention),
        )
        if verdict.is_clear:
            verdict = use_code(convention, party=party, by=by, code=code)
        if verdict.is_clear:
            return _sign(convention, party, by=by, at=at, circumstances=circumstances)
    raise Refused(verdict)


@transaction.atomic
def refuse_convention(
    convention: Convention,
    *,
    party: ConventionParty,
    by: Person | None,
    reason: RefusalReason,
    at: datetime,
    circumstances: Circumstances,
) -> Convention:
    """One party does not wish to sign; the team is told and can draw up another."""
    convention, party = locked(convention, party)
    verdict = judge_refusal(convention, party, by=by)
    if not verdict.is_clear:
        raise Refused(verdict)
    convention.refused_by = party.kind
    convention.refusal_reason = reason
    close(convention, ConventionState.REFUSED, at=at)
    record_proof(
        convention,
        ProofKind.REFUSED,
        party=party,
        by=by,
        circumstances=circumstances,
        document=convention.text_sha256,
        reason=str(reason),
    )
    pair = convention.pair
    entry = record("convention_refused", by=by, at=at, pair=pair, party=party.kind, reason=reason)
    tell_of_refusal(convention, entry, by=by, at=at)
    return convention


def _sign(
    convention: Convention,
    party: ConventionParty,
    *,
    by: Person | None,
    at: datetime,
    circumstances: Circumstances,
) -> Convention:
    """The code came back, the statement is ticked, and so it is signed."""
    statement = statement_for(party.as_kind, convention.pair)
    signature = Signature.objects.create(
        party=party,
        person=by,
        name=str(by) if by else party.name,
        email=by.email if by else party.email,
        statement=statement,
        digest=convention.text_sha256,
        signed_at=at,
        identified_by=circumstances.identified_by,
    )
    ticked = {"statement": statement, "statement_sha256": sha256_of(statement)}
    events: dict[ProofKind, dict[str, str]] = {
        ProofKind.CODE_VALIDATED: {},
        ProofKind.STATEMENT: ticked,
        ProofKind.SIGNED: {"signature": signature.fingerprint},
    }
    for kind, facts in events.items():
        record_proof(
            convention,
            kind,
            party=party,
            by=by,
            circumstances=circumstances,
            document=convention.text_sha256,
            **facts,
        )
    return advance(convention, party=party, by=by, at=at)


def advance(
    convention: Convention, *, party: ConventionParty, by: Person | None, at: datetime
) -> Convention:
    """After a signature: ask the next, or start the pair if that was the last."""
    is_last = not convention.parties.filter(signature=None).exists()
    convention.state = ConventionState.SIGNED if is_last else ConventionState.PARTLY_SIGNED
    convention.signed_at = at if is_last else None
    convention.save(update_fields=["state", "signed_at"])
    entry = record("convention_signed", by=by, at=at, pair=convention.pair, party=party.kind)
    if is_last:
        transaction.on_commit(partial(bell.ask_for, MAKE_FILES, convention.pk), robust=True)
        agreement = agreement_of(convention.pair)
        start_pair(convention.pair, agreement=agreement, by=by, at=at)
        tell_of_completion(convention, by=by, at=at)
    else:
        ask_next(convention, entry, at=at, after=party.order)
    return convention
