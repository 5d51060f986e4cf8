"""Two people side by side, before the team puts them together: what the rules say, how well they suit."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from people.clock import PARIS
from people.models import Person
from programmes.enums import LIVE_PAIR_STATES, PairState
from programmes.models import Derogation, Enrolment, Pair
from programmes.policy.matching import Merit, judge_match, merits_of
from programmes.policy.terms import Role
from programmes.policy.verdict import Breach, Sentence, Verdict, gettext_noop
from programmes.queries.candidates import candidates_of, granted_to_pair
from programmes.queries.pool import TOGETHER, judge_by_another

ON_HOLD = {
    Role.MENTOR: gettext_noop(
        "{Le mentor} se dit indisponible depuis le %(day)s, et aucun calcul n'en tient compte : "
        "demandez d'abord si c'est possible."
    ),
    Role.MENTEE: gettext_noop(
        "{Le mentoré} se dit indisponible depuis le %(day)s, et aucun calcul n'en tient compte : "
        "demandez d'abord si c'est possible."
    ),
}
SAID_NO = {
    Role.MENTOR: gettext_noop("{Le mentor} a déjà décliné {ce binôme} : « %(reason)s »."),
    Role.MENTEE: gettext_noop("{Le mentoré} a déjà décliné {ce binôme} : « %(reason)s »."),
}


def judge_pair(
    mentor: Enrolment,
    mentee: Enrolment,
    *,
    today: date,
    counting: Collection[str] = LIVE_PAIR_STATES,
) -> Verdict:
    """Everything that stands against these two, derogations granted taken into account.

    Pairs in the states of `counting` take a place.
    """
    candidates = candidates_of([mentor, mentee], today=today, counting=counting)
    return judge_match(
        mentor.cohort.rules,
        candidates[mentor.pk],
        candidates[mentee.pk],
        granted=granted_to_pair(mentor, mentee),
    )


@dataclass(frozen=True)
class Prospect:
    """Two people side by side: what stands against them, and how well they meet the criteria."""

    mentor: Enrolment
    mentee: Enrolment
    verdict: Verdict
    merits: tuple[Merit, ...]

    @property
    def closeness(self) -> int:
        """How well they meet the criteria, by the programme's own weights, from 0 to 100."""
        whole = sum(merit.weight for merit in self.merits)
        met = sum(merit.weight * merit.closeness for merit in self.merits)
        return round(100 * met / whole) if whole else 0


def prospect_of(mentor: Enrolment, mentee: Enrolment, *, by: Person, today: date) -> Prospect:
    """What stands against these two for whoever of the team considers them."""
    return prospects_of(mentee, [mentor], by=by, today=today)[0]


def prospects_of(
    one: Enrolment, others: Sequence[Enrolment], *, by: Person, today: date
) -> list[Prospect]:
    """Someone beside each of the other role, in as many queries for a thousand as for one."""
    rules = one.cohort.rules
    for other in others:
        other.cohort = one.cohort
    candidates = candidates_of([one, *others], today=today)
    together = _together(one)
    declined = _declined(one)
    granted = _granted(one)
    prospects = []
    for other in others:
        mentor, mentee = (one, other) if one.as_role is Role.MENTOR else (other, one)
        verdict = judge_by_another(mentor, mentee, by)
        if verdict.is_clear:  # what somebody said is not for one of the two
            verdict += Verdict(advisories=(*_said_no(declined.get(other.person_id)),))
            verdict += recall_on_hold(mentor, mentee)
        if other.pk in together:
            verdict += TOGETHER
        two = (candidates[mentor.pk], candidates[mentee.pk])
        verdict += judge_match(rules, *two, granted=granted.get(other.pk, frozenset()))
        prospects.append(Prospect(mentor, mentee, verdict, merits_of(rules, *two)))
    return prospects


def recall_on_hold(*people: Enrolment) -> Verdict:
    """Who of these says that time is short: the team may ask them all the same, and is told."""
    return Verdict(
        advisories=tuple(
            Breach(
                f"hold:{one.role}",
                Sentence(ON_HOLD[one.as_role], {"day": one.on_hold_since.astimezone(PARIS).date()}),
                about=one.role,
            )
            for one in people
            if one.on_hold_since
        )
    )


def _together(one: Enrolment) -> frozenset[int]:
    """With whom someone forms a live pair already, by enrolment."""
    live = Pair.objects.filter(**{one.role: one}, state__in=LIVE_PAIR_STATES)
    return frozenset(live.values_list(f"{one.as_role.other}_id", flat=True))


def _declined(one: Enrolment) -> dict[int, Pair]:
    """Their latest pair to which somebody said no, in the whole programme, by the other person."""
    said_no = Pair.objects.filter(
        **{f"{one.role}__person": one.person_id},
        cohort__programme=one.cohort.programme_id,
        state=PairState.DECLINED,
    ).select_related(one.as_role.other)
    return {pair.side(one.as_role.other).person_id: pair for pair in said_no.order_by("pk")}


def _said_no(pair: Pair | None) -> Iterator[Breach]:
    if pair is not None:
        facts = {"reason": str(pair.get_decline_reason_display())}
        yield Breach("pair:declined", Sentence(SAID_NO[Role(pair.declined_by)], facts))


def _granted(one: Enrolment) -> dict[int, frozenset[str]]:
    """The derogations granted to them with someone, by enrolment of the other."""
    granted: dict[int, frozenset[str]] = {}
    rows = Derogation.objects.filter(
        Q(enrolment=one, other__isnull=False) | Q(other=one)
    ).values_list("enrolment", "other", "breach")
    for enrolment, other, breach in rows:
        number = other if enrolment == one.pk else enrolment
        granted[number] = granted.get(number, frozenset()) | {breach}
    return granted
