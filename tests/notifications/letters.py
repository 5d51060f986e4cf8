"""A message as the apps above declare theirs, for the tests of the outbox."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from notifications.messages import Message
from people.models import Membership


@dataclass(frozen=True)
class MembershipNumberMissing(Message):
    """To a member whose number is not known, once for each business date (P1)."""

    kind = "membership_number_missing"

    membership_id: int
    on: date

    @property
    def recipient(self) -> int:
        return self._membership().person_id

    @property
    def organisation_id(self) -> int:
        return self._membership().organisation_id

    def is_still_due(self, at: datetime) -> bool:
        return self._membership().number == ""

    def context(self) -> dict[str, Any]:
        return {"on": self.on, "url": f"/adhesions/{self.membership_id}/"}

    def _membership(self) -> Membership:
        return Membership.objects.get(pk=self.membership_id)
