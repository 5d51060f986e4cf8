"""What people would like, and asking for it themselves."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_noop

from matching.models import Wish
from people.models import Person
from programmes.enums import PairState
from programmes.models import Enrolment, Pair
from programmes.policy.verdict import Breach, Sentence, Verdict, verdict_of
from programmes.sentences import Refused
from programmes.services import pairs
from programmes.services.journal import lock, record


@transaction.atomic
def rank(chooser: Enrolment, chosen: Sequence[Enrolment], *, by: Person, at: datetime) -> None:
    """Keep whom someone would like to be with, the first choice first; replaces what was there."""
    chooser = lock(chooser)
    Wish.objects.filter(chooser=chooser).delete()
    Wish.objects.bulk_create(
        Wish(chooser=chooser, chosen=one, rank=place) for place, one in enumerate(chosen, 1)
    )
    record("wishes_ranked", by=by, at=at, enrolment=chooser, count=len(chosen))


@transaction.atomic
def ask(wish: Wish, *, by: Person, at: datetime) -> Pair:
    """A mentee asks a mentor of their list, where the programme lets them: the mentor answers.

    Raise Refused where the rules or the places forbid it, or another request is open.
    """
    mentee, mentor = lock(wish.chooser), wish.chosen
    if not mentee.cohort.rules.matching.self_service:
        raise Refused(_refusal("ask:service", _NOT_HERE))
    if Pair.objects.filter(mentee=mentee, state=PairState.PROPOSED).exists():
        raise Refused(_refusal("ask:open", _OPEN))
    pair = pairs.draft_pair(mentor, mentee, by=None, at=at)
    record("mentor_asked", by=by, at=at, pair=pair)
    pairs.propose_pair(pair, by=None, at=at)
    return pairs.accept_proposal(pair, by=by, at=at)


_NOT_HERE = gettext_noop("Dans ce programme, {l'équipe} propose {les binômes}.")
_OPEN = gettext_noop("Une réponse est déjà attendue : une demande à la fois.")


def _refusal(code: str, text: str) -> Verdict:
    return verdict_of([Breach(code, Sentence(text))])
