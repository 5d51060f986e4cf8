"""A mail with a code goes at once, and nothing of it is kept."""

from dataclasses import dataclass
from typing import Any

import pytest

from notifications import outbox
from notifications.courier import Refused
from notifications.messages import OneTimeMail
from notifications.models import OutboxMessage
from people.models import Organisation, Person
from tests.harness.smtp import REFUSED_DOMAIN
from tests.notifications.servers import MoodyMailbox, deliveries, part

pytestmark = pytest.mark.django_db


@dataclass(frozen=True)
class CodeToSign(OneTimeMail):
    """To who is about to sign: the code to type (I5)."""

    kind = "one_time_code"

    to: int | str
    of_organisation: int | None
    code: str

    @property
    def recipient(self) -> int | str:
        return self.to

    @property
    def organisation_id(self) -> int | None:
        return self.of_organisation

    def context(self) -> dict[str, Any]:
        return {"code": self.code}


def test_a_code_goes_at_once_and_is_not_kept(
    moody: MoodyMailbox, nour: Person, organisation: Organisation
) -> None:
    outbox.send_now(CodeToSign(nour.pk, organisation.pk, "314159"))

    [email] = moody.messages
    assert deliveries(moody) == {nour.email: 1}
    assert [part(email, kind).count("314159") for kind in ("plain", "html")] == [1, 1]
    assert OutboxMessage.objects.count() == 0


def test_a_code_may_go_to_a_bare_address_in_the_name_of_the_platform(moody: MoodyMailbox) -> None:
    outbox.send_now(CodeToSign("nouvelle@example.org", None, "314159"))

    [email] = moody.messages
    assert deliveries(moody) == {"nouvelle@example.org": 1}
    assert email["Reply-To"] is None


def test_a_code_that_cannot_leave_is_said_to_the_caller(moody: MoodyMailbox) -> None:
    with pytest.raises(Refused, match="550 no such user"):
        outbox.send_now(CodeToSign(f"qui@{REFUSED_DOMAIN}", None, "314159"))
