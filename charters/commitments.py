"""Where a commitment stands, from dates, numbers and states; never from what people write. Pure."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import replace

from charters.facts import CommitmentFacts, Stage, State
from charters.rhythm import rhythm_of
from charters.text import Commitment
from charters.watching import Watch, lacks, members_among
from programmes.policy.arranging import due_on, first_date, is_silent, new_date_awaited_on
from programmes.policy.course import amount_of
from programmes.policy.durations import Duration
from programmes.policy.entering import judge_membership
from programmes.policy.evidence import MembershipStanding
from programmes.policy.terms import BOTH, Role
from programmes.policy.verdict import Sentence, gettext_noop


def state_of(
    commitment: Commitment, facts: CommitmentFacts, *, roles: Collection[Role] = BOTH
) -> State | None:
    """Where a commitment of these roles stands; None for one that nothing watches."""
    if commitment.watch is None:
        return None
    if lacks(commitment.watch, facts.rules, roles):
        return _UNFOLLOWED  # the pair's own rules, older than the charter, know nothing of it
    if commitment.watch is Watch.MILESTONE:
        state = _milestone(commitment.milestone, facts, roles)
    else:
        state = _BY_WATCH[commitment.watch](facts, roles)
    if state.stage in _OPEN and _is_over(commitment.watch, facts):
        return replace(state, stage=Stage.OVER)
    if state.stage in (Stage.DUE, Stage.LATE) and facts.is_paused:
        return _is(Stage.AHEAD, gettext_noop("À la reprise."))
    return state


def _is_over(watch: Watch, facts: CommitmentFacts) -> bool:
    """Whether this stays as it was: the pair was closed, or has ended and nothing follows."""
    goes_on = watch in (Watch.END, Watch.MILESTONE)
    return facts.is_closed or (facts.record.ended_on is not None and not goes_on)


def _is(stage: Stage, text: str, many: str = "", count: int = 1, **facts: object) -> State:
    return State(stage, Sentence(text, facts, many, count))


_OPEN = (Stage.UNDER_WAY, Stage.DUE, Stage.LATE, Stage.AHEAD)
_PATIENCE = Duration(days=14)  # how long something asked is simply due, where no reminder says
_UNFOLLOWED = _is(Stage.UNFOLLOWED, gettext_noop("Pour l'instant, rien ici ne le suit."))
_TO_SAY = gettext_noop("Il reste à dire si {la rencontre} du %(on)s a eu lieu.")
_NOT_STARTED = _is(Stage.AHEAD, gettext_noop("À partir du début {du binôme}."))


def _share(good: int, total: int) -> State:
    """So many meetings out of those held."""
    if not total:
        return _is(Stage.AHEAD, gettext_noop("Dès {la première rencontre}."))
    stage = Stage.KEPT if good == total else Stage.UNDER_WAY
    return _is(stage, gettext_noop("%(good)s fois sur %(total)s."), good=good, total=total)


def _notice(facts: CommitmentFacts, roles: Collection[Role]) -> State:
    awaited = new_date_awaited_on(facts.rules, facts.record)
    if awaited is not None and awaited < facts.today:
        text = gettext_noop("Une nouvelle date était attendue pour le %(due)s.")
        return _is(Stage.LATE, text, due=awaited)
    if awaited is not None:
        text = gettext_noop("Une nouvelle date est à proposer d'ici le %(due)s.")
        return _is(Stage.DUE, text, due=awaited)
    told = [notice for notice in facts.notices if notice.by in roles]
    if not told and not facts.record.meetings:
        return _is(Stage.AHEAD, gettext_noop("Dès le premier rendez-vous."))
    if not told:
        return _is(Stage.KEPT, gettext_noop("Aucun rendez-vous n'a dû être déplacé."))
    in_time = sum(notice.in_time for notice in told)
    if not in_time:
        one = gettext_noop("L'autre a été prévenu un peu tard, une fois ; cela arrive.")
        many = gettext_noop("L'autre a été prévenu un peu tard, %(count)s fois.")
        return _is(Stage.UNDER_WAY, one, many, len(told))
    stage = Stage.KEPT if in_time == len(told) else Stage.UNDER_WAY
    text = gettext_noop("Prévenu à temps %(good)s fois sur %(total)s.")
    return _is(stage, text, good=in_time, total=len(told))


def _first_date(facts: CommitmentFacts, roles: Collection[Role]) -> State:
    record = facts.record
    if record.first_date_proposed:
        return _is(Stage.KEPT, gettext_noop("Une première date a été proposée."))
    delay = first_date(facts.rules, record, today=facts.today)
    if delay is None:
        return _is(Stage.AHEAD, gettext_noop("Dès la mise en relation."))
    if delay.is_overdue:
        text = gettext_noop("Une première date était attendue pour le %(due)s.")
        return _is(Stage.LATE, text, due=delay.due_on)
    text = gettext_noop("Une première date est à proposer d'ici le %(due)s.")
    return _is(Stage.DUE, text, due=delay.due_on)


def _rhythm(facts: CommitmentFacts, roles: Collection[Role]) -> State:
    quota, per = next((quota, quota.per) for quota in facts.rules.quotas if quota.per is not None)
    rhythm = rhythm_of(quota, facts.record, today=facts.today)
    if rhythm is None or not facts.has_begun:
        return _NOT_STARTED
    if rhythm.is_kept:
        if not rhythm.periods:
            return _is(Stage.KEPT, gettext_noop("Le rythme est pris."))
        text = gettext_noop("Rythme tenu %(good)s fois sur %(total)s.")
        return _is(Stage.KEPT, text, good=rhythm.kept, total=rhythm.periods)
    if facts.next_on is not None:
        text = gettext_noop("{La prochaine rencontre} est {prévu|rencontre} le %(on)s.")
        return _is(Stage.UNDER_WAY, text, on=facts.next_on)
    if facts.unsaid_on is not None and per.after(facts.unsaid_on) >= facts.today:
        return _is(Stage.DUE, _TO_SAY, on=facts.unsaid_on)
    if rhythm.due_on >= facts.today:
        text = gettext_noop("{Une rencontre} d'ici le %(due)s garderait le rythme.")
        return _is(Stage.DUE, text, due=rhythm.due_on)
    text = gettext_noop(
        "{Une rencontre} était {attendu|rencontre} pour le %(due)s ; aucune date n'est prise."
    )
    return _is(Stage.LATE, text, due=rhythm.due_on)


def _meetings(facts: CommitmentFacts, roles: Collection[Role]) -> State:
    quota = next(quota for quota in facts.rules.quotas if quota.per is None)
    if facts.record.started_on is None:
        return _NOT_STARTED
    done = amount_of(quota, facts.record.held)
    end = facts.record.planned_end_on
    stage = Stage.UNDER_WAY
    if done >= quota.least:
        stage = Stage.KEPT
    elif end is not None and end < facts.today:
        stage = Stage.LATE
    one = gettext_noop("%(done)s {rencontre} sur %(least)s.")
    many = gettext_noop("%(done)s {rencontres} sur %(least)s.")
    if quota.of == "minutes":
        one = many = gettext_noop("%(done)s minutes sur %(least)s.")
    return _is(stage, one, many, done, done=done, least=quota.least)


def _minutes(facts: CommitmentFacts, roles: Collection[Role]) -> State:
    terms, held = facts.rules.meetings, facts.record.held
    least, most = terms.least_minutes or 0, terms.most_minutes or 24 * 60
    return _share(sum(least <= meeting.minutes <= most for meeting in held), len(held))


def _places(facts: CommitmentFacts, roles: Collection[Role]) -> State:
    held, allowed = facts.record.held, facts.rules.meetings.places
    return _share(sum(meeting.place in allowed for meeting in held), len(held))


def _first_place(facts: CommitmentFacts, roles: Collection[Role]) -> State:
    held = facts.record.held
    if not held:
        return _is(Stage.AHEAD, gettext_noop("Dès {la première rencontre}."))
    if held[0].place in facts.rules.meetings.first_places:
        return _is(Stage.KEPT, gettext_noop("C'est ce qui a été fait."))
    return _is(
        Stage.OVER, gettext_noop("{La première rencontre} s'est {fait|rencontre} autrement.")
    )


def _calendar(facts: CommitmentFacts, roles: Collection[Role]) -> State:
    held = len(facts.record.held)
    if facts.next_on is not None:
        text = gettext_noop("{La prochaine rencontre} est {prévu|rencontre} le %(on)s.")
        return _is(Stage.KEPT, text, on=facts.next_on)
    if facts.unsaid_on is not None and facts.record.ended_on is None:
        return _is(Stage.DUE, _TO_SAY, on=facts.unsaid_on)
    if not held:
        return _is(Stage.AHEAD, gettext_noop("Dès {la première rencontre}."))
    if facts.record.ended_on is not None:
        one = gettext_noop("%(count)s {rencontre} a eu lieu.")
        many = gettext_noop("%(count)s {rencontres} ont eu lieu.")
        return _is(Stage.OVER, one, many, held)
    return _is(Stage.DUE, gettext_noop("Aucune date n'est encore prise pour la suite."))


def _regularity(facts: CommitmentFacts, roles: Collection[Role]) -> State:
    record, last = facts.record, facts.last_sign_on
    if record.started_on is None:
        return _NOT_STARTED
    if is_silent(facts.rules, record, last_sign_on=last, today=facts.today):
        text = gettext_noop("Plus rien depuis le %(last)s ; une date relancerait l'échange.")
        return _is(Stage.LATE, text, last=last or record.started_on)
    if last is None:
        return _is(Stage.AHEAD, gettext_noop("Dès le premier rendez-vous."))
    return _is(Stage.KEPT, gettext_noop("L'échange est régulier jusqu'ici."))


def _length(facts: CommitmentFacts, roles: Collection[Role]) -> State:
    record = facts.record
    if record.started_on is None or not facts.has_begun:
        return _NOT_STARTED
    if record.ended_on is not None:
        least = facts.rules.length.least or facts.rules.length.usual
        reached = record.planned_end_on or (least.after(record.started_on) if least else None)
        stage = Stage.KEPT if reached is None or record.ended_on >= reached else Stage.OVER
        text = gettext_noop("Du %(start)s au %(end)s.")
        return _is(stage, text, start=record.started_on, end=record.ended_on)
    if record.planned_end_on is None:
        return _is(Stage.UNDER_WAY, gettext_noop("Depuis le %(start)s."), start=record.started_on)
    if record.planned_end_on < facts.today:
        text = gettext_noop("Le terme prévu, le %(end)s, est atteint.")
        return _is(Stage.KEPT, text, end=record.planned_end_on)
    text = gettext_noop("Du %(start)s au %(end)s, si tout va bien.")
    return _is(Stage.UNDER_WAY, text, start=record.started_on, end=record.planned_end_on)


def _objectives(facts: CommitmentFacts, roles: Collection[Role]) -> State:
    terms = facts.rules.objectives
    if facts.objectives >= terms.minimum:
        one = gettext_noop("%(count)s objectif fixé.")
        many = gettext_noop("%(count)s objectifs fixés.")
        return _is(Stage.KEPT, one, many, facts.objectives)
    one = gettext_noop("Il reste %(count)s objectif à fixer.")
    many = gettext_noop("Il reste %(count)s objectifs à fixer.")
    stage = Stage.LATE if facts.record.held else Stage.DUE
    return _is(stage, one, many, terms.minimum - facts.objectives)


def _summary(facts: CommitmentFacts, roles: Collection[Role]) -> State:
    if facts.summaries is None:
        return _UNFOLLOWED
    held = len(facts.record.held)
    return _share(min(facts.summaries, held), held)


def _membership(facts: CommitmentFacts, roles: Collection[Role]) -> State:
    nobody = MembershipStanding()
    in_order = all(
        judge_membership(facts.rules, role, facts.standings.get(role, nobody)).is_clear
        for role in members_among(facts.rules, roles)
    )
    if in_order:
        return _is(Stage.KEPT, gettext_noop("C'est en ordre aujourd'hui."))
    return _is(Stage.DUE, gettext_noop("À remettre en ordre auprès {de l'association}."))


def _fee(facts: CommitmentFacts, roles: Collection[Role]) -> State:
    if facts.fee.is_clear:
        return _is(Stage.KEPT, gettext_noop("C'est en ordre."))
    return _is(Stage.DUE, gettext_noop("À régler auprès {de l'association}."))


def _end(facts: CommitmentFacts, roles: Collection[Role]) -> State:
    if facts.record.ended_on is not None:
        return _is(Stage.KEPT, gettext_noop("{L'association} le sait."))
    if facts.declared_ended:
        return _is(
            Stage.DUE,
            gettext_noop("L'une des deux personnes l'a dit ; l'autre peut le dire aussi."),
        )
    end = facts.record.planned_end_on
    if end is not None and end < facts.today:
        text = gettext_noop(
            "Le terme prévu, le %(end)s, est passé ; il reste à dire si c'est fini."
        )
        return _is(Stage.DUE, text, end=end)
    return _is(Stage.AHEAD, gettext_noop("Le moment venu."))


def _milestone(code: str, facts: CommitmentFacts, roles: Collection[Role]) -> State:
    milestone = next((one for one in facts.rules.milestones if one.code == code), None)
    if milestone is None:
        return _UNFOLLOWED
    asked = [role for role in milestone.roles if role in roles]
    done = [role for role in asked if (code, role) in facts.record.done]
    if asked and len(done) == len(asked):
        return _is(Stage.KEPT, gettext_noop("C'est fait."))
    since = due_on(milestone, facts.record)
    ended = facts.record.ended_on is not None and milestone.after_end is None
    if since is None and milestone.after_meetings and not ended:
        one = gettext_noop("Après {la première rencontre}.")
        many = gettext_noop("Après %(count)s {rencontres}.")
        return _is(Stage.AHEAD, one, many, milestone.after_meetings)
    if since is None or ended:
        text = gettext_noop("Cela ne s'est pas fait.") if ended else gettext_noop("Le moment venu.")
        return _is(Stage.OVER if ended else Stage.AHEAD, text)
    if since > facts.today:
        return _is(Stage.AHEAD, gettext_noop("À partir du %(on)s."), on=since)
    patience = milestone.remind_every or _PATIENCE
    if done:
        text = gettext_noop("L'une des deux personnes l'a fait ; c'est au tour de l'autre.")
    else:
        text = gettext_noop("À faire depuis le %(on)s.")
    late = facts.today > patience.after(since)
    return _is(Stage.LATE if late else Stage.DUE, text, on=since)


_BY_WATCH: Mapping[Watch, Callable[[CommitmentFacts, Collection[Role]], State]] = {
    Watch.NOTICE: _notice,
    Watch.FIRST_DATE: _first_date,
    Watch.RHYTHM: _rhythm,
    Watch.MEETINGS: _meetings,
    Watch.MINUTES: _minutes,
    Watch.CALENDAR: _calendar,
    Watch.REGULARITY: _regularity,
    Watch.LENGTH: _length,
    Watch.PLACES: _places,
    Watch.FIRST_PLACE: _first_place,
    Watch.OBJECTIVES: _objectives,
    Watch.SUMMARY: _summary,
    Watch.MEMBERSHIP: _membership,
    Watch.FEE: _fee,
    Watch.END: _end,
}
