"""The year of a pair from top to bottom: what is done, what is under way, what comes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from people.clock import PARIS
from people.dates import date_format
from portal.facts import PairFacts
from programmes.enums import RUNNING_PAIR_STATES, PairState
from programmes.policy.arranging import due_on
from programmes.policy.rules import Guide, Milestone
from programmes.sentences import in_words

OVER = (PairState.COMPLETED, PairState.STOPPED)


def timeline(facts: PairFacts) -> list[dict[str, Any]]:
    """The steps as `components/_timeline.html` wants them."""
    return [
        _proposal(facts),
        _acceptance(facts),
        _agreement(facts),
        _meetings(facts),
        *_milestones(facts, after_end=False),
        _end(facts),
        *_milestones(facts, after_end=True),
    ]


def guides_now(facts: PairFacts) -> list[Guide]:
    """The programme's advice for where the pair is now (S1 to S4, W1, W4)."""
    return [
        guide
        for moment in _moments(facts)
        for guide in facts.pair.cohort.rules.guides_at(moment, facts.role)
    ]


def _moments(facts: PairFacts) -> tuple[str, ...]:
    state, held = facts.pair.state, len(facts.record.held)
    if state == PairState.COMPLETED:
        return ("closing",)
    if state not in (PairState.ACCEPTED, PairState.ACTIVE):
        return ()
    if held == 0:
        return ("before_first", "first_meeting", "place")
    if _nears_its_end(facts):
        return ("closing", "meetings")
    if held == 1:
        return ("before_second", "second_meeting", "meetings", "place")
    return ("meetings", "place")


def _nears_its_end(facts: PairFacts) -> bool:
    if any(ask.milestone.kind == "bilan" for ask in facts.asks):
        return True
    end = facts.pair.planned_end_on
    return end is not None and (end - facts.today).days <= 30


def _proposal(facts: PairFacts) -> dict[str, Any]:
    label = facts.say(_("{Le binôme} est {proposé|binôme}"))
    return _step(label, "done", when=_on(facts.pair.proposed_at))


def _acceptance(facts: PairFacts) -> dict[str, Any]:
    pair = facts.pair
    label = _("Les deux disent oui")
    if pair.introduced_at is not None:
        return _step(label, "done", when=_on(pair.introduced_at))
    detail = ""
    if pair.answer_by and pair.state == PairState.PROPOSED:
        detail = _("réponse attendue d'ici le %(day)s") % {
            "day": date_format(pair.answer_by, "j F")
        }
    return _step(label, "now" if pair.state == PairState.PROPOSED else "later", detail=detail)


def _agreement(facts: PairFacts) -> dict[str, Any]:
    pair = facts.pair
    label = facts.say(_("{La convention} est {signé|convention}"))
    agreed_at = pair.agreed_at
    if pair.cohort.rules.agreement.kind == "charter":
        label = facts.say(_("{La charte} est {accepté|charte}"))
        mine, theirs = facts.mine.charter_accepted_at, facts.other.charter_accepted_at
        if pair.state == PairState.PROPOSED and mine and theirs:
            agreed_at = max(mine, theirs)  # accepted with the enrolment, before any proposal
    if agreed_at is not None:
        return _step(label, "done", when=_on(agreed_at))
    waited = [step.who for step in facts.agreement or () if step.done_at is None]
    detail = _("il manque : %(names)s") % {"names": _(", ").join(waited)} if waited else ""
    if pair.state != PairState.ACCEPTED:
        return _step(label, "later")
    return _step(label, "now", detail=detail)


def _meetings(facts: PairFacts) -> dict[str, Any]:
    held = len(facts.record.held)
    label = facts.say(_("{Les rencontres}"))
    detail = ""
    if held:
        detail = facts.say(
            ngettext("%(count)s {rencontre} a eu lieu", "%(count)s {rencontres} ont eu lieu", held),
            count=held,
        )
    for quota in facts.pair.cohort.rules.quotas:
        if quota.per is None and quota.of == "meetings":
            progress = _("%(held)s sur %(least)s") % {"held": held, "least": quota.least}
            detail = f"{detail} ({progress})" if detail else progress
    if facts.pair.state in RUNNING_PAIR_STATES:
        return _step(label, "now", detail=detail) | {"badge": _("En cours") if held else ""}
    return _step(label, "done" if held or facts.pair.state in OVER else "later", detail=detail)


def _milestones(facts: PairFacts, *, after_end: bool) -> Iterator[dict[str, Any]]:
    asked = {ask.milestone.code for ask in facts.asks}
    for milestone in facts.pair.cohort.rules.milestones:
        is_mine = facts.role in milestone.roles
        if not is_mine or (milestone.after_end is not None) != after_end:
            continue
        label = facts.say(milestone.title.replace("%", "%%"))
        if (milestone.code, facts.role) in facts.record.done:
            yield _step(label, "done")
        elif milestone.code in asked:
            yield _step(label, "now", detail=_("c'est le moment"))
        else:
            yield _step(label, "later", when=_expected(facts, milestone))


def _expected(facts: PairFacts, milestone: Milestone) -> str:
    if facts.pair.state in OVER and milestone.after_end is None:
        return ""
    if milestone.after_meetings:
        return facts.say(
            ngettext(
                "après %(count)s {rencontre}",
                "après %(count)s {rencontres}",
                milestone.after_meetings,
            ),
            count=milestone.after_meetings,
        )
    if milestone.after_end is not None and facts.record.ended_on is None:
        return _("%(after)s après la fin") % {"after": in_words(milestone.after_end)}
    day = due_on(milestone, facts.record)
    return _("vers le %(day)s") % {"day": _day(day)} if day else ""


def _end(facts: PairFacts) -> dict[str, Any]:
    pair = facts.pair
    if pair.ended_on is not None:
        label = _("Fin") if pair.state == PairState.COMPLETED else _("Arrêt")
        return _step(label, "done", when=_day(pair.ended_on))
    return _step(_("Fin"), "later", when=_day(pair.planned_end_on) if pair.planned_end_on else "")


def _step(label: str, state: str, *, detail: str = "", when: str = "") -> dict[str, Any]:
    return {"label": label, "state": state, "detail": detail, "when": when}


def _on(at: datetime | None) -> str:
    return _day(at.astimezone(PARIS).date()) if at else ""


def _day(day: date) -> str:
    return date_format(day, "j F Y")
