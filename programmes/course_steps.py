"""The course of a pair as steps for `components/_timeline.html`: dates only."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from people.dates import date_format
from programmes.enums import PairState
from programmes.models import Pair
from programmes.vocabulary import Vocabulary
from programmes.words import fill

_ENDED_EARLY = (PairState.DECLINED, PairState.EXPIRED, PairState.CANCELLED)


def course_steps(pair: Pair, vocabulary: Vocabulary) -> list[dict[str, Any]]:
    """From the draft to the end; of a pair that ended early, only what happened."""
    happened: list[tuple[str, datetime | date | None]] = [
        (_("{Binôme} {mis|binôme} à l'étude"), pair.created_at),
        (_("{Proposé|binôme} aux deux personnes"), pair.proposed_at),
        (_("{Accepté|binôme} par les deux, mise en relation"), pair.introduced_at),
        (_("Accord complet"), pair.agreed_at),
        (_("Début"), pair.started_on),
        (_("Fin"), pair.ended_on),
    ]
    if pair.state in _ENDED_EARLY:
        happened = [step for step in happened if step[1] is not None]
    reached = max(index for index, step in enumerate(happened) if step[1] is not None)
    steps = []
    for index, (label, when) in enumerate(happened):
        state = "done" if index <= reached else "now" if index == reached + 1 else "later"
        steps.append(
            {
                "label": fill(label, vocabulary),
                "state": state,
                "when": _day(when),
                "detail": _expected(pair, index) if when is None else "",
            }
        )
    return steps


def _expected(pair: Pair, index: int) -> str:
    if index == 2 and pair.answer_by:
        return _("réponse attendue le %(day)s") % {"day": _day(pair.answer_by)}
    if index == 5 and pair.planned_end_on:
        return _("prévue le %(day)s") % {"day": _day(pair.planned_end_on)}
    return ""


def _day(when: datetime | date | None) -> str:
    if when is None:
        return ""
    return date_format(localdate(when) if isinstance(when, datetime) else when, "DATE_FORMAT")
