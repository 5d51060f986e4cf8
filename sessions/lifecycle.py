"""The life of a meeting, as data: for each event, from which states to which."""

from programmes.lifecycle import Lifecycle, Transition
from sessions.enums import MeetingState as M

MEETING: Lifecycle = {
    "counter": Transition((M.PROPOSED,), M.PROPOSED),
    "accept": Transition((M.PROPOSED,), M.PLANNED),
    "decline": Transition((M.PROPOSED,), M.DECLINED),
    "expire": Transition((M.PROPOSED,), M.EXPIRED),
    "move": Transition((M.PLANNED,), M.PROPOSED),  # the other accepts the new date
    "cancel": Transition((M.PROPOSED, M.PLANNED), M.CANCELLED),
    # From the state of the other: a correction.
    "hold": Transition((M.PROPOSED, M.PLANNED, M.MISSED), M.HELD),
    "miss": Transition((M.PLANNED, M.HELD), M.MISSED),
}
