"""States in words and in tones (docs/design.md), the same on every page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from programmes.enums import ConcernState, EnrolmentState, FeeState, PairState
from programmes.vocabulary import DEFAULT, Vocabulary
from programmes.words import fill

# What agrees with the programme's word for a pair (« une paire proposée »).
PAIR_WORDS: Mapping[str, Any] = {
    PairState.DRAFTED: _("à l'étude"),
    PairState.PROPOSED: _("{proposé|binôme}"),
    PairState.ACCEPTED: _("{accepté|binôme} par les deux"),
    PairState.ACTIVE: _("en cours"),
    PairState.PAUSED: _("en pause"),
    PairState.FROZEN: _("{gelé|binôme}"),
    PairState.COMPLETED: _("{mené|binôme} à terme"),
    PairState.STOPPED: _("{arrêté|binôme}"),
    PairState.DECLINED: _("{décliné|binôme}"),
    PairState.EXPIRED: _("sans réponse"),
    PairState.CANCELLED: _("{annulé|binôme}"),
}

TONES: Mapping[str, str] = {
    EnrolmentState.DRAFT: "neutral",
    EnrolmentState.SUBMITTED: "warning",
    EnrolmentState.ADMITTED: "success",
    EnrolmentState.WAITLISTED: "info",
    EnrolmentState.REFUSED: "danger",
    EnrolmentState.CLOSED: "neutral",
    EnrolmentState.WITHDRAWN: "neutral",
    EnrolmentState.EXCLUDED: "danger",
    PairState.DRAFTED: "neutral",
    PairState.PROPOSED: "warning",
    PairState.ACCEPTED: "info",
    PairState.ACTIVE: "success",
    PairState.PAUSED: "warning",
    PairState.FROZEN: "danger",
    PairState.COMPLETED: "success",
    PairState.STOPPED: "danger",
    PairState.DECLINED: "neutral",
    PairState.EXPIRED: "neutral",
    PairState.CANCELLED: "neutral",
    ConcernState.OPEN: "danger",
    ConcernState.IN_HAND: "warning",
    ConcernState.CLOSED: "neutral",
    FeeState.DUE: "warning",
    FeeState.SETTLED: "success",
    FeeState.WAIVED: "info",
}


def pair_state(state: str, vocabulary: Vocabulary = DEFAULT) -> str:
    """The state of a pair, agreeing with the programme's word for it."""
    return fill(PAIR_WORDS[state], vocabulary)
