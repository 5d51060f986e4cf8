"""The state machines, as data: for each event, from which states to which."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from programmes.enums import EnrolmentState as E
from programmes.enums import PairState as P


class ImpossibleTransition(Exception):
    """The object is not in a state from which this event can happen."""

    def __init__(self, event: str, state: str) -> None:
        self.event, self.state = event, state
        super().__init__(f"« {event} » n'est pas possible dans l'état « {state} »")


@dataclass(frozen=True)
class Transition:
    sources: tuple[str, ...]
    target: str


Lifecycle = Mapping[str, Transition]

ENROLMENT: Lifecycle = {
    "submit": Transition((E.DRAFT,), E.SUBMITTED),
    "reopen": Transition((E.SUBMITTED, E.WAITLISTED, E.REFUSED, E.CLOSED, E.WITHDRAWN), E.DRAFT),
    "reconsider": Transition((E.REFUSED, E.CLOSED, E.WITHDRAWN), E.SUBMITTED),
    "apply_again": Transition((E.WITHDRAWN,), E.DRAFT),
    "admit": Transition((E.SUBMITTED, E.WAITLISTED), E.ADMITTED),
    "waitlist": Transition((E.SUBMITTED, E.ADMITTED), E.WAITLISTED),
    "refuse": Transition((E.SUBMITTED, E.WAITLISTED), E.REFUSED),
    "close": Transition((E.ADMITTED,), E.CLOSED),
    "withdraw": Transition((E.DRAFT, E.SUBMITTED, E.ADMITTED, E.WAITLISTED), E.WITHDRAWN),
    "exclude": Transition(
        (E.DRAFT, E.SUBMITTED, E.ADMITTED, E.WAITLISTED, E.REFUSED, E.CLOSED, E.WITHDRAWN),
        E.EXCLUDED,
    ),
}

PAIR: Lifecycle = {
    "propose": Transition((P.DRAFTED,), P.PROPOSED),
    "accept": Transition((P.PROPOSED,), P.ACCEPTED),
    "take_back": Transition((P.PROPOSED,), P.PROPOSED),
    "decline": Transition((P.PROPOSED,), P.DECLINED),
    "expire": Transition((P.PROPOSED,), P.EXPIRED),
    "cancel": Transition((P.DRAFTED, P.PROPOSED, P.ACCEPTED), P.CANCELLED),
    "start": Transition((P.ACCEPTED,), P.ACTIVE),
    "pause": Transition((P.ACTIVE,), P.PAUSED),
    "resume": Transition((P.PAUSED, P.FROZEN), P.ACTIVE),
    "freeze": Transition((P.ACTIVE, P.PAUSED), P.FROZEN),
    "complete": Transition((P.ACTIVE, P.PAUSED), P.COMPLETED),
    "stop": Transition((P.ACTIVE, P.PAUSED, P.FROZEN), P.STOPPED),
}


def next_state(lifecycle: Lifecycle, event: str, state: str) -> str:
    """The state after `event`; raise ImpossibleTransition where it cannot happen."""
    transition = lifecycle[event]
    if state not in transition.sources:
        raise ImpossibleTransition(event, state)
    return transition.target
