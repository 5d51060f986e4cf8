"""The course of a pair: start, extension, early exit, end (D1 to D4, D8, I3, I5, M5)."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date

from programmes.policy.durations import Every
from programmes.policy.evidence import Agreement, MeetingRecord, PairRecord
from programmes.policy.rules import PartyKind, Quota, Rules
from programmes.policy.terms import BOTH, Role, Strength
from programmes.policy.verdict import Breach, Sentence, Verdict, gettext_noop, verdict_of

# Who has not accepted or signed is asked so many times again; then it is for the team to ask why.
MOST_REMINDERS = 3


def judge_start(rules: Rules, agreement: Agreement, *, mentee_is_minor: bool = False) -> Verdict:
    """Is the agreement the one this programme asks for, and complete?"""
    return verdict_of(_agreement(rules, agreement, mentee_is_minor))


def planned_end(
    rules: Rules, started_on: date, *, cohort_ends_on: date | None = None
) -> date | None:
    """When the pair should end; None where the programme gives no length.

    An adaptable programme ends with its cohort when it started during the year (D4).
    """
    length = rules.length.usual or rules.length.least
    if length is None:
        return cohort_ends_on
    end = length.after(started_on)
    if rules.length.adaptable and cohort_ends_on is not None and started_on < cohort_ends_on < end:
        return cohort_ends_on
    return end


def judge_extension(
    rules: Rules, pair: PairRecord, *, until: date, agreed_by: Collection[Role]
) -> Verdict:
    """May the pair be extended to `until` (D2, D3)? Those who must agree are the programme's."""
    return verdict_of(_extension(rules, pair, until, agreed_by))


def judge_mentor_stop(rules: Rules, pair: PairRecord) -> Verdict:
    """May the mentor stop because the commitment is in doubt (M5): after the first meeting, before the second."""
    held = len(pair.held)
    if not rules.matching.mentor_may_stop_after_first:
        text = gettext_noop(
            "Ce programme ne prévoit pas l'arrêt après {la première rencontre} ; parlez-en {à l'équipe}."
        )
        return verdict_of([Breach("stop:not_offered", Sentence(text))])
    if held == 1:
        return verdict_of([])
    facts = {"count": held}
    if held == 0:
        text = gettext_noop(
            "{Aucune rencontre} n'a encore eu lieu ; cet arrêt n'est possible qu'après {la première rencontre}."
        )
        return verdict_of([Breach("stop:too_early", Sentence(text, facts))])
    text = gettext_noop(
        "%(count)s {rencontres} ont eu lieu ; cet arrêt n'était possible qu'entre {la première rencontre} et {la deuxième rencontre}."
    )
    return verdict_of([Breach("stop:too_late", Sentence(text, facts))])


def judge_completion(rules: Rules, pair: PairRecord, *, today: date) -> Verdict:
    """Has the pair done what the programme calls complete? All derogable: the team closes anyway with a reason."""
    breaches = [*_least_length(rules, pair, today)]
    advisories: list[Breach] = []
    for quota in rules.quotas:
        if quota.per is None:
            missing = [*_quota_in_all(quota, pair.held)]
            (breaches if quota.strength is Strength.DUTY else advisories).extend(missing)
    for milestone in rules.milestones:
        if milestone.after_end is not None or milestone.strength is not Strength.DUTY:
            continue
        if any((milestone.code, role) not in pair.done for role in milestone.roles):
            text = gettext_noop("« %(title)s » n'est pas encore fait.")
            breaches.append(
                Breach(
                    f"milestone:{milestone.code}", Sentence(text, {"title": milestone.title}), True
                )
            )
    return verdict_of(breaches, advisories)


def judge_rhythm(rules: Rules, pair: PairRecord, *, today: date) -> Verdict:
    """Is the rhythm kept (D5 to D7)? Compares the last period before `today` with each quota."""
    breaches: list[Breach] = []
    advisories: list[Breach] = []
    for quota in rules.quotas:
        if quota.per is None or pair.started_on is None:
            continue
        since = quota.per.before(today)
        if since < pair.started_on:
            continue
        done = amount_of(quota, [m for m in pair.held if since < m.starts_at.date() <= today])
        if done < quota.least:
            facts = {"done": done, "least": quota.least, "every": Every(quota.per)}
            one = gettext_noop(
                "%(done)s {rencontre} sur la dernière période ; le programme en propose %(least)s %(every)s."
            )
            many = gettext_noop(
                "%(done)s {rencontres} sur la dernière période ; le programme en propose %(least)s %(every)s."
            )
            if quota.of == "minutes":
                one = many = gettext_noop(
                    "%(done)s minutes sur la dernière période ; le programme en propose %(least)s %(every)s."
                )
            breach = Breach(f"quota:{quota.code}", Sentence(one, facts, many, done), True)
            (breaches if quota.strength is Strength.DUTY else advisories).append(breach)
    return verdict_of(breaches, advisories)


def amount_of(quota: Quota, meetings: Collection[MeetingRecord]) -> int:
    """How many meetings, or minutes of them, count for a quota (D5 to D8)."""
    counted = [
        meeting
        for meeting in meetings
        if quota.place == "any" or meeting.place.in_person == (quota.place == "in_person")
    ]
    return sum(m.minutes for m in counted) if quota.of == "minutes" else len(counted)


def _agreement(rules: Rules, agreement: Agreement, mentee_is_minor: bool) -> Iterator[Breach]:
    if agreement.kind != rules.agreement.kind:
        text = gettext_noop("Ce programme demande une autre forme d'accord.")
        yield Breach("agreement:kind", Sentence(text))
        return
    if agreement.kind == "charter":
        accepted = {
            one.role
            for one in agreement.acceptances
            if not one.missing or not rules.acceptance.by_commitment
        }
        for role in BOTH:
            if role not in accepted:
                text = gettext_noop("{le mentor} n'a pas encore accepté {la charte}.")
                if role is Role.MENTEE:
                    text = gettext_noop("{le mentoré} n'a pas encore accepté {la charte}.")
                yield Breach(f"agreement:{role}", Sentence(text), about=role)
        return
    signed = {signature.kind for signature in agreement.signatures}
    texts = {
        PartyKind.MENTOR: gettext_noop("Il manque la signature {du mentor}."),
        PartyKind.MENTEE: gettext_noop("Il manque la signature {du mentoré}."),
        PartyKind.ORGANISATION: gettext_noop("Il manque la signature {de l'association}."),
        PartyKind.GUARDIAN: gettext_noop("Il manque la signature du représentant légal."),
    }
    for party in rules.agreement.parties:
        if party.kind is PartyKind.GUARDIAN and not mentee_is_minor:
            continue
        if party.kind not in signed:
            yield Breach(f"agreement:{party.kind}", Sentence(texts[party.kind]))


def _extension(
    rules: Rules, pair: PairRecord, until: date, agreed_by: Collection[Role]
) -> Iterator[Breach]:
    length = rules.length
    if pair.started_on is None or pair.planned_end_on is None:
        yield Breach(
            "extension:not_started",
            Sentence(gettext_noop("{le binôme} n'a pas de date de fin à prolonger.")),
        )
        return
    if until <= pair.planned_end_on:
        end = {"end": pair.planned_end_on}
        yield Breach(
            "extension:backwards",
            Sentence(gettext_noop("La nouvelle date doit suivre la fin prévue, le %(end)s."), end),
        )
    if length.extensions is not None and pair.extensions >= length.extensions:
        one = gettext_noop("Le programme permet %(count)s prolongation ; elle a déjà eu lieu.")
        many = gettext_noop("Le programme permet %(count)s prolongations ; elles ont déjà eu lieu.")
        if length.extensions == 0:
            one = many = gettext_noop("Ce programme ne prévoit pas de prolongation.")
        yield Breach(
            "extension:count", Sentence(one, {"count": length.extensions}, many, length.extensions)
        )
    if length.most is not None and until > length.most.after(pair.started_on):
        facts = {"most": length.most, "limit": length.most.after(pair.started_on)}
        text = gettext_noop("Le programme dure %(most)s au plus : pas au-delà du %(limit)s.")
        yield Breach("extension:most", Sentence(text, facts))
    missing = [role for role in length.extension_needs if role not in agreed_by]
    for role in missing:
        text = gettext_noop("Il manque l'accord {du mentor} pour prolonger.")
        if role is Role.MENTEE:
            text = gettext_noop("Il manque l'accord {du mentoré} pour prolonger.")
        yield Breach(f"extension:{role}", Sentence(text), about=role)


def _least_length(rules: Rules, pair: PairRecord, today: date) -> Iterator[Breach]:
    least = rules.length.least
    if least is None or pair.started_on is None:
        return
    earliest = least.after(pair.started_on)
    if rules.length.adaptable and pair.planned_end_on is not None:
        earliest = min(earliest, pair.planned_end_on)
    if today < earliest:
        text = gettext_noop("Le programme dure au moins %(least)s : jusqu'au %(earliest)s.")
        yield Breach("length:least", Sentence(text, {"least": least, "earliest": earliest}), True)


def _quota_in_all(quota: Quota, held: Collection[MeetingRecord]) -> Iterator[Breach]:
    done = amount_of(quota, held)
    if done < quota.least:
        facts = {"done": done, "least": quota.least}
        one = gettext_noop("%(done)s {rencontre} a eu lieu ; le programme en demande %(least)s.")
        many = gettext_noop(
            "%(done)s {rencontres} ont eu lieu ; le programme en demande %(least)s."
        )
        if quota.of == "minutes":
            one = many = gettext_noop(
                "%(done)s minutes d'échange ; le programme en demande %(least)s."
            )
        yield Breach(f"quota:{quota.code}", Sentence(one, facts, many, done), True)
