"""What the course of a pair tells the team: a silence, a first date not proposed, an end declared."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from notifications.planner import paris_date
from programmes.enums import RUNNING_PAIR_STATES, PairState
from programmes.models import Pair
from programmes.policy.terms import Role
from programmes.policy.verdict import Sentence, gettext_noop
from sessions.models import EndDeclaration
from sessions.queries.standing import late_first_dates, silences


def course_alerts(pair: Pair, today: date) -> Iterator[Sentence]:
    if pair.state in RUNNING_PAIR_STATES:
        for end in EndDeclaration.objects.filter(pair=pair):
            text = gettext_noop(
                "%(person)s a déclaré la fin le %(day)s : il reste à clore {le binôme}."
            )
            who = pair.side(Role(end.role)).known_as
            yield Sentence(text, {"person": who, "day": paris_date(end.declared_at)})
    if pair.state != PairState.ACTIVE:
        return
    for _, due_on in late_first_dates(pair.cohort.rules, [pair], today):
        text = gettext_noop(
            "Aucun premier rendez-vous n'est proposé ; il était attendu pour le %(day)s."
        )
        yield Sentence(text, {"day": due_on})
    for _, since in silences(pair.cohort.rules, [pair], today):
        text = gettext_noop(
            "Sans nouvelles depuis le %(day)s : ni date, ni {rencontre}, ni réponse. "
            "Écrivez-leur, ou arrêtez {le binôme} s'il le faut."
        )
        yield Sentence(text, {"day": since})
