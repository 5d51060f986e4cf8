"""Dates are agreed between the two; the rules judge each proposal (D9 to D13, W1 to W4, S5, I6)."""

import re
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from notifications.models import OutboxMessage
from notifications.rendering import preview
from programmes.enums import PairState
from programmes.lifecycle import ImpossibleTransition
from programmes.models import Room
from programmes.policy.durations import Duration
from programmes.policy.evidence import ChosenObjective
from programmes.policy.rules import PlaceKind
from programmes.sentences import Refused, tell_all
from programmes.services import enrolments, pairs
from sessions import queries
from sessions.appointments import in_series, instant, is_skipped
from sessions.enums import MeetingState
from sessions.models import Meeting, RoomBooking
from sessions.services import answering, arranging, objectives
from tests.factories.meetings import make_appointment
from tests.sessions.conftest import START

PARIS = ZoneInfo("Europe/Paris")
DAY = timedelta(days=1)
SOON = START + 7 * DAY


def refusal_of(act, *args, **kwargs):
    with pytest.raises(Refused) as refused:
        act(*args, **kwargs)
    return refused.value.verdict


def mails(kind):
    return sorted(
        OutboxMessage.objects.filter(kind=kind).values_list("recipient__first_name", flat=True)
    )


def test_a_date_is_proposed_by_one_and_agreed_by_the_other(pair, camille, nour):
    meeting = arranging.propose_meeting(pair, appointment=make_appointment(SOON), by=nour, at=START)
    assert mails("meeting_proposed") == ["Camille"]

    meeting = answering.accept_meeting(meeting, by=camille, at=START + DAY)

    assert (meeting.state, meeting.accepted_at) == (MeetingState.PLANNED, START + DAY)
    assert mails("meeting_planned") == ["Camille", "Nour"]


def test_a_mail_names_the_place_where_it_is_known(pair, nour):
    known = make_appointment(SOON, place_name="Café de la gare", address="1 rue du Quai")
    for appointment in (known, make_appointment(SOON + DAY)):
        arranging.propose_meeting(pair, appointment=appointment, by=nour, at=START)

    rows = OutboxMessage.objects.filter(kind="meeting_proposed").order_by("pk")
    told = [re.search(r"heure de Paris\), (.*)\.", preview(row).body)[1] for row in rows]

    assert told == ["Café de la gare", "un lieu public (café, bibliothèque…)"]


def test_who_proposed_a_date_cannot_accept_or_decline_it(pair, nour):
    meeting = arranging.propose_meeting(pair, appointment=make_appointment(SOON), by=nour, at=START)

    for act in (answering.accept_meeting, answering.decline_meeting):
        with pytest.raises(ImpossibleTransition):
            act(meeting, by=nour, at=START)


def test_another_date_may_be_proposed_instead(pair, camille, nour):
    meeting = arranging.propose_meeting(pair, appointment=make_appointment(SOON), by=nour, at=START)

    meeting = arranging.counter_propose(
        meeting, appointment=make_appointment(SOON + DAY), by=camille, at=START
    )

    assert (meeting.state, meeting.starts_at) == (MeetingState.PROPOSED, SOON + DAY)
    assert (meeting.proposed_by, meeting.sequence) == (camille, 1)
    assert mails("meeting_proposed") == ["Camille", "Nour"]
    assert answering.accept_meeting(meeting, by=nour, at=START).state == MeetingState.PLANNED


def test_a_proposal_declined_is_told_to_who_made_it(pair, camille, nour):
    meeting = arranging.propose_meeting(pair, appointment=make_appointment(SOON), by=nour, at=START)

    answering.decline_meeting(meeting, by=camille, at=START)

    assert mails("meeting_cancelled") == ["Nour"]
    assert queries.pair_record(pair).first_date_proposed


def test_everything_that_stands_against_a_date_comes_back_at_once(make_pair, nour):
    pair = make_pair(
        {"meetings": {"least_minutes": 60, "places": ["public"], "topic_by": "mentee"}}
    )
    appointment = make_appointment(START - DAY, minutes=30, place=PlaceKind.PRIVATE)

    verdict = refusal_of(
        arranging.propose_meeting, pair, appointment=appointment, by=nour, at=START
    )

    assert verdict.codes == ("meeting:past", "meeting:short", "meeting:place", "meeting:topic")


def test_a_topic_is_a_code_of_the_list(make_pair, nour):
    pair = make_pair({"objectives": {"themes": [{"code": "career", "label": "Carrière"}]}})
    wrong = make_appointment(SOON, topic="my_secret")

    verdict = refusal_of(arranging.propose_meeting, pair, appointment=wrong, by=nour, at=START)

    assert verdict.codes == ("meeting:unknown_topic",)
    right = make_appointment(SOON, topic="career")
    assert arranging.propose_meeting(pair, appointment=right, by=nour, at=START).topic == "career"


def test_no_date_is_fixed_for_a_pair_that_is_not_running(pair, nour, alix):
    pairs.pause_pair(pair, by=alix, at=START)

    verdict = refusal_of(
        arranging.propose_meeting, pair, appointment=make_appointment(SOON), by=nour, at=START
    )

    assert verdict.codes == ("pair:not_active",)


def test_objectives_come_before_the_first_meeting(make_pair, camille, nour):
    pair = make_pair(
        {
            "objectives": {
                "minimum": 2,
                "maximum": 3,
                "due": "first_meeting",
                "text_required": True,
                "themes": [{"code": "career", "label": "Carrière"}],
            }
        }
    )
    appointment = make_appointment(SOON)

    for by, sentence in (
        (nour, "Vous avez fixé 0 objectif ; le programme en demande au moins 2."),
        (camille, "Le mentoré fixe d'abord ses objectifs."),
    ):
        verdict = refusal_of(
            arranging.propose_meeting, pair, appointment=appointment, by=by, at=START
        )
        assert tell_all(verdict.breaches, pair.cohort.vocabulary) == [sentence]

    chosen = [ChosenObjective("career", "Changer de métier"), ChosenObjective("career", "Oser")]
    objectives.set_pair_objectives(pair, objectives=chosen, by=nour, at=START)

    assert arranging.propose_meeting(pair, appointment=appointment, by=nour, at=START).pk


def test_objectives_beyond_the_programmes_number_are_refused(make_pair, nour):
    themes = [{"code": "career", "label": "Carrière"}]
    pair = make_pair({"objectives": {"minimum": 1, "maximum": 1, "themes": themes}})
    enrolments.set_objectives(pair.mentee, [ChosenObjective("career")])

    verdict = refusal_of(
        objectives.set_pair_objectives,
        pair,
        objectives=[ChosenObjective("career"), ChosenObjective("career")],
        by=nour,
        at=START,
    )

    assert verdict.codes == ("objectives:many",)
    assert pair.mentee.objectives.count() == 1


# Notice (D13): in October Paris goes back one hour, in March it jumps ahead; hours are real ones.
@pytest.mark.parametrize(
    ("meets", "told", "late"),
    [
        # Sunday 25 October 2026, 10:00 in Paris: the day before at 11:00 is exactly 24 hours ahead.
        ((2026, 10, 25, 10, 0), (2026, 10, 24, 11, 0), False),
        ((2026, 10, 25, 10, 0), (2026, 10, 24, 11, 0, 1), True),
        # Sunday 28 March 2027, 10:00: the day before at 9:00 is.
        ((2027, 3, 28, 10, 0), (2027, 3, 27, 9, 0), False),
        ((2027, 3, 28, 10, 0), (2027, 3, 27, 9, 0, 1), True),
        # Without a clock change, the same hour.
        ((2026, 11, 12, 10, 0), (2026, 11, 11, 10, 0), False),
        ((2026, 11, 12, 10, 0), (2026, 11, 11, 10, 0, 1), True),
    ],
)
def test_notice_is_late_under_24_real_hours(make_pair, camille, nour, meets, told, late):
    pair = make_pair({"meetings": {"notice_hours": 24}})
    starts_at = datetime(*meets, tzinfo=PARIS).astimezone(UTC)
    told_at = datetime(*told, tzinfo=PARIS).astimezone(UTC)
    meeting = arranging.propose_meeting(
        pair, appointment=make_appointment(starts_at), by=nour, at=START
    )
    answering.accept_meeting(meeting, by=camille, at=START)

    meeting = answering.cancel_meeting(meeting, by=nour, at=told_at)

    assert (meeting.state, meeting.late_notice) == (MeetingState.CANCELLED, late)
    event = "meeting_cancelled_late" if late else "meeting_cancelled"
    assert pair.journal.filter(event=event).count() == 1
    assert mails("meeting_cancelled") == ["Camille"]


def test_a_date_agreed_moves_with_the_others_acceptance(make_pair, camille, nour):
    pair = make_pair({"meetings": {"notice_hours": 24}})
    meeting = arranging.propose_meeting(pair, appointment=make_appointment(SOON), by=nour, at=START)
    answering.accept_meeting(meeting, by=camille, at=START)

    moved = arranging.move_meeting(
        meeting, appointment=make_appointment(SOON + DAY), by=camille, at=SOON - DAY / 2
    )

    assert (moved.state, moved.accepted_at, moved.late_notice) == (
        MeetingState.PROPOSED,
        None,
        True,
    )
    assert answering.accept_meeting(moved, by=nour, at=SOON).starts_at == SOON + DAY


def test_taking_back_a_proposal_is_never_late(make_pair, nour):
    pair = make_pair({"meetings": {"notice_hours": 24}})
    meeting = arranging.propose_meeting(pair, appointment=make_appointment(SOON), by=nour, at=START)

    assert not answering.cancel_meeting(meeting, by=nour, at=SOON).late_notice


def test_once_begun_a_meeting_is_no_longer_cancelled(pair, camille, nour):
    meeting = arranging.propose_meeting(pair, appointment=make_appointment(SOON), by=nour, at=START)
    answering.accept_meeting(meeting, by=camille, at=START)

    verdict = refusal_of(answering.cancel_meeting, meeting, by=nour, at=SOON)

    assert verdict.codes == ("meeting:begun",)


def test_a_proposal_nobody_answered_makes_way_for_the_next(pair, nour):
    first = arranging.propose_meeting(pair, appointment=make_appointment(SOON), by=nour, at=START)

    second = arranging.propose_meeting(
        pair, appointment=make_appointment(SOON + 2 * DAY), by=nour, at=SOON + DAY
    )

    first.refresh_from_db()
    assert (first.state, second.state) == (MeetingState.EXPIRED, MeetingState.PROPOSED)


def test_a_pair_that_stops_has_no_appointments_left(pair, camille, nour, alix):
    room = Room.objects.create(organisation=pair.cohort.programme.organisation, name="Bleue")
    in_room = make_appointment(SOON, place=PlaceKind.ROOM, room=room)
    meeting = arranging.propose_meeting(pair, appointment=in_room, by=nour, at=START)
    answering.accept_meeting(meeting, by=camille, at=START)

    pairs.stop_pair(pair, reason="unavailable", by=alix, at=START + DAY)

    meeting.refresh_from_db()
    assert (meeting.state, meeting.late_notice) == (MeetingState.CANCELLED, False)
    assert not RoomBooking.objects.exists()
    pair.refresh_from_db()
    assert pair.state == PairState.STOPPED


# The whole calendar (D10): the same hour on a Paris clock, all year round.
def test_a_calendar_keeps_its_hour_across_both_clock_changes(pair, camille, nour):
    first = instant(date(2026, 10, 14), time(18, 30))

    meetings = arranging.plan_series(
        pair,
        appointments=in_series(make_appointment(first), 7, every=Duration(months=1)),
        by=nour,
        at=START,
    )

    local = [meeting.local_start for meeting in meetings]
    assert [(at.day, at.hour, at.minute) for at in local] == [(14, 18, 30)] * 7
    assert [at.month for at in local] == [10, 11, 12, 1, 2, 3, 4]
    assert [meeting.starts_at.astimezone(UTC).hour for meeting in meetings] == [
        16, 17, 17, 17, 17, 17, 16,
    ]  # fmt: skip
    assert mails("meeting_proposed") == ["Camille"]

    answering.accept_series(meetings[0], by=camille, at=START)

    assert Meeting.objects.filter(pair=pair, state=MeetingState.PLANNED).count() == 7
    assert mails("meeting_planned") == ["Camille", "Nour"]


def test_a_calendar_of_the_31st_falls_back_and_returns():
    first = instant(date(2026, 12, 31), time(9, 0))

    days = [
        one.starts_at.date()
        for one in in_series(make_appointment(first), 4, every=Duration(months=1))
    ]

    assert days == [date(2026, 12, 31), date(2027, 1, 31), date(2027, 2, 28), date(2027, 3, 31)]


def test_the_hour_that_spring_skips_is_known():
    skipped, usual = time(2, 30), time(3, 30)

    assert is_skipped(date(2027, 3, 28), skipped)
    assert not is_skipped(date(2027, 3, 28), usual)
    assert not is_skipped(date(2026, 10, 25), skipped)  # it comes twice


def test_a_calendar_stands_as_a_whole_or_not_at_all(make_pair, nour):
    pair = make_pair({"meetings": {"places": ["room", "public"]}})
    room = Room.objects.create(organisation=pair.cohort.programme.organisation, name="Bleue")
    first = make_appointment(SOON, place=PlaceKind.ROOM, room=room)
    taken = in_series(first, 3, every=Duration(months=1))[2]
    RoomBooking.objects.create(room=room, starts_at=taken.starts_at, ends_at=taken.ends_at)

    verdict = refusal_of(
        arranging.plan_series,
        pair,
        appointments=in_series(first, 3, every=Duration(months=1)),
        by=nour,
        at=START,
    )

    assert verdict.codes == ("room:taken",)
    assert not Meeting.objects.exists()
    assert RoomBooking.objects.count() == 1
