"""The e-mails of the way in: invitation, enrolment, proposal, introduction, end."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

from django.urls import reverse

from notifications.links import absolute
from notifications.messages import Message
from programmes.enums import ConcernState, EnrolmentState, PairState
from programmes.models import Concern, Enrolment, Invitation, Pair, TeamInvitation
from programmes.navigation import vocabulary_of
from programmes.policy.terms import Role


@dataclass(frozen=True)
class InvitationToEnrol(Message):
    """To someone the team invites, at once; asks them to enrol."""

    invitation_id: int
    entry_id: int
    kind: ClassVar[str] = "invitation"

    @property
    def invitation(self) -> Invitation:
        return Invitation.objects.select_related(
            "cohort__programme__organisation", "cohort__rule_set", "invited_by"
        ).get(pk=self.invitation_id)

    @property
    def recipient(self) -> str:
        return self.invitation.email

    @property
    def organisation_id(self) -> int:
        return self.invitation.cohort.programme.organisation_id

    def is_still_due(self, at: datetime) -> bool:
        invitation = Invitation.objects.filter(pk=self.invitation_id).first()
        return invitation is not None and invitation.is_open(at=at)

    def context(self) -> dict[str, Any]:
        invitation = self.invitation
        return {
            "invitation": invitation,
            "role": invitation.role,
            "addressee": invitation.role,
            "url": absolute(reverse("programmes:invitation", args=[invitation.token])),
            **_of_cohort(invitation),
        }


@dataclass(frozen=True)
class InvitationToTeam(Message):
    """To someone asked to coordinate a programme, at once; asks them to accept."""

    invitation_id: int
    entry_id: int
    kind: ClassVar[str] = "team_invitation"

    @property
    def invitation(self) -> TeamInvitation:
        return TeamInvitation.objects.select_related("programme__organisation", "invited_by").get(
            pk=self.invitation_id
        )

    @property
    def recipient(self) -> str:
        return self.invitation.email

    @property
    def organisation_id(self) -> int:
        return self.invitation.programme.organisation_id

    def is_still_due(self, at: datetime) -> bool:
        invitation = TeamInvitation.objects.filter(pk=self.invitation_id).first()
        return invitation is not None and invitation.is_open(at=at)

    def context(self) -> dict[str, Any]:
        invitation = self.invitation
        programme = invitation.programme
        return {
            "invitation": invitation,
            "programme": programme,
            "organisation": programme.organisation,
            "vocabulary": vocabulary_of(programme, None),
            "url": absolute(reverse("programmes:team_invitation", args=[invitation.token])),
        }


@dataclass(frozen=True)
class EnrolmentReceived(Message):
    """To someone who has just handed in an enrolment: it arrived, here is what follows."""

    enrolment_id: int
    entry_id: int
    kind: ClassVar[str] = "enrolment_received"

    @property
    def enrolment(self) -> Enrolment:
        return Enrolment.objects.select_related(
            "person", "cohort__programme__organisation", "cohort__rule_set"
        ).get(pk=self.enrolment_id)

    @property
    def recipient(self) -> int:
        return self.enrolment.person_id

    @property
    def organisation_id(self) -> int:
        return self.enrolment.cohort.programme.organisation_id

    def is_still_due(self, at: datetime) -> bool:
        return (
            Enrolment.objects.filter(pk=self.enrolment_id)
            .exclude(state=EnrolmentState.DRAFT)
            .exists()
        )

    def context(self) -> dict[str, Any]:
        enrolment = self.enrolment
        return {
            "enrolment": enrolment,
            "role": enrolment.role,
            "addressee": enrolment.role,
            "url": absolute(reverse("programmes:enrolment", args=[enrolment.pk])),
            **_of_cohort(enrolment),
        }


@dataclass(frozen=True)
class EnrolmentDecided(EnrolmentReceived):
    """To someone whose enrolment the team admitted, put on the waiting list, refused or gave back."""

    kind: ClassVar[str] = "enrolment_decided"

    def is_still_due(self, at: datetime) -> bool:
        return Enrolment.objects.filter(pk=self.enrolment_id).exists()


@dataclass(frozen=True)
class PairProposed(Message):
    """To each of the two, when the team proposes the pair: yes or no, by which day (M1)."""

    pair_id: int
    person_id: int
    entry_id: int
    kind: ClassVar[str] = "pair_proposed"

    @property
    def pair(self) -> Pair:
        return Pair.objects.select_related(
            "mentor__person",
            "mentee__person",
            "cohort__programme__organisation",
            "cohort__rule_set",
        ).get(pk=self.pair_id)

    @property
    def recipient(self) -> int:
        return self.person_id

    @property
    def organisation_id(self) -> int:
        return self.pair.cohort.programme.organisation_id

    def is_still_due(self, at: datetime) -> bool:
        pair = self.pair
        role = Role.MENTOR if pair.mentor.person_id == self.person_id else Role.MENTEE
        return pair.state == PairState.PROPOSED and pair.accepted_at(role) is None

    def context(self) -> dict[str, Any]:
        pair = self.pair
        mine, other = pair.mentor, pair.mentee
        if mine.person_id != self.person_id:
            mine, other = other, mine
        return {
            "pair": pair,
            "other": other.known_as,
            "role": mine.role,
            "addressee": mine.role,
            "url": absolute(reverse("portal:pair", args=[pair.pk])),
            **_of_cohort(pair),
        }


@dataclass(frozen=True)
class RequestDeclined(PairProposed):
    """To the mentee who asked a mentor, when the answer is no or does not come: never why."""

    kind: ClassVar[str] = "request_declined"

    def is_still_due(self, at: datetime) -> bool:
        return self.pair.state in (PairState.DECLINED, PairState.EXPIRED)

    def context(self) -> dict[str, Any]:
        return super().context() | {"url": absolute(reverse("portal:space"))}


@dataclass(frozen=True)
class PairAccepted(PairProposed):
    """To each of the two, when both have accepted: names, addresses, the next step (W6, M6, M7)."""

    kind: ClassVar[str] = "pair_accepted"

    def is_still_due(self, at: datetime) -> bool:
        states = (PairState.ACCEPTED, PairState.ACTIVE)
        return Pair.objects.filter(pk=self.pair_id, state__in=states).exists()


@dataclass(frozen=True)
class PairEnded(PairProposed):
    """To each of the two, when the pair is over: thanks, and what may follow (B7)."""

    kind: ClassVar[str] = "pair_ended"

    def is_still_due(self, at: datetime) -> bool:
        states = (PairState.COMPLETED, PairState.STOPPED)
        return Pair.objects.filter(pk=self.pair_id, state__in=states).exists()

    def context(self) -> dict[str, Any]:
        context = super().context()
        is_mentor = context["addressee"] == Role.MENTOR
        return context | {"thanked": "thanks" if is_mentor else context["addressee"]}


@dataclass(frozen=True)
class ConcernRaised(Message):
    """To each coordinator who is not one of the two: someone asks for help or reports conduct (K1, K5).

    The text stays on the page; the mail only says that it is there.
    """

    concern_id: int
    person_id: int
    kind: ClassVar[str] = "concern_raised"

    @property
    def concern(self) -> Concern:
        return Concern.objects.select_related(
            "programme__organisation", "enrolment__cohort__rule_set"
        ).get(pk=self.concern_id)

    @property
    def recipient(self) -> int:
        return self.person_id

    @property
    def organisation_id(self) -> int:
        return self.concern.programme.organisation_id

    def is_still_due(self, at: datetime) -> bool:
        return (
            Concern.objects.filter(pk=self.concern_id).exclude(state=ConcernState.CLOSED).exists()
        )

    def context(self) -> dict[str, Any]:
        concern = self.concern
        return {
            "concern": concern,
            "url": absolute(reverse("programmes:concern", args=[concern.pk])),
            **_of_cohort(concern.enrolment),
        }


def _of_cohort(thing: Invitation | Enrolment | Pair) -> dict[str, Any]:
    programme = thing.cohort.programme
    return {
        "programme": programme,
        "organisation": programme.organisation,
        "vocabulary": thing.cohort.vocabulary,
    }
