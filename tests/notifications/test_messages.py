"""A message carries ids and dates, never a text."""

from dataclasses import dataclass
from datetime import UTC, date, datetime

import pytest

from notifications import messages
from tests.notifications.letters import MembershipNumberMissing


def test_a_message_survives_its_row() -> None:
    message = MembershipNumberMissing(membership_id=7, on=date(2027, 3, 1))

    restored = messages.restore(message.kind, message.payload())

    assert restored == message


def test_a_message_is_unique_by_its_kind_and_its_fields() -> None:
    message = MembershipNumberMissing(membership_id=7, on=date(2027, 3, 1))

    assert message.dedupe_key == "membership_number_missing:membership_id=7:on=2027-03-01"


def test_a_message_with_a_text_is_refused() -> None:
    @dataclass(frozen=True)
    class Gossip(MembershipNumberMissing):
        kind = "gossip"

        text: str

    with pytest.raises(TypeError, match=r"Gossip\.text: a message carries ids"):
        messages.register(Gossip)


def test_a_message_that_can_change_is_refused() -> None:
    class Loose(messages.Message):
        kind = "loose"

    with pytest.raises(TypeError, match="Loose must be a frozen dataclass"):
        messages.register(Loose)


def test_an_instant_is_no_business_date() -> None:
    message = MembershipNumberMissing(membership_id=7, on=datetime(2027, 3, 1, tzinfo=UTC))

    with pytest.raises(TypeError, match="dates, not instants"):
        message.payload()


def test_a_kind_belongs_to_one_message() -> None:
    @dataclass(frozen=True)
    class Usurper(MembershipNumberMissing):
        pass

    messages.register(MembershipNumberMissing)
    with pytest.raises(ValueError, match="two messages are of the kind"):
        messages.register(Usurper)


def test_a_kind_that_nobody_registered_is_named() -> None:
    with pytest.raises(LookupError, match="no message of the kind 'carrier_pigeon'"):
        messages.restore("carrier_pigeon", {})
