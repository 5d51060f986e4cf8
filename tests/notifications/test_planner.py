"""What falls due with time alone is queued once, on the right day in Paris."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta

import pytest

from notifications import planner
from notifications.models import OutboxMessage
from notifications.planner import Planned, paris_date, paris_time
from people.models import Membership
from tests.notifications.letters import MembershipNumberMissing
from tests.notifications.rows import NOON

EIGHT = time(8)


def every_morning(now: datetime) -> Iterator[Planned]:
    """The members without a number hear of it every day at 8 o'clock, Paris time."""
    today = paris_date(now)
    due_at = paris_time(today, EIGHT)
    for membership in Membership.objects.filter(number=""):
        yield MembershipNumberMissing(membership.pk, today), due_at


def days_planned() -> list[tuple[str, datetime]]:
    rows = OutboxMessage.objects.order_by("due_at")
    return [(row.payload["on"], row.due_at) for row in rows]


@pytest.mark.django_db
def test_planning_ten_times_changes_nothing(membership: Membership) -> None:
    planner.register(every_morning)

    new = [planner.plan_due(NOON) for _ in range(10)]

    assert new == [1, 0, 0, 0, 0, 0, 0, 0, 0, 0]
    assert OutboxMessage.objects.count() == 1


@pytest.mark.django_db
def test_a_plan_that_says_the_same_twice_queues_it_once(membership: Membership) -> None:
    planner.register(lambda now: [*every_morning(now), *every_morning(now)])

    assert planner.plan_due(NOON) == 1


@pytest.mark.django_db
def test_a_plan_registered_twice_is_asked_once(membership: Membership) -> None:
    planner.register(every_morning, every_morning)

    assert planner.registered() == (every_morning,)


@pytest.mark.django_db
def test_a_plan_that_fails_is_logged_and_the_others_are_asked(
    membership: Membership, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(now: datetime) -> list[Planned]:
        raise LookupError("no such rule")

    planner.register(broken, every_morning)

    assert planner.plan_due(NOON) == 1
    assert "broken failed" in caplog.text
    assert "no such rule" in caplog.text


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("the_night", "first_morning_utc", "second_morning_utc"),
    [
        # Spring: clocks go from 2 to 3 on 28 March 2027; autumn: from 3 to 2 on 31 October 2027.
        (date(2027, 3, 28), datetime(2027, 3, 27, 7, tzinfo=UTC), datetime(2027, 3, 28, 6, tzinfo=UTC)),
        (date(2027, 10, 31), datetime(2027, 10, 30, 6, tzinfo=UTC), datetime(2027, 10, 31, 7, tzinfo=UTC)),
    ],
)  # fmt: skip
def test_one_mail_a_day_at_eight_on_both_sides_of_a_clock_change(
    membership: Membership,
    the_night: date,
    first_morning_utc: datetime,
    second_morning_utc: datetime,
) -> None:
    planner.register(every_morning)
    eve = the_night - timedelta(days=1)
    starts_at = paris_time(eve, time(0)).astimezone(UTC)
    ends_at = paris_time(the_night + timedelta(days=1), time(0)).astimezone(UTC)

    now = starts_at
    while now < ends_at:
        planner.plan_due(now)
        now += timedelta(minutes=30)

    assert days_planned() == [
        (eve.isoformat(), first_morning_utc),
        (the_night.isoformat(), second_morning_utc),
    ]


def test_the_day_in_paris_is_not_the_day_in_utc() -> None:
    assert paris_date(datetime(2027, 7, 1, 22, 30, tzinfo=UTC)) == date(2027, 7, 2)
    assert paris_date(datetime(2027, 12, 1, 22, 30, tzinfo=UTC)) == date(2027, 12, 1)


@pytest.mark.parametrize(
    ("day", "at", "instant"),
    [
        (date(2027, 3, 28), time(2, 30), datetime(2027, 3, 28, 1, 30, tzinfo=UTC)),
        (date(2027, 10, 31), time(2, 30), datetime(2027, 10, 31, 0, 30, tzinfo=UTC)),
    ],
)
def test_a_time_that_does_not_exist_comes_an_hour_later_and_a_double_one_the_first_time(
    day: date, at: time, instant: datetime
) -> None:
    assert paris_time(day, at) == instant
