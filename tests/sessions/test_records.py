"""What the rules and the team get to know of a pair: dates and states."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from programmes.models import Pair, Room
from programmes.policy.terms import Role
from sessions import queries
from sessions.enums import MeetingState
from sessions.models import Review, RoomBooking
from tests.factories.meetings import make_meeting
from tests.factories.people import make_person
from tests.factories.programmes import make_enrolment
from tests.sessions.conftest import START

LATE_EVENING = datetime(2026, 10, 31, 23, 30, tzinfo=UTC)  # 00:30 on 1 November in Paris


def test_days_are_days_in_paris(pair):
    make_meeting(pair, starts_at=LATE_EVENING)

    record = queries.pair_record(pair)

    assert record.introduced_on == date(2026, 10, 1)
    assert [m.starts_at.date() for m in record.held] == [date(2026, 11, 1)]


def test_a_date_proposed_counts_as_the_first_whatever_became_of_it(pair):
    assert not queries.pair_record(pair).first_date_proposed

    make_meeting(pair, starts_at=LATE_EVENING, state=MeetingState.DECLINED)

    assert queries.pair_record(pair).first_date_proposed


def test_a_date_that_fell_through_is_known_until_another_is_sought(pair):
    cancelled = {"accepted_at": START, "cancelled_at": START + timedelta(days=1)}
    later = START + timedelta(days=5)

    make_meeting(pair, starts_at=later, state=MeetingState.CANCELLED, accepted_at=None)
    assert queries.pair_record(pair).fell_through_on is None

    make_meeting(pair, starts_at=later, state=MeetingState.CANCELLED, **cancelled)
    make_meeting(pair, starts_at=later, state=MeetingState.DECLINED)
    make_meeting(pair, starts_at=START, state=MeetingState.HELD)
    assert queries.pair_record(pair).fell_through_on == date(2026, 10, 2)

    make_meeting(pair, starts_at=later, state=MeetingState.PROPOSED)
    assert queries.pair_record(pair).fell_through_on is None


def test_a_joint_bilan_is_done_by_who_approved_it(make_pair, nour):
    bilan = {
        "code": "bilan",
        "title": "Bilan",
        "kind": "bilan",
        "after_meetings": 0,
        "approved_by_both": True,
    }
    pair = make_pair({"milestones": [bilan]})
    review = Review.objects.create(
        pair=pair, milestone="bilan", role=Role.MENTEE, person=nour, done_at=START
    )
    today = date(2026, 10, 2)

    assert queries.pair_record(pair).done == frozenset()
    assert queries.asks_for(pair, Role.MENTEE, today) == ()  # the mentor's answers are missing
    assert len(queries.asks_for(pair, Role.MENTOR, today)) == 1

    review.approved_at = START
    review.save()

    assert queries.pair_record(pair).done == {("bilan", Role.MENTEE)}


def test_a_date_agreed_for_later_breaks_the_silence(make_pair):
    pair = make_pair({"meetings": {"silent_after": "P30D"}})
    in_silence = date(2026, 11, 15)

    assert queries.silent_pairs(pair.cohort, in_silence) == [pair]

    later = datetime(2026, 11, 20, 17, 0, tzinfo=UTC)
    make_meeting(pair, starts_at=later, state=MeetingState.PLANNED)

    assert queries.silent_pairs(pair.cohort, in_silence) == []


def test_no_first_date_within_the_delay_is_flagged(make_pair):
    pair = make_pair({"introduction": {"first_date_within": "P1M"}})

    assert queries.pairs_late_for_first_date(pair.cohort, date(2026, 11, 1)) == []
    assert queries.pairs_late_for_first_date(pair.cohort, date(2026, 11, 2)) == [pair]


@pytest.mark.parametrize("count", [3, 30])
def test_records_of_many_pairs_take_three_queries(pair, django_assert_num_queries, count):
    for number in range(count):
        mentee = make_person("Mentoré", f"N{number}", email=f"m{number}@example.org")
        another = Pair.objects.get(pk=pair.pk)
        another.pk = None
        another.mentee = make_enrolment(pair.cohort, mentee, Role.MENTEE)
        another.save()
        make_meeting(another, starts_at=LATE_EVENING)
    pairs = list(queries.standing.active_pairs(pair.cohort).exclude(pk=pair.pk))

    with django_assert_num_queries(3):
        records = queries.pair_records(pairs)

    assert [len(records[one.pk].held) for one in pairs] == [1] * count


@pytest.mark.postgresql
def test_postgresql_refuses_a_room_twice_at_once(organisation):
    room = Room.objects.create(organisation=organisation, name="Salle bleue")
    other = Room.objects.create(organisation=organisation, name="Salle verte")
    hour = timedelta(hours=1)
    RoomBooking.objects.create(room=room, starts_at=START, ends_at=START + hour)
    RoomBooking.objects.create(room=other, starts_at=START, ends_at=START + hour)
    RoomBooking.objects.create(room=room, starts_at=START + hour, ends_at=START + 2 * hour)

    with pytest.raises(IntegrityError, match="room_never_twice"), transaction.atomic():
        RoomBooking.objects.create(room=room, starts_at=START + hour / 2, ends_at=START + hour)
