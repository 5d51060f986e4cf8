"""What watches over a commitment: a closed list, each with the rule it needs. Pure.

`watch = "notice"` on a commitment says that the programme's notice (D13) tells where it stands.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from enum import StrEnum

from programmes.policy.rules import PlaceKind, Rules, Standing
from programmes.policy.terms import Role


class Watch(StrEnum):
    """The rule whose facts tell where a commitment stands."""

    NOTICE = "notice"  # warned in time (D13)
    FIRST_DATE = "first_date"  # a first appointment proposed in time (M6)
    RHYTHM = "rhythm"  # so many meetings per period (D5 to D7)
    MEETINGS = "meetings"  # so many meetings in all (D8)
    MINUTES = "minutes"  # how long a meeting lasts (D9)
    CALENDAR = "calendar"  # a next date agreed (D10)
    REGULARITY = "regularity"  # no long silence (D14)
    LENGTH = "length"  # how long the pair lasts (D1 to D4)
    PLACES = "places"  # the kinds of place allowed (W1, W5)
    FIRST_PLACE = "first_place"  # where the first meeting takes place (W2)
    OBJECTIVES = "objectives"  # objectives set (I6, I14)
    SUMMARY = "summary"  # written after each meeting (S7)
    MEMBERSHIP = "membership"  # belongs to the association (P1 to P3)
    FEE = "fee"  # settled with the association (P19)
    MILESTONE = "milestone"  # the milestone that `milestone` names (S6, S8, B2 to B8)
    END = "end"  # the association is told of the end (B7)


def lacks(watch: Watch, rules: Rules, roles: Collection[Role]) -> str:
    """The key of the rule without which there is nothing to watch; empty where it is there."""
    key, is_there = _NEEDS[watch]
    return "" if is_there(rules, roles) else key


_Test = Callable[[Rules, Collection[Role]], bool]

_NEEDS: dict[Watch, tuple[str, _Test]] = {
    Watch.NOTICE: ("meetings.notice_hours", lambda r, _: r.meetings.notice_hours is not None),
    Watch.FIRST_DATE: ("introduction", lambda r, _: r.introduction is not None),
    Watch.RHYTHM: ("quotas.per", lambda r, _: any(q.per for q in r.quotas)),
    Watch.MEETINGS: ("quotas", lambda r, _: any(q.per is None for q in r.quotas)),
    Watch.MINUTES: (
        "meetings.least_minutes",
        lambda r, _: r.meetings.least_minutes is not None or r.meetings.most_minutes is not None,
    ),
    Watch.CALENDAR: ("meetings.planned_together", lambda r, _: r.meetings.planned_together),
    Watch.REGULARITY: ("meetings.silent_after", lambda r, _: r.meetings.silent_after is not None),
    Watch.LENGTH: (
        "length.usual",
        lambda r, _: r.length.usual is not None or r.length.least is not None,
    ),
    Watch.PLACES: ("meetings.places", lambda r, _: set(r.meetings.places) != set(PlaceKind)),
    Watch.FIRST_PLACE: ("meetings.first_places", lambda r, _: bool(r.meetings.first_places)),
    Watch.OBJECTIVES: ("objectives.minimum", lambda r, _: r.objectives.minimum > 0),
    Watch.SUMMARY: ("", lambda r, _: True),
    Watch.MEMBERSHIP: ("membership", lambda r, roles: bool(members_among(r, roles))),
    Watch.FEE: ("fee", lambda r, roles: r.fee is not None and r.fee.role in roles),
    Watch.MILESTONE: ("milestones", lambda r, _: bool(r.milestones)),
    Watch.END: ("", lambda r, _: True),
}


def members_among(rules: Rules, roles: Collection[Role]) -> tuple[Role, ...]:
    """Those of these roles whom the programme wants to belong to the association."""
    asked = {Role.MENTOR: rules.membership.mentor, Role.MENTEE: rules.membership.mentee}
    return tuple(role for role in roles if asked[role] is not Standing.NONE)
