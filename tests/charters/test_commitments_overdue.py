"""What passes without a word: a meeting nobody told of, a pair that nobody ended."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from charters.facts import Stage
from tests.charters.test_commitments import (
    ENDS,
    ESCP,
    IAF,
    PA,
    SPA,
    WM,
    facts,
    held,
    planned,
    told,
)
from tests.factories.clauses import running

MET = held(10, 40)  # on 11 October and 10 November
UNSAID = running(planned_end_on=ENDS, meetings=(*MET, planned(date(2026, 12, 5))))


def test_a_meeting_that_nobody_told_of_is_to_be_told_before_another_is_asked_for():
    told_so = (Stage.DUE, "Il reste à dire si l'entretien du 5 décembre 2026 a eu lieu.")

    assert told(PA, "monthly", facts(PA, on=date(2026, 12, 20), record=UNSAID)) == told_so
    assert told(PA, "calendar", facts(PA, on=date(2026, 12, 20), record=UNSAID)) == told_so
    assert told(IAF, "monthly", facts(IAF, on=date(2026, 12, 20), record=UNSAID))[0] is Stage.DUE
    assert told(SPA, "calendar", facts(SPA, on=date(2026, 12, 20), record=UNSAID))[0] is Stage.DUE


def test_on_the_day_itself_a_meeting_is_still_ahead():
    assert told(PA, "monthly", facts(PA, on=date(2026, 12, 5), record=UNSAID))[0] is not Stage.DUE


def test_what_was_told_of_too_long_ago_keeps_no_rhythm():
    late = facts(PA, on=date(2027, 2, 20), record=UNSAID)

    assert told(PA, "monthly", late)[0] is Stage.LATE


def test_a_pair_that_went_to_its_term_has_lasted_and_its_end_is_to_be_told():
    after = facts(ESCP, on=date(2027, 4, 20))

    assert told(ESCP, "months", facts(ESCP, on=ENDS))[0] is Stage.UNDER_WAY
    assert told(ESCP, "months", after) == (
        Stage.KEPT,
        "Le terme prévu, le 1er avril 2027, est atteint.",
    )
    assert told(ESCP, "tell_the_end", facts(ESCP, on=ENDS))[0] is Stage.AHEAD
    assert told(ESCP, "tell_the_end", after) == (
        Stage.DUE,
        "Le terme prévu, le 1er avril 2027, est passé ; il reste à dire si c'est fini.",
    )
    assert told(SPA, "five_months", facts(SPA, on=date(2027, 4, 20)))[0] is Stage.KEPT


def test_nothing_is_due_of_a_pair_whose_first_day_is_to_come():
    begins = running(started_on=date(2026, 12, 26), planned_end_on=ENDS)

    for stem, code in ((WM, "rhythm"), (PA, "six_months")):
        assert told(stem, code, facts(stem, on=date(2026, 12, 25), record=begins)) == (
            Stage.AHEAD,
            "À partir du début du binôme.",
        )
    assert told(WM, "rhythm", facts(WM, on=date(2026, 12, 26), record=begins))[0] is Stage.DUE


def test_a_pair_that_rests_at_its_term_is_not_pressed():
    resting = replace(facts(ESCP, on=date(2027, 4, 20)), is_paused=True)

    assert told(ESCP, "tell_the_end", resting)[0] is Stage.AHEAD
