"""What the page of a convention shows."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from charters.enums import ConventionState
from charters.evidence import live_code
from charters.forms import SignatureForm
from charters.models import Convention, ConventionParty
from charters.queries import awaited_parties, guardian_of, party_name, signature_of
from people.dates import date_format
from people.models import Person
from programmes.enums import PairState
from programmes.models import Cohort
from programmes.policy.rules import PartyKind
from programmes.vocabulary import Vocabulary
from programmes.words import fill

# What agrees with the programme's word for the document (« un contrat signé par tous »).
STATE_WORDS = {
    ConventionState.OPEN: gettext_lazy("à signer"),
    ConventionState.PARTLY_SIGNED: gettext_lazy("{signé|convention} en partie"),
    ConventionState.SIGNED: gettext_lazy("{signé|convention} par tous"),
    ConventionState.REFUSED: gettext_lazy("{refusé|convention}"),
    ConventionState.VOID: gettext_lazy("caduque"),
    ConventionState.SUPERSEDED: gettext_lazy("{remplacé|convention}"),
}
TONES = {
    ConventionState.OPEN: "warning",
    ConventionState.PARTLY_SIGNED: "warning",
    ConventionState.SIGNED: "success",
    ConventionState.REFUSED: "danger",
    ConventionState.VOID: "neutral",
    ConventionState.SUPERSEDED: "neutral",
}


def state_of(convention: Convention) -> str:
    words = STATE_WORDS[ConventionState(convention.state)]
    return fill(words, convention.pair.cohort.vocabulary)


def page_context(
    convention: Convention,
    party: ConventionParty | None,
    *,
    by: Person | None = None,
    form: SignatureForm | None = None,
    breaches: list[str] | None = None,
) -> dict[str, Any]:
    """The convention as the one who signs as `party` sees it; None for whoever only looks on."""
    is_turn = party is not None and party in awaited_parties(convention)
    code = None
    if party is not None and is_turn:
        form = form or SignatureForm.of(party)
        code = live_code(party, by, at=timezone.now())
    guardian = guardian_of(convention)
    signature = signature_of(party) if party is not None else None
    return {
        "convention": convention,
        "document": convention.document,
        "pair": convention.pair,
        "party": party,
        "form": form if is_turn else None,
        "code": code,
        "code_goes_to": by.email if by else party.email if party else "",
        "breaches": breaches or [],
        "steps": steps_of(convention),
        "tone": TONES[ConventionState(convention.state)],
        "awaited": awaited_names(convention),
        "has_signed": signature is not None and signature.person_id == (by.pk if by else None),
        "may_refuse": party is not None and convention.is_awaited and signature is None,
        "guardian": guardian if guardian and signature_of(guardian) is None else None,
    }


def steps_of(convention: Convention) -> list[dict[str, Any]]:
    """Who has signed, who is awaited, for the timeline."""
    awaited = awaited_parties(convention)
    vocabulary = convention.pair.cohort.vocabulary
    steps = []
    for party in convention.parties.all():
        signature = signature_of(party)
        state = "now" if party in awaited else "later"
        when = detail = ""
        if signature is not None:
            state, when = "done", date_format(localtime(signature.signed_at), "j F Y, H:i")
            detail = signature.name if party.as_kind is PartyKind.ORGANISATION else ""
        label = f"{party_name(party, convention)}, {role_of(party, vocabulary)}"
        steps.append({"label": label, "state": state, "detail": detail, "when": when})
    return steps


def signature_blocks(convention: Convention) -> list[dict[str, Any]]:
    """For each party, in order: who signs, as what, and the signature if it is there."""
    vocabulary = convention.pair.cohort.vocabulary
    return [
        {
            "name": party_name(party, convention),
            "role": role_of(party, vocabulary),
            "signature": signature_of(party),
        }
        for party in convention.parties.all()
    ]


def proof_lines(convention: Convention) -> list[dict[str, Any]]:
    """The chain of proof, one line for each event."""
    vocabulary = convention.pair.cohort.vocabulary
    roles = {party.kind: role_of(party, vocabulary) for party in convention.parties.all()}
    return [
        {
            "event": event,
            "role": roles.get(event.party, ""),
            "statement_sha256": event.facts.get("statement_sha256", ""),
            "guardian": event.facts.get("guardian", ""),
            "guardian_email": event.facts.get("email", ""),
        }
        for event in convention.proof.order_by("number")
    ]


def role_of(party: ConventionParty, vocabulary: Vocabulary) -> str:
    roles = {
        PartyKind.MENTOR: _("{mentor}"),
        PartyKind.MENTEE: _("{mentoré}"),
        PartyKind.ORGANISATION: _("{association}"),
        PartyKind.GUARDIAN: _("représentant légal"),
    }
    return fill(roles[party.as_kind], vocabulary)


def row_of(convention: Convention) -> dict[str, Any]:
    """A line of the team's list."""
    is_open_again = convention.pair.state == PairState.ACCEPTED
    return {
        "convention": convention,
        "awaited": awaited_names(convention),
        "tone": TONES[ConventionState(convention.state)],
        "may_renew": is_open_again and convention.state != ConventionState.SIGNED,
    }


def awaited_names(convention: Convention) -> str:
    """Who is waited for, in a line."""
    return ", ".join(party_name(party, convention) for party in awaited_parties(convention))


def unsigned_names(convention: Convention) -> str:
    """Who has not signed yet, whosever turn it is."""
    parties = convention.parties.all()
    return ", ".join(
        party_name(party, convention) for party in parties if signature_of(party) is None
    )


def filters_of(cohort: Cohort) -> list[tuple[str, str]]:
    """The ways of looking at a cohort's conventions: by state, and by who is waited for."""
    awaited = {
        PartyKind.MENTOR: _("On attend {le mentor}"),
        PartyKind.MENTEE: _("On attend {le mentoré}"),
        PartyKind.ORGANISATION: _("On attend {l'association}"),
        PartyKind.GUARDIAN: _("On attend un représentant légal"),
    }
    parties = [party.kind for party in cohort.rules.agreement.parties]
    told = [
        ("", _("{Tout|conventions}")),
        ("a-signer", _("À signer")),
        *((f"attend-{kind}", awaited[kind]) for kind in parties),
        ("signees", _("{Signé|conventions}")),
    ]
    return [(value, fill(label, cohort.vocabulary)) for value, label in told]
