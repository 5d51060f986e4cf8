"""The e-mails about meetings; `services` and `planner` queue them."""

from sessions.messages.arranging import (
    MeetingCancelled,
    MeetingPlanned,
    MeetingProposed,
    MeetingReminder,
)
from sessions.messages.course import (
    EndDeclared,
    FirstDateReminder,
    MembershipLapsing,
    MilestoneAsked,
    PairSilent,
)

EVERY_MESSAGE = (
    MeetingProposed,
    MeetingPlanned,
    MeetingReminder,
    MeetingCancelled,
    FirstDateReminder,
    PairSilent,
    MilestoneAsked,
    MembershipLapsing,
    EndDeclared,
)

__all__ = [
    "EVERY_MESSAGE",
    "EndDeclared",
    "FirstDateReminder",
    "MeetingCancelled",
    "MeetingPlanned",
    "MeetingProposed",
    "MeetingReminder",
    "MembershipLapsing",
    "MilestoneAsked",
    "PairSilent",
]
