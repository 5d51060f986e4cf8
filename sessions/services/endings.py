"""Going on, stopping, ending: what is judged by the pair's meetings and reviews (D2, M5, B7)."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_noop

from notifications import outbox
from people.models import Person
from programmes.enums import RUNNING_PAIR_STATES
from programmes.lifecycle import ImpossibleTransition
from programmes.models import Extension, Pair
from programmes.policy.verdict import Breach, Sentence, verdict_of
from programmes.queries.visibility import team_of
from programmes.sentences import Refused
from programmes.services import pairs
from programmes.services.extensions import ask_extension
from programmes.services.journal import lock, record
from sessions import messages
from sessions.models import EndDeclaration
from sessions.queries.records import pair_record
from sessions.services.judging import role_of


@transaction.atomic
def extend(pair: Pair, *, until: date, by: Person, at: datetime) -> Extension:
    """Wish to go on; it holds once all who must agree did (D2, D3)."""
    pair = lock(pair)
    return ask_extension(pair, until=until, by=by, at=at, record_of=pair_record(pair))


@transaction.atomic
def stop_after_first(pair: Pair, *, by: Person, at: datetime) -> Pair:
    """The mentor stops between the first meeting and the second (M5)."""
    pair = lock(pair)
    return pairs.stop_after_first_meeting(pair, by=by, at=at, record_of=pair_record(pair))


@transaction.atomic
def complete(pair: Pair, *, by: Person, at: datetime, despite: str = "") -> Pair:
    """The team closes a pair that did what the programme calls complete."""
    pair = lock(pair)
    return pairs.complete_pair(
        pair, by=by, at=at, record_of=pair_record(pair), despite=despite.strip()
    )


@transaction.atomic
def declare_end(pair: Pair, *, by: Person, at: datetime) -> EndDeclaration:
    """One side tells the association that it has ended; the other and the team are told (B7).

    Nothing ends by it: the team closes the pair.
    """
    pair = lock(pair)
    role = role_of(by, pair)
    if pair.state not in RUNNING_PAIR_STATES:
        raise ImpossibleTransition("declare_end", pair.state)
    if EndDeclaration.objects.filter(pair=pair, role=role).exists():
        text = gettext_noop("{Tu l'as/Vous l'avez} déjà dit {à l'association}.")
        raise Refused(verdict_of([Breach("end:declared", Sentence(text))]))
    declaration = EndDeclaration.objects.create(pair=pair, role=role, person=by, declared_at=at)
    entry = record("end_declared", by=by, at=at, pair=pair, role=role)
    other = pair.mentee.person_id if pair.mentor.person_id == by.pk else pair.mentor.person_id
    team = team_of(pair.cohort.programme).exclude(pk__in=[by.pk, other])
    for person_id in [other, *team.values_list("pk", flat=True)]:
        outbox.queue(messages.EndDeclared(pair.pk, person_id, entry.pk), due_at=at)
    return declaration
