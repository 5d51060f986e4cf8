"""What falls due with time; planning ten times changes nothing (M6, D11, D13, S6, B8, P3)."""

from datetime import UTC, date, datetime, time, timedelta

from notifications import planner
from notifications.models import OutboxMessage
from notifications.planner import paris_time
from notifications.rendering import preview
from programmes.services import pairs
from sessions.enums import MeetingState
from sessions.services import answering, arranging, endings, reviews
from tests.factories.meetings import make_appointment, make_meeting
from tests.sessions.conftest import START

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def at_noon(day):
    return paris_time(day, time(12))


def plan(kind, now):
    """Plan twice; which messages of a kind are there, for whom, on which business day."""
    for _ in range(2):
        planner.plan_due(now)
    rows = OutboxMessage.objects.filter(kind=kind).order_by("pk").select_related("recipient")
    return [
        (row.recipient.first_name, row.payload.get("on") or row.payload.get("since"))
        for row in rows
    ]


def is_due(kind, now):
    return [
        row.message().is_still_due(now)
        for row in OutboxMessage.objects.filter(kind=kind).order_by("pk")
    ]


def test_both_are_reminded_one_to_two_days_before(pair):
    starts_at = datetime(2026, 10, 25, 9, 0, tzinfo=UTC)  # the day of the clock change
    meeting = make_meeting(pair, starts_at=starts_at, state=MeetingState.PLANNED, accepted_at=START)

    assert plan("meeting_reminder", starts_at - 48 * HOUR - HOUR) == []
    expected = [("Camille", "2026-10-25"), ("Nour", "2026-10-25")]
    assert plan("meeting_reminder", starts_at - 48 * HOUR) == expected
    assert plan("meeting_reminder", starts_at - 25 * HOUR) == expected
    assert is_due("meeting_reminder", starts_at - 25 * HOUR) == [True, True]

    answering.cancel_meeting(meeting, by=pair.mentor.person, at=starts_at - 25 * HOUR)
    assert is_due("meeting_reminder", starts_at - 25 * HOUR) == [False, False]


def test_a_new_date_has_its_own_reminder(pair, camille, nour):
    starts_at = datetime(2026, 10, 20, 9, 0, tzinfo=UTC)
    meeting = make_meeting(pair, starts_at=starts_at, state=MeetingState.PLANNED, accepted_at=START)
    plan("meeting_reminder", starts_at - 30 * HOUR)

    moved_to = starts_at + 7 * DAY
    arranging.move_meeting(
        meeting, appointment=make_appointment(moved_to), by=nour, at=starts_at - 29 * HOUR
    )
    assert is_due("meeting_reminder", starts_at - 28 * HOUR) == [False, False]
    answering.accept_meeting(meeting, by=camille, at=starts_at - 28 * HOUR)

    days = [day for _, day in plan("meeting_reminder", moved_to - 30 * HOUR)]
    assert days == ["2026-10-20"] * 2 + ["2026-10-27"] * 2


def test_what_was_agreed_the_day_before_needs_no_reminder(pair):
    starts_at = datetime(2026, 10, 20, 9, 0, tzinfo=UTC)
    make_meeting(
        pair,
        starts_at=starts_at,
        state=MeetingState.PLANNED,
        accepted_at=starts_at - 40 * HOUR,
    )

    assert plan("meeting_reminder", starts_at - 30 * HOUR) == []


def test_who_takes_the_initiative_is_reminded_until_a_date_is_proposed(make_pair, nour):
    pair = make_pair({"introduction": {"first_date_within": "P1M", "remind_every": "P10D"}})

    assert plan("first_date_reminder", at_noon(date(2026, 10, 10))) == []
    assert plan("first_date_reminder", at_noon(date(2026, 10, 11))) == [("Nour", "2026-10-11")]
    assert plan("first_date_reminder", at_noon(date(2026, 10, 22))) == [
        ("Nour", "2026-10-11"),
        ("Nour", "2026-10-21"),
    ]
    # Beyond the delay it is the team's to decide.
    assert len(plan("first_date_reminder", at_noon(date(2026, 11, 12)))) == 2
    assert is_due("first_date_reminder", at_noon(date(2026, 10, 22))) == [True, True]

    arranging.propose_meeting(
        pair, appointment=make_appointment(START + 60 * DAY), by=nour, at=START + 22 * DAY
    )
    assert is_due("first_date_reminder", at_noon(date(2026, 10, 23))) == [False, False]


def test_in_a_silence_the_side_with_the_initiative_is_written_to_first(make_pair):
    make_pair({"meetings": {"silent_after": "P45D", "initiative": "mentee"}})

    assert plan("pair_silent", at_noon(date(2026, 11, 15))) == []
    assert plan("pair_silent", at_noon(date(2026, 11, 16))) == [("Nour", "2026-10-01")]
    assert plan("pair_silent", at_noon(date(2026, 11, 22))) == [("Nour", "2026-10-01")]
    assert plan("pair_silent", at_noon(date(2026, 11, 23))) == [
        ("Nour", "2026-10-01"),
        ("Camille", "2026-10-01"),
    ]


def test_without_an_initiative_both_are_written_to_at_once_and_again_in_another_silence(make_pair):
    pair = make_pair({"meetings": {"silent_after": "P45D"}})
    first = [("Camille", "2026-10-01"), ("Nour", "2026-10-01")]
    assert plan("pair_silent", at_noon(date(2026, 11, 16))) == first

    make_meeting(pair, starts_at=datetime(2026, 11, 20, 9, 0, tzinfo=UTC))
    assert is_due("pair_silent", at_noon(date(2026, 11, 21))) == [False, False]

    second = [("Camille", "2026-11-20"), ("Nour", "2026-11-20")]
    assert plan("pair_silent", at_noon(date(2027, 1, 15))) == first + second


def test_a_pause_is_no_silence(make_pair, alix):
    pair = make_pair({"meetings": {"silent_after": "P45D"}})
    pairs.pause_pair(pair, by=alix, at=START)

    assert plan("pair_silent", at_noon(date(2027, 1, 15))) == []


def test_a_milestone_is_asked_again_until_it_is_done(make_pair, nour):
    pair = make_pair(
        {
            "milestones": [
                {"code": "first", "title": "Avant", "after_start": "P1Y"},
                {
                    "code": "midway",
                    "title": "Point d'étape",
                    "after_start": "P2M",
                    "roles": ["mentee"],
                    "remind_every": "P14D",
                },
            ]
        }
    )

    assert plan("milestone_asked", at_noon(date(2026, 11, 30))) == []
    assert plan("milestone_asked", at_noon(date(2026, 12, 1))) == [("Nour", "2026-12-01")]
    # Someone away for a month finds one more mail, not two.
    asked = [("Nour", "2026-12-01"), ("Nour", "2026-12-29")]
    assert plan("milestone_asked", at_noon(date(2026, 12, 30))) == asked

    reviews.answer_milestone(
        pair, code="midway", answers={}, by=nour, at=at_noon(date(2026, 12, 31))
    )

    assert plan("milestone_asked", at_noon(date(2027, 2, 1))) == asked
    assert is_due("milestone_asked", at_noon(date(2026, 12, 31))) == [False, False]


def test_news_are_asked_for_months_after_the_end(make_pair, alix):
    news = {"code": "news", "title": "Nouvelles", "roles": ["mentee"], "after_end": "P3M"}
    midway = {"code": "midway", "title": "Point d'étape", "after_start": "P2M"}
    pair = make_pair({"milestones": [news, midway]})
    endings.complete(pair, by=alix, at=at_noon(date(2026, 11, 15)))

    assert plan("milestone_asked", at_noon(date(2027, 2, 14))) == []
    assert plan("milestone_asked", at_noon(date(2027, 2, 15))) == [("Nour", "2027-02-15")]


def test_the_fee_is_watched_all_along(make_pair, pay, nour):
    pay(nour, date(2026, 1, 1), date(2026, 12, 31))
    make_pair({"membership": {"mentee": "paid_up", "throughout": True, "remind_before": "P30D"}})

    assert plan("membership_lapsing", at_noon(date(2026, 11, 30))) == []
    before = [("Nour", "2026-12-01")]
    assert plan("membership_lapsing", at_noon(date(2026, 12, 1))) == before
    after = [*before, ("Nour", "2027-01-01")]
    assert plan("membership_lapsing", at_noon(date(2027, 1, 3))) == after

    pay(nour, date(2027, 1, 1), date(2027, 12, 31))
    assert plan("membership_lapsing", at_noon(date(2027, 1, 4))) == after
    assert is_due("membership_lapsing", at_noon(date(2027, 1, 4))) == [False, False]


def test_who_has_paid_ahead_is_left_alone(make_pair, pay, nour):
    pay(nour, date(2026, 1, 1), date(2026, 12, 31))
    pay(nour, date(2027, 1, 1), date(2027, 12, 31))
    make_pair({"membership": {"mentee": "paid_up", "throughout": True, "remind_before": "P30D"}})

    assert plan("membership_lapsing", at_noon(date(2026, 12, 15))) == []


EVERYTHING = {
    "vocabulary": {"mentor": "mentore", "mentee": "mentorée", "address": "tu"},
    "introduction": {"first_date_within": "P2M", "remind_every": "P10D"},
    "meetings": {"silent_after": "P10D", "notice_hours": 24, "new_date_within": "P7D"},
    "milestones": [{"code": "now", "title": "Premier pas", "after_meetings": 0}],
    "membership": {"mentee": "paid_up", "throughout": True, "remind_before": "P90D"},
}


def test_every_mail_reads_well_in_the_programmes_words(make_pair, pay, camille, nour):
    pay(nour, date(2026, 1, 1), date(2026, 12, 31))
    pair = make_pair(EVERYTHING)
    planner.plan_due(START + 20 * DAY)
    later = START + 25 * DAY
    meeting = arranging.propose_meeting(
        pair, appointment=make_appointment(later + 5 * DAY), by=nour, at=later
    )
    answering.accept_meeting(meeting, by=camille, at=later)
    planner.plan_due(later + 4 * DAY - HOUR)
    calendar = [make_appointment(later + days * DAY) for days in (40, 70)]
    series = arranging.plan_series(pair, appointments=calendar, by=camille, at=later)
    answering.accept_series(series[0], by=nour, at=later)
    answering.cancel_meeting(meeting, by=nour, at=later)
    endings.declare_end(pair, by=camille, at=later)

    shown = {row.kind: preview(row) for row in OutboxMessage.objects.all()}

    assert {
        "meeting_proposed", "meeting_planned", "meeting_reminder", "meeting_cancelled",
        "first_date_reminder", "pair_silent", "milestone_asked", "membership_lapsing",
        "end_declared",
    } <= set(shown)  # fmt: skip
    for kind, mail in shown.items():
        text = mail.subject + mail.body + mail.html
        assert mail.subject.strip(), kind
        assert "http://testserver/" in mail.body, kind
        assert [word for word in ("{", "}", "None", "mentoré ") if word in mail.body] == [], text


def test_a_membership_for_life_does_not_stop_the_others_reminders(make_pair, pay, camille, nour):
    pay(nour, date(2020, 1, 1), date.max)
    pay(camille, date(2026, 1, 1), date(2026, 12, 31))
    paid_up = {"mentor": "paid_up", "mentee": "paid_up"}
    make_pair({"membership": paid_up | {"throughout": True, "remind_before": "P30D"}})

    assert plan("membership_lapsing", at_noon(date(2026, 12, 15))) == [("Camille", "2026-12-01")]
