"""The personal link of a guardian: a signed token that names the party and the address."""

from __future__ import annotations

from datetime import timedelta

from django.core import signing

from charters.models import ConventionParty

VALID_FOR = timedelta(days=30)
_SALT = "charters.guardian"


def token_for(party: ConventionParty) -> str:
    return signing.dumps([party.pk, party.email], salt=_SALT)


def party_of(token: str) -> ConventionParty | None:
    """The party a token was made for, as long as it holds and the address is still that one."""
    try:
        pk, email = signing.loads(token, salt=_SALT, max_age=VALID_FOR)
    except signing.BadSignature:
        return None
    return (
        ConventionParty.objects.select_related(
            "signature",
            "convention__charter",
            "convention__pair__mentor__person",
            "convention__pair__mentee__person",
            "convention__pair__cohort__programme__organisation",
            "convention__pair__cohort__rule_set",
        )
        .filter(pk=pk, email=email)
        .exclude(email="")
        .first()
    )
