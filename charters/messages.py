"""The e-mails about agreements: a charter to accept, a convention to sign and its code."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, ClassVar

from django.urls import reverse

from charters.editions import newer_edition
from charters.links import token_for
from charters.models import ConventionParty
from charters.queries import awaited_parties
from notifications.links import absolute
from notifications.messages import Message, OneTimeMail
from notifications.planner import paris_date
from programmes.enums import EnrolmentState, PairState
from programmes.models import Cohort, Enrolment, Pair
from programmes.policy.rules import PartyKind


class CharterMail(Message):
    """To one who is asked to accept the charter. Subclasses hold the fields."""

    enrolment_id: int

    @property
    def enrolment(self) -> Enrolment:
        return Enrolment.objects.select_related(
            "cohort__programme__organisation", "cohort__rule_set"
        ).get(pk=self.enrolment_id)

    @property
    def recipient(self) -> int:
        return self.enrolment.person_id

    @property
    def organisation_id(self) -> int:
        return self.enrolment.cohort.programme.organisation_id

    def context(self) -> dict[str, Any]:
        enrolment = self.enrolment
        return {
            "role": enrolment.role,
            "addressee": enrolment.role,
            "url": absolute(reverse("charters:accept", args=[enrolment.pk])),
            **of_cohort(enrolment.cohort),
        }


@dataclass(frozen=True)
class CharterToAccept(CharterMail):
    """To who is admitted where the charter comes before the match, and again at intervals (I3)."""

    enrolment_id: int
    on: date
    kind: ClassVar[str] = "charter_to_accept"

    def is_still_due(self, at: datetime) -> bool:
        return Enrolment.objects.filter(
            pk=self.enrolment_id, state=EnrolmentState.ADMITTED, charter_version=None
        ).exists()

    def context(self) -> dict[str, Any]:
        admitted_at = self.enrolment.decided_at
        is_reminder = admitted_at is not None and self.on > paris_date(admitted_at)
        return super().context() | {"is_reminder": is_reminder}


@dataclass(frozen=True)
class CharterRenewed(CharterMail):
    """Once to who accepted a former edition, where the programme asks for the new one too (I11)."""

    enrolment_id: int
    number: int
    kind: ClassVar[str] = "charter_renewed"

    def is_still_due(self, at: datetime) -> bool:
        newer = newer_edition(self.enrolment, paris_date(at))
        return newer is not None and newer.is_asked and newer.version.number == self.number

    def context(self) -> dict[str, Any]:
        changes = reverse("charters:changes", args=[self.enrolment_id])
        return super().context() | {"changes_url": absolute(changes)}


class AgreementMail(Message):
    """To one whose turn it is to accept the charter or to sign the convention.

    Subclasses hold the fields. `person_id` is empty for a guardian, who has no account;
    `party_id` for a charter.
    """

    pair_id: int
    person_id: int | None
    party_id: int | None

    @property
    def pair(self) -> Pair:
        return Pair.objects.select_related(
            "mentor__person",
            "mentee__person",
            "cohort__programme__organisation",
            "cohort__rule_set",
        ).get(pk=self.pair_id)

    @property
    def party(self) -> ConventionParty | None:
        if self.party_id is None:
            return None
        return (
            ConventionParty.objects.select_related("convention__pair")
            .filter(pk=self.party_id)
            .first()
        )

    @property
    def recipient(self) -> int | str:
        if self.person_id is not None:
            return self.person_id
        party = self.party
        return party.email if party else ""

    @property
    def organisation_id(self) -> int:
        return self.pair.cohort.programme.organisation_id

    def is_still_due(self, at: datetime) -> bool:
        pair, party = self.pair, self.party
        if pair.state != PairState.ACCEPTED:
            return False
        if self.party_id is None:
            own = Enrolment.objects.filter(pk__in=[pair.mentor_id, pair.mentee_id])
            return own.filter(person=self.person_id, charter_version=None).exists()
        if party is None or party not in awaited_parties(party.convention):
            return False
        is_named = party.as_kind is PartyKind.GUARDIAN and bool(party.email)
        return not is_named or self.person_id is None

    def context(self) -> dict[str, Any]:
        pair, party = self.pair, self.party
        own = pair.mentor if pair.mentor.person_id == self.person_id else pair.mentee
        role = own.role if own.person_id == self.person_id else ""
        if party is None:
            url = reverse("charters:accept", args=[own.pk])
        elif self.person_id is None:
            url = reverse("charters:guardian_link", args=[token_for(party)])
        else:
            url = reverse("charters:convention", args=[pair.pk])
        return {
            "pair": pair,
            "party": party,
            "names_guardian": role and party and party.as_kind is PartyKind.GUARDIAN,
            "role": role,
            "addressee": role or ("team" if self.person_id else PartyKind.GUARDIAN),
            "url": absolute(url),
            **of_cohort(pair.cohort),
        }


@dataclass(frozen=True)
class AgreementToGive(AgreementMail):
    """To each whose turn it is to accept the charter or to sign the convention, at once (I3, I5)."""

    pair_id: int
    entry_id: int
    person_id: int | None = None
    party_id: int | None = None
    kind: ClassVar[str] = "agreement_to_give"


@dataclass(frozen=True)
class AgreementReminder(AgreementMail):
    """To each who has not accepted or signed, at the programme's interval, three times at most (I3, I5)."""

    pair_id: int
    on: date
    person_id: int | None = None
    party_id: int | None = None
    kind: ClassVar[str] = "agreement_reminder"


@dataclass(frozen=True)
class CodeToSign(OneTimeMail):
    """To whoever is about to sign, when they ask for it: the code to type (I5).

    `person_id` is empty for a guardian, who has no account.
    """

    party_id: int
    person_id: int | None
    code: str
    kind: ClassVar[str] = "code_to_sign"

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
        return self.person_id if self.person_id is not None else self.party.email

    @property
    def organisation_id(self) -> int:
        return self.party.convention.pair.cohort.programme.organisation_id

    def context(self) -> dict[str, Any]:
        party = self.party
        pair = party.convention.pair
        return {
            "code": self.code,
            "party": party,
            "pair": pair,
            "addressee": "team" if party.as_kind is PartyKind.ORGANISATION else party.kind,
            **of_cohort(pair.cohort),
        }


def of_cohort(cohort: Cohort) -> dict[str, Any]:
    return {
        "programme": cohort.programme,
        "organisation": cohort.programme.organisation,
        "vocabulary": cohort.vocabulary,
    }


EVERY_MESSAGE = (
    CharterToAccept,
    CharterRenewed,
    AgreementToGive,
    AgreementReminder,
)
