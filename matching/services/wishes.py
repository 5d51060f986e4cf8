"""What people would like, and asking for it themselves."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_noop

from matching.models import Wish
from people.models import Person
from programmes.enums import EnrolmentState, PairState
from programmes.models import Enrolment, Pair
from programmes.policy.verdict import Breach, Sentence, Verdict, verdict_of
from programmes.sentences import Refused
from programmes.services import pairs
from programmes.services.journal import lock, record
from programmes.services.locking import lock_both


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
    mentor, mentee = lock_both(wish.chosen, wish.chooser)
    if not mentee.cohort.rules.matching.self_service:
        raise Refused(_refusal("ask:service", _NOT_HERE))
    if request_of(mentee):
        raise Refused(_refusal("ask:open", _OPEN))
    if mentor.state != EnrolmentState.ADMITTED or mentor.on_hold_since:
        raise Refused(_refusal("ask:place", TAKEN))
    try:
        pair = pairs.draft_pair(mentor, mentee, by=None, at=at)
    except Refused as refused:
        if "capacity:mentor" in refused.verdict.codes:  # somebody was quicker
            raise Refused(_refusal("ask:place", TAKEN)) from None
        raise
    record("mentor_asked", by=by, at=at, pair=pair)
    pairs.propose_pair(pair, by=None, at=at)
    return pairs.accept_proposal(pair, by=by, at=at)


def request_of(mentee: Enrolment) -> Pair | None:
    """The proposal that waits for an answer, asked for or not: no other mentor is asked meanwhile."""
    return Pair.objects.filter(mentee=mentee, state=PairState.PROPOSED).first()


_NOT_HERE = gettext_noop("Dans ce programme, {l'équipe} propose {les binômes}.")
TAKEN = gettext_noop(
    "Cette personne n'a plus de place pour l'instant : {demande/demandez} à quelqu'un d'autre, ou "
    "{attends/attendez} qu'une place se libère."
)
_OPEN = gettext_noop("Une réponse est déjà attendue : une demande à la fois.")


def _refusal(code: str, text: str) -> Verdict:
    return verdict_of([Breach(code, Sentence(text))])
