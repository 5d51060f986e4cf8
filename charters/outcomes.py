"""The e-mails about what became of a convention: signed by all, or refused."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

from django.urls import reverse

from charters.enums import LIVE_STATES, ConventionState
from charters.links import token_for
from charters.messages import of_cohort
from charters.models import Convention, ConventionParty
from charters.queries import party_name
from notifications.links import absolute
from notifications.messages import Message
from programmes.enums import PairState
from programmes.policy.rules import PartyKind


@dataclass(frozen=True)
class ConventionSigned(Message):
    """To each who signed before the last one: all have signed, and here is the document (I5)."""

    party_id: int
    kind: ClassVar[str] = "convention_signed"

    @property
    def party(self) -> ConventionParty:
        return ConventionParty.objects.select_related(
            "convention__pair__mentor__person",
            "convention__pair__mentee__person",
            "convention__pair__cohort__programme__organisation",
            "convention__pair__cohort__rule_set",
        ).get(pk=self.party_id)

    @property
    def recipient(self) -> int | str:
        return self.party.person_id or self.party.email

    @property
    def organisation_id(self) -> int:
        return self.party.convention.pair.cohort.programme.organisation_id

    def is_still_due(self, at: datetime) -> bool:
        return self.party.convention.state == ConventionState.SIGNED

    def context(self) -> dict[str, Any]:
        party = self.party
        pair = party.convention.pair
        url = reverse("charters:convention", args=[pair.pk])
        if party.as_kind is PartyKind.GUARDIAN:
            url = reverse("charters:guardian_link", args=[token_for(party)])
        return {
            "party": party,
            "pair": pair,
            "addressee": party.kind,
            "url": absolute(url),
            **of_cohort(pair.cohort),
        }


@dataclass(frozen=True)
class ConventionRefused(Message):
    """To the team, at once: one party does not wish to sign, and what can be done now (I5, M4)."""

    convention_id: int
    person_id: int
    entry_id: int
    kind: ClassVar[str] = "convention_refused"

    @property
    def convention(self) -> Convention:
        return Convention.objects.select_related(
            "pair__mentor__person",
            "pair__mentee__person",
            "pair__cohort__programme__organisation",
            "pair__cohort__rule_set",
        ).get(pk=self.convention_id)

    @property
    def recipient(self) -> int:
        return self.person_id

    @property
    def organisation_id(self) -> int:
        return self.convention.pair.cohort.programme.organisation_id

    def is_still_due(self, at: datetime) -> bool:
        """Until the team has opened another text or cancelled the pair."""
        refused = Convention.objects.filter(
            pk=self.convention_id, state=ConventionState.REFUSED, pair__state=PairState.ACCEPTED
        )
        return refused.exclude(pair__conventions__state__in=LIVE_STATES).exists()

    def context(self) -> dict[str, Any]:
        convention = self.convention
        pair = convention.pair
        party = convention.parties.get(kind=convention.refused_by)
        return {
            "pair": pair,
            "name": party_name(party, convention),
            "reason": convention.get_refusal_reason_display(),
            "url": absolute(reverse("programmes:team_pair", args=[pair.pk])),
            "renew_url": absolute(reverse("charters:renew", args=[pair.pk])),
            **of_cohort(pair.cohort),
        }


EVERY_OUTCOME = (ConventionSigned, ConventionRefused)
