"""What asks for the team's attention in a pair, told on the pair's own page: dates, never contents.

Apps above register what they see in their `AppConfig.ready()`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import TYPE_CHECKING

from programmes.enums import RUNNING_PAIR_STATES, PairState
from programmes.policy.verdict import Sentence, gettext_noop
from programmes.queries.prospects import recall_on_hold
from programmes.sentences import tell

if TYPE_CHECKING:
    from programmes.models import Pair

PairAlerts = Callable[["Pair", date], Iterable[Sentence]]


def dates_passed(pair: Pair, today: date) -> Iterable[Sentence]:
    """An answer or an end that is overdue: nothing lapses by itself, the team decides."""
    if pair.state == PairState.PROPOSED and pair.answer_by and pair.answer_by < today:
        text = gettext_noop(
            "La réponse était attendue le %(day)s. Vous pouvez encore attendre, ou clore la "
            "proposition pour libérer les deux places."
        )
        yield Sentence(text, {"day": pair.answer_by})
    past_end = pair.planned_end_on is not None and pair.planned_end_on < today
    if past_end and pair.state in RUNNING_PAIR_STATES:
        text = gettext_noop(
            "Le terme prévu, le %(day)s, est passé : il reste à clore {le binôme}, ou à attendre "
            "que les deux personnes le prolongent."
        )
        yield Sentence(text, {"day": pair.planned_end_on})


def on_hold(pair: Pair, today: date) -> Iterable[Sentence]:
    """One of the two says that time is short: before they are asked, and before others are sought."""
    if pair.state in (PairState.DRAFTED, PairState.DECLINED):
        yield from (one.sentence for one in recall_on_hold(pair.mentor, pair.mentee).advisories)


_alerts: list[PairAlerts] = [dates_passed, on_hold]


def register(*alerts: PairAlerts) -> None:
    _alerts.extend(alerts)


def alerts_of(pair: Pair, *, today: date) -> list[str]:
    """Every alert of a pair, in the words of its programme."""
    vocabulary = pair.cohort.vocabulary
    return [tell(one, vocabulary) for alert in _alerts for one in alert(pair, today)]
