"""What must happen above when something happens here, in the same transaction.

Apps above register a function in their `AppConfig.ready()`; an error rolls everything back.
Each list holds functions of one signature, given beside it.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from people.models import Person
    from programmes.models import Pair

PairReaction = Callable[["Pair", "Person | None", datetime], None]

pair_accepted: list[PairReaction] = []  # both accepted: what the agreement needs is prepared
pair_started: list[PairReaction] = []
pair_ended: list[PairReaction] = []  # completed, stopped or cancelled after acceptance


def call(reactions: list[PairReaction], pair: Pair, by: Person | None, at: datetime) -> None:
    for reaction in reactions:
        reaction(pair, by, at)
