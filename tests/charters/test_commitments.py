"""Where a commitment stands, from facts alone: kept, on its way, due, late, or not followed yet."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from charters.commitments import state_of
from charters.facts import CommitmentFacts, Notice, Stage
from charters.text import Commitment, read_charter
from charters.watching import Watch
from programmes.policy.evidence import FeeStanding, MembershipStanding
from programmes.policy.rules import PlaceKind, Rules
from programmes.policy.terms import BOTH, Role
from programmes.sentences import tell
from tests.factories.clauses import (
    NOON,
    PAID_FEE,
    PAID_UP,
    TODAY,
    file_of,
    met,
    rules_of,
    running,
)

SPA, PA, WM = "sciences-po-alumni", "ponts-alumni", "wementoring"
IAF, ESCP = "espace-jeunes-anne-frank", "escp-europe-alumni"
ENDS = date(2027, 4, 1)


def facts(stem, *, on=TODAY, record=None, **changes):
    record = record or running(planned_end_on=ENDS)
    return CommitmentFacts(rules=rules_of(stem), record=record, today=on, **changes)


def commitment(stem, code):
    charter = read_charter(file_of(stem).others["charter"])
    return next(
        (one, section.voice.roles)
        for section in charter.sections
        for one in section.commitments
        if one.code == code
    )


def told(stem, code, known):
    """Stage and sentence, as the page tells them."""
    one, roles = commitment(stem, code)
    state = state_of(one, known, roles=roles)
    assert state is not None
    return state.stage, tell(state.sentence, file_of(stem).vocabulary)


def held(*days, minutes=60, place=PlaceKind.PUBLIC):
    """Meetings held so many days after the start."""
    return tuple(
        replace(met(1, minutes=minutes)[0], starts_at=NOON + timedelta(days=day), place=place)
        for day in days
    )


def planned(on):
    at = datetime(on.year, on.month, on.day, 18, tzinfo=NOON.tzinfo)
    return replace(met(1)[0], starts_at=at, is_held=False)


def test_a_commitment_that_nothing_watches_has_no_state():
    one, roles = commitment(ESCP, "confidential")

    assert state_of(one, facts(ESCP), roles=roles) is None


def test_every_rule_of_the_list_says_something():
    without = {Watch.MILESTONE, Watch.SUMMARY, Watch.CALENDAR}
    rules = rules_of(ESCP).model_copy(
        update={
            "quotas": (*rules_of(ESCP).quotas, *rules_of(PA).quotas),
            "meetings": rules_of(ESCP).meetings.model_copy(
                update={"places": (PlaceKind.ROOM,), "first_places": (PlaceKind.ROOM,)}
            ),
        }
    )
    known = replace(facts(ESCP), rules=rules)

    stages = {
        watch: state_of(Commitment(code="a", text="A.", watch=watch), known).stage
        for watch in set(Watch) - without
    }

    assert [watch for watch, stage in stages.items() if stage is Stage.UNFOLLOWED] == []


@pytest.mark.parametrize(
    ("notices", "expected"),
    [
        ((), (Stage.KEPT, "Aucun rendez-vous n'a dû être déplacé.")),
        ((True, True, True), (Stage.KEPT, "Prévenu à temps 3 fois sur 3.")),
        ((True, False), (Stage.UNDER_WAY, "Prévenu à temps 1 fois sur 2.")),
        (
            (False,),
            (Stage.UNDER_WAY, "L'autre a été prévenu un peu tard, une fois ; cela arrive."),
        ),
    ],
)
def test_d13_notice_is_counted_for_both(notices, expected):
    record = running(meetings=held(1))
    sides = (Role.MENTOR, Role.MENTEE, Role.MENTOR)
    known = facts(
        ESCP,
        record=record,
        notices=tuple(Notice(*one) for one in zip(sides, notices, strict=False)),
    )

    assert told(ESCP, "punctual", known) == expected


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        (8, (Stage.DUE, "Une nouvelle date est à proposer d'ici le 8 octobre 2026.")),
        (9, (Stage.LATE, "Une nouvelle date était attendue pour le 8 octobre 2026.")),
    ],
)
def test_d13_a_date_that_fell_through_asks_for_another(on, expected):
    record = running(meetings=held(-30), fell_through_on=date(2026, 10, 1))
    known = facts(
        ESCP, on=date(2026, 10, on), record=record, notices=(Notice(Role.MENTEE, in_time=True),)
    )

    assert told(ESCP, "punctual", known) == expected


@pytest.mark.parametrize(
    ("on", "proposed", "expected"),
    [
        (
            TODAY,
            False,
            (Stage.DUE, "Une première date est à proposer d'ici le 1er novembre 2026."),
        ),
        (
            date(2026, 11, 2),
            False,
            (Stage.LATE, "Une première date était attendue pour le 1er novembre 2026."),
        ),
        (date(2026, 11, 2), True, (Stage.KEPT, "Une première date a été proposée.")),
    ],
)
def test_m6_a_first_date_is_due_within_a_month(on, proposed, expected):
    record = running(planned_end_on=ENDS, first_date_proposed=proposed)

    assert told(ESCP, "first_date", facts(ESCP, on=on, record=record)) == expected


def test_d5_a_monthly_rhythm_is_counted_month_after_month():
    kept = running(planned_end_on=ENDS, meetings=held(10, 40, 70))
    gap = running(planned_end_on=ENDS, meetings=held(10, 80))
    late = running(planned_end_on=ENDS, meetings=held(10))
    planning = replace(late, meetings=(*late.meetings, planned(date(2027, 1, 8))))
    on = date(2027, 1, 2)

    assert told(PA, "monthly", facts(PA, on=on, record=kept)) == (
        Stage.KEPT,
        "Rythme tenu 3 fois sur 3.",
    )
    assert told(PA, "monthly", facts(PA, on=on, record=gap)) == (
        Stage.KEPT,
        "Rythme tenu 2 fois sur 3.",
    )
    assert told(PA, "monthly", facts(PA, on=on, record=late)) == (
        Stage.LATE,
        "Un entretien était attendu pour le 11 novembre 2026 ; aucune date n'est prise.",
    )
    assert told(PA, "monthly", facts(PA, on=on, record=planning)) == (
        Stage.UNDER_WAY,
        "Le prochain entretien est prévu le 8 janvier 2027.",
    )
    assert told(PA, "monthly", facts(PA, on=date(2026, 10, 9))) == (
        Stage.DUE,
        "Un entretien d'ici le 1er novembre 2026 garderait le rythme.",
    )


def test_d6_the_rhythm_counts_by_month_and_a_half_where_the_programme_does():
    record = running(planned_end_on=ENDS, meetings=held(30, 80))

    assert told(WM, "rhythm", facts(WM, on=TODAY + timedelta(days=92), record=record)) == (
        Stage.KEPT,
        "Rythme tenu 2 fois sur 2.",
    )


def test_d8_meetings_are_counted_in_all():
    some = running(planned_end_on=ENDS, meetings=held(10, 40))
    all_four = running(planned_end_on=ENDS, meetings=held(10, 40, 70, 100))

    assert told(ESCP, "four_meetings", facts(ESCP, record=some)) == (
        Stage.UNDER_WAY,
        "2 rencontres sur 4.",
    )
    assert told(ESCP, "four_meetings", facts(ESCP, record=all_four))[0] is Stage.KEPT
    assert told(ESCP, "four_meetings", facts(ESCP, on=date(2027, 4, 2), record=some))[0] is (
        Stage.LATE
    )


def test_d9_a_meeting_that_was_too_short_is_not_counted():
    record = running(meetings=(*held(10, minutes=30), *held(40)))

    assert told(ESCP, "one_to_two_hours", facts(ESCP, record=record)) == (
        Stage.UNDER_WAY,
        "1 fois sur 2.",
    )


def test_d10_a_next_date_is_agreed():
    record = running(meetings=held(1))
    on = date(2026, 10, 9)
    ahead = replace(record, meetings=(*record.meetings, planned(date(2026, 11, 5))))

    assert told(SPA, "calendar", facts(SPA, on=on))[0] is Stage.AHEAD
    assert told(SPA, "calendar", facts(SPA, on=on, record=record))[0] is Stage.DUE
    assert told(SPA, "calendar", facts(SPA, on=on, record=ahead)) == (
        Stage.KEPT,
        "La prochaine rencontre est prévue le 5 novembre 2026.",
    )
    over = replace(record, ended_on=on)
    assert told(SPA, "calendar", facts(SPA, on=on, record=over)) == (
        Stage.OVER,
        "1 rencontre a eu lieu.",
    )


def test_before_any_appointment_nothing_is_praised():
    assert told(ESCP, "punctual", facts(ESCP))[0] is Stage.AHEAD
    assert told(ESCP, "regular", facts(ESCP))[0] is Stage.AHEAD


def test_d14_a_long_silence_is_told_gently():
    quiet = facts(ESCP, on=date(2026, 12, 20), last_sign_on=date(2026, 10, 20))

    assert told(ESCP, "regular", quiet) == (
        Stage.LATE,
        "Plus rien depuis le 20 octobre 2026 ; une date relancerait l'échange.",
    )
    assert told(ESCP, "regular", replace(quiet, last_sign_on=date(2026, 12, 1)))[0] is Stage.KEPT


def test_w1_and_w2_places_are_looked_at_as_kinds():
    at_home = running(meetings=(*held(1), *held(30, place=PlaceKind.PRIVATE)))
    in_room = running(meetings=held(1, place=PlaceKind.ROOM))

    assert told(SPA, "places", facts(SPA, record=at_home)) == (Stage.UNDER_WAY, "1 fois sur 2.")
    assert told(IAF, "at_the_centre", facts(IAF, record=in_room))[0] is Stage.KEPT
    assert told(IAF, "at_the_centre", facts(IAF, record=at_home))[0] is Stage.OVER
    assert told(IAF, "at_the_centre", facts(IAF))[0] is Stage.AHEAD


def test_i6_objectives_are_counted():
    assert told(PA, "goals", facts(PA, objectives=1)) == (
        Stage.DUE,
        "Il reste 1 objectif à fixer.",
    )
    assert told(PA, "goals", facts(PA, objectives=1, record=running(meetings=held(1))))[0] is (
        Stage.LATE
    )
    assert told(PA, "goals", facts(PA, objectives=3)) == (Stage.KEPT, "3 objectifs fixés.")


def test_p3_membership_and_p19_fee_are_in_order_or_not():
    lapsed = facts(ESCP, standings={Role.MENTEE: MembershipStanding(is_member=True)})
    in_order = facts(ESCP, standings={Role.MENTEE: PAID_UP}, fee=PAID_FEE)
    unpaid = facts(ESCP, fee=FeeStanding(amount=PAID_FEE.amount))

    assert told(ESCP, "membership", lapsed)[0] is Stage.DUE
    assert told(ESCP, "membership", in_order)[0] is Stage.KEPT
    assert told(ESCP, "fee", unpaid)[0] is Stage.DUE
    assert told(ESCP, "fee", in_order)[0] is Stage.KEPT


def test_p2_both_are_looked_at_where_both_promise():
    one = facts(PA, standings={Role.MENTOR: PAID_UP})

    assert told(PA, "paid_up", one)[0] is Stage.DUE
    assert told(PA, "paid_up", replace(one, standings=dict.fromkeys(BOTH, PAID_UP)))[0] is (
        Stage.KEPT
    )


def test_s6_the_midway_review_comes_due_then_late_and_is_kept_once_both_answered():
    before = running(planned_end_on=ENDS, meetings=held(10))
    after = running(planned_end_on=ENDS, meetings=held(10, 40, 70, 100))
    one = replace(after, done=frozenset({("midway", Role.MENTEE)}))
    both = replace(after, done=frozenset(("midway", role) for role in BOTH))
    on, later = date(2027, 1, 10), date(2027, 1, 30)

    assert told(PA, "midway", facts(PA, on=on, record=before)) == (
        Stage.AHEAD,
        "Après 4 entretiens.",
    )
    assert told(PA, "midway", facts(PA, on=on, record=after)) == (
        Stage.DUE,
        "À faire depuis le 9 janvier 2027.",
    )
    assert told(PA, "midway", facts(PA, on=later, record=after))[0] is Stage.LATE
    assert told(PA, "midway", facts(PA, on=later, record=one)) == (
        Stage.LATE,
        "L'une des deux personnes l'a fait ; c'est au tour de l'autre.",
    )
    assert told(PA, "midway", facts(PA, on=later, record=both))[0] is Stage.KEPT


def test_b3_and_b8_what_comes_at_the_end_and_afterwards_has_its_day():
    over = running(planned_end_on=ENDS, ended_on=ENDS)

    assert told(PA, "joint_text", facts(PA)) == (Stage.AHEAD, "À partir du 18 mars 2027.")
    assert told(PA, "joint_text", facts(PA, on=date(2027, 4, 9), record=over))[0] is Stage.OVER
    assert told(ESCP, "news", facts(ESCP))[0] is Stage.AHEAD
    assert told(ESCP, "news", facts(ESCP, on=date(2027, 7, 2), record=over))[0] is Stage.DUE


def test_b7_the_association_is_told_of_the_end():
    said = facts(ESCP, declared_ended=frozenset({Role.MENTEE}))

    assert told(ESCP, "tell_the_end", facts(ESCP))[0] is Stage.AHEAD
    assert told(ESCP, "tell_the_end", said)[0] is Stage.DUE
    assert told(ESCP, "tell_the_end", facts(ESCP, record=running(ended_on=ENDS)))[0] is Stage.KEPT


def test_s7_what_nobody_counts_yet_is_said_to_be_unfollowed():
    record = running(meetings=held(1, 30))

    assert told(ESCP, "summary", facts(ESCP, record=record))[0] is Stage.UNFOLLOWED
    assert told(ESCP, "summary", facts(ESCP, record=record, summaries=2)) == (
        Stage.KEPT,
        "2 fois sur 2.",
    )


def test_a_pair_that_began_under_older_rules_is_not_held_to_newer_ones():
    known = replace(facts(ESCP), rules=Rules())

    assert told(ESCP, "punctual", known)[0] is Stage.UNFOLLOWED


def test_nothing_is_asked_any_more_of_a_pair_that_has_ended():
    over = running(planned_end_on=ENDS, ended_on=date(2027, 1, 1), meetings=held(10))

    stages = {
        told(ESCP, code, facts(ESCP, on=date(2027, 1, 2), record=over))[0]
        for code in ("four_meetings", "months", "regular", "first_date")
    }

    assert stages == {Stage.OVER}


def test_a_pair_that_rests_is_not_pressed():
    overdue = facts(ESCP, on=date(2026, 12, 20), is_paused=True)

    assert told(ESCP, "first_date", overdue) == (Stage.AHEAD, "À la reprise.")
    assert told(ESCP, "first_date", replace(overdue, is_paused=False))[0] is Stage.LATE


def test_a_pair_that_was_stopped_owes_no_news():
    stopped = facts(ESCP, on=date(2027, 7, 2), record=running(ended_on=ENDS), is_closed=True)

    assert told(ESCP, "news", stopped)[0] is Stage.OVER
    assert told(ESCP, "news", replace(stopped, is_closed=False))[0] is Stage.DUE
