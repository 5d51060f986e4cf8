"""Who looks at a convention: someone with an account, or a guardian with a personal link."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.http import Http404, HttpRequest
from django.urls import reverse

from charters.identification import circumstances_of
from charters.models import Convention, ConventionParty
from charters.services.proving import Circumstances
from people.models import Person
from programmes.permissions import role_in
from programmes.policy.rules import PartyKind

_ACTS = ("sign", "send_code", "refuse", "convention_pdf")


@dataclass(frozen=True)
class Visit:
    """`party` is whom the visitor signs as, if anyone; `by` is None for a guardian."""

    request: HttpRequest
    convention: Convention
    party: ConventionParty | None
    by: Person | None
    frame: Mapping[str, Any]
    by_link: bool = False

    @property
    def own_party(self) -> ConventionParty:
        """The party the visitor signs as; whoever only looks on finds nothing here."""
        if self.party is None:
            raise Http404
        return self.party

    @property
    def addressee(self) -> str | None:
        """As whom the visitor is spoken to, if they are one of the two or a guardian."""
        return role_in(self.by, self.convention.pair) if self.by else PartyKind.GUARDIAN

    @cached_property
    def circumstances(self) -> Circumstances:
        return circumstances_of(self.request, by_link=self.by_link)

    def address(self, act: str, *args: object) -> str:
        """Where this visitor does that."""
        if self.by_link and self.party is not None:
            return reverse(f"charters:guardian_{act}", args=[self.party.pk, *args])
        return reverse(f"charters:{act}", args=[self.convention.pair_id, *args])

    @property
    def addresses(self) -> dict[str, str]:
        return {act: self.address(act) for act in _ACTS}
