"""What became of a meeting, and what each side reports (D8, D9, M5, S6, B3, B7, C3)."""

from datetime import date, timedelta

import pytest

from notifications.models import OutboxMessage
from programmes.chronicle import tell_journal
from programmes.enums import PairState
from programmes.lifecycle import ImpossibleTransition
from programmes.models import Room
from programmes.policy.rules import PlaceKind
from programmes.policy.terms import Role
from programmes.sentences import Refused, tell_all
from programmes.services import pairs
from sessions import queries
from sessions.enums import MeetingState
from sessions.services import answering, arranging, endings, recording, reviews
from tests.factories.meetings import make_appointment, make_meeting
from tests.sessions.conftest import START

DAY = timedelta(days=1)
SOON = START + 7 * DAY
LATER = SOON + DAY

BILAN = {
    "code": "bilan",
    "title": "Bilan commun",
    "kind": "bilan",
    "after_meetings": 1,
    "questions": [
        {"code": "content", "label": "Êtes-vous content ?"},
        {"code": "again", "label": "Recommenceriez-vous ?", "kind": "yes_no"},
    ],
}
ANSWERS = {"content": 5, "again": True}


def refused(act, *args, **kwargs):
    with pytest.raises(Refused) as refusal:
        act(*args, **kwargs)
    return refusal.value.verdict.codes


@pytest.fixture
def planned(pair, camille, nour):
    meeting = arranging.propose_meeting(pair, appointment=make_appointment(SOON), by=nour, at=START)
    return answering.accept_meeting(meeting, by=camille, at=START)


def test_a_meeting_is_held_only_once_it_has_begun(planned, nour):
    just_before = SOON - timedelta(seconds=1)

    assert refused(recording.mark_held, planned, minutes=60, by=nour, at=just_before) == (
        "meeting:not_begun",
    )

    meeting = recording.mark_held(planned, minutes=75, by=nour, at=LATER)

    assert (meeting.state, meeting.minutes) == (MeetingState.HELD, 75)
    assert [m.minutes for m in queries.pair_record(meeting.pair).held] == [75]


def test_its_length_fits_the_programme(make_pair, camille):
    pair = make_pair({"meetings": {"least_minutes": 60, "most_minutes": 120}})
    meeting = make_meeting(pair, starts_at=SOON, state=MeetingState.PLANNED)

    assert refused(recording.mark_held, meeting, minutes=20, by=camille, at=LATER) == (
        "meeting:short",
    )


def test_what_was_noted_wrongly_is_corrected_and_journalled(planned, nour, camille):
    missed = recording.mark_missed(planned, by=nour, at=LATER)
    assert queries.pair_record(missed.pair).held == ()

    held = recording.mark_held(missed, minutes=60, by=camille, at=LATER)

    assert held.state == MeetingState.HELD
    assert held.pair.journal.get(event="meeting_held").facts["corrects"] is True
    assert recording.mark_missed(held, by=nour, at=LATER).held_at is None


def test_a_meeting_may_be_logged_afterwards(pair, nour):
    meeting = recording.log_meeting(pair, appointment=make_appointment(SOON), by=nour, at=LATER)

    assert meeting.state == MeetingState.HELD
    assert len(queries.pair_record(pair).held) == 1


@pytest.mark.parametrize(
    ("starts_at", "code"),
    [(LATER + DAY, "meeting:to_come"), (START - DAY, "meeting:too_early")],
)
def test_only_what_took_place_since_the_introduction_is_logged(pair, nour, starts_at, code):
    appointment = make_appointment(starts_at)

    assert refused(recording.log_meeting, pair, appointment=appointment, by=nour, at=LATER) == (
        code,
    )


def test_the_first_meeting_is_logged_where_the_programme_wants_it(make_pair, nour):
    pair = make_pair({"meetings": {"places": ["room", "video"], "first_places": ["room"]}})
    by_video = make_appointment(SOON, place=PlaceKind.VIDEO)

    codes = refused(recording.log_meeting, pair, appointment=by_video, by=nour, at=LATER)

    assert codes == ("meeting:place",)
    Room.objects.create(organisation=pair.cohort.programme.organisation, name="Bleue")
    in_room = make_appointment(SOON, place=PlaceKind.ROOM)
    assert recording.log_meeting(pair, appointment=in_room, by=nour, at=LATER).pk


def test_nothing_is_noted_once_a_pair_is_over(planned, nour, alix):
    pairs.stop_pair(planned.pair, reason="by_agreement", by=alix, at=LATER)
    planned.refresh_from_db()

    with pytest.raises(Refused):
        recording.log_meeting(
            planned.pair, appointment=make_appointment(SOON + DAY / 2), by=nour, at=LATER
        )


def test_a_milestone_is_answered_when_its_moment_has_come(make_pair, nour):
    pair = make_pair({"milestones": [BILAN]})
    answer = {"code": "bilan", "answers": ANSWERS, "by": nour, "at": LATER}

    assert refused(reviews.answer_milestone, pair, **answer) == ("milestone:early",)

    make_meeting(pair, starts_at=SOON)
    review = reviews.answer_milestone(pair, **answer)

    assert review.answers == ANSWERS
    assert queries.pair_record(pair).done == {("bilan", Role.MENTEE)}


@pytest.mark.parametrize(
    "answers",
    [
        {},
        {"content": 6, "again": True},
        {"content": True, "again": True},
        {"content": 3, "again": "un long récit"},
    ],
)
def test_no_other_answer_than_those_offered_is_kept(make_pair, nour, answers):
    pair = make_pair({"milestones": [BILAN]})
    make_meeting(pair, starts_at=SOON)

    codes = refused(
        reviews.answer_milestone, pair, code="bilan", answers=answers, by=nour, at=LATER
    )

    assert codes
    assert not pair.reviews.exists()


def test_a_joint_bilan_is_approved_by_both_and_again_if_it_changes(make_pair, camille, nour):
    pair = make_pair({"milestones": [BILAN | {"approved_by_both": True}]})
    make_meeting(pair, starts_at=SOON)

    def answer(by, **changes):
        reviews.answer_milestone(pair, code="bilan", answers=ANSWERS | changes, by=by, at=LATER)

    def approve(by):
        reviews.approve_bilan(pair, code="bilan", by=by, at=LATER)

    answer(nour)
    with pytest.raises(ImpossibleTransition):
        approve(nour)  # the mentor has not answered

    answer(camille)
    approve(nour)
    answer(camille, content=4)
    assert queries.pair_record(pair).done == frozenset()  # what Nour approved has changed

    approve(nour)
    approve(camille)
    assert queries.pair_record(pair).done == {("bilan", Role.MENTOR), ("bilan", Role.MENTEE)}
    with pytest.raises(ImpossibleTransition):
        answer(nour)


def test_one_side_is_enough_to_keep_a_bilan_between_the_two(make_pair, camille, nour):
    pair = make_pair({"milestones": [BILAN | {"may_stay_private": True}]})
    make_meeting(pair, starts_at=SOON)
    given = {"code": "bilan", "answers": ANSWERS, "at": LATER}

    reviews.answer_milestone(pair, **given, by=camille)
    assert [one.person for one in queries.reviews_open_to_team(pair)] == [camille]

    reviews.answer_milestone(pair, **given, by=nour, is_private=True)
    assert list(queries.reviews_open_to_team(pair)) == []


def test_privacy_is_only_had_where_the_programme_offers_it(make_pair, nour):
    pair = make_pair({"milestones": [BILAN]})
    make_meeting(pair, starts_at=SOON)

    review = reviews.answer_milestone(
        pair, code="bilan", answers=ANSWERS, is_private=True, by=nour, at=LATER
    )

    assert not review.is_private


def test_an_extension_holds_once_both_wished_for_it(make_pair, camille, nour):
    pair = make_pair({"length": {"usual": "P6M", "most": "P12M", "extensions": 1}})
    until = date(2027, 7, 1)

    endings.extend(pair, until=until, by=nour, at=LATER)
    pair.refresh_from_db()
    assert pair.planned_end_on == date(2027, 4, 1)

    endings.extend(pair, until=until, by=camille, at=LATER)
    pair.refresh_from_db()
    assert pair.planned_end_on == until
    assert "extension:count" in refused(
        endings.extend, pair, until=date(2027, 8, 1), by=nour, at=LATER
    )


def test_the_mentor_stops_only_between_the_first_meeting_and_the_second(make_pair, camille):
    terms = {"mentor_may_stop_after_first": True, "mentee_rematched_after_stop": False}
    pair = make_pair({"matching": terms})

    assert refused(endings.stop_after_first, pair, by=camille, at=LATER) == ("stop:too_early",)
    make_meeting(pair, starts_at=SOON)
    make_meeting(pair, starts_at=SOON + 7 * DAY, state=MeetingState.PLANNED)

    pair = endings.stop_after_first(pair, by=camille, at=LATER)

    assert (pair.state, pair.stop_reason) == (PairState.STOPPED, "mentor_after_first")
    assert not pair.meetings.filter(state=MeetingState.PLANNED).exists()


def test_the_end_is_told_to_the_other_and_to_the_team(pair, camille, nour, alix):
    endings.declare_end(pair, by=nour, at=LATER)

    told = OutboxMessage.objects.filter(kind="end_declared").values_list("recipient", flat=True)
    assert sorted(told) == sorted([camille.pk, alix.pk])
    assert list(queries.declared_ended(pair.cohort)) == [pair]
    pair.refresh_from_db()
    assert pair.state == PairState.ACTIVE  # a person decides
    assert refused(endings.declare_end, pair, by=nour, at=LATER) == ("end:declared",)


def test_the_team_completes_what_is_complete_and_gives_a_reason_otherwise(make_pair, alix):
    pair = make_pair({"quotas": [{"code": "four", "least": 4, "strength": "duty"}]})
    make_meeting(pair, starts_at=SOON)

    with pytest.raises(Refused) as refusal:
        endings.complete(pair, by=alix, at=LATER)
    assert tell_all(refusal.value.verdict.breaches, pair.cohort.vocabulary) == [
        "1 rencontre a eu lieu ; le programme en demande 4."
    ]

    pair = endings.complete(pair, by=alix, at=LATER, despite="Départ à l'étranger")

    assert pair.state == PairState.COMPLETED


def test_the_teams_chronicle_knows_every_step(make_pair, camille, nour):
    pair = make_pair({"milestones": [BILAN], "meetings": {"notice_hours": 24}})
    meeting = arranging.propose_meeting(pair, appointment=make_appointment(SOON), by=nour, at=START)
    answering.accept_meeting(meeting, by=camille, at=START)
    answering.cancel_meeting(meeting, by=nour, at=SOON - DAY / 2)
    recording.log_meeting(pair, appointment=make_appointment(SOON + DAY), by=nour, at=SOON + DAY)
    reviews.answer_milestone(pair, code="bilan", answers=ANSWERS, by=nour, at=SOON + DAY)

    entries = pair.journal.order_by("pk").select_related("actor")[6:]
    told = [event.label for event in tell_journal(entries, pair.cohort)]

    assert told == [
        "Date proposée : 8 octobre 2026",
        "Date convenue : 8 octobre 2026",
        "Rendez-vous du 8 octobre 2026 annulé, prévenu tard",
        "Rencontre du 9 octobre 2026 notée après coup, 60 minutes",
        "« Bilan commun » : fait par le mentoré",
    ]
