"""The one thing to do next in a pair, in plain words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import takewhile

from django.urls import reverse
from django.utils.translation import gettext as _

from people.dates import date_format
from portal.facts import PairFacts
from programmes.enums import PairState
from programmes.policy.arranging import Ask, first_date, new_date_awaited_on
from sessions.models import Meeting


@dataclass(frozen=True)
class NextStep:
    """What is next; without a `url` there is nothing to do but wait, and with `is_theirs` one may do it, but the other is expected to."""

    title: str
    text: str = ""
    label: str = ""
    url: str = ""
    is_theirs: bool = False

    @property
    def is_mine(self) -> bool:
        return bool(self.url) and not self.is_theirs


def next_step(facts: PairFacts) -> NextStep:
    return _BY_STATE[PairState(facts.pair.state)](facts)


def _proposed(facts: PairFacts) -> NextStep:
    if facts.pair.accepted_at(facts.role) is not None:
        title = _("{Tu as/Vous avez} dit oui")
        if facts.pair.is_request:
            title = _("{Ta/Votre} demande est partie")
        text = _("Il reste à %(name)s de répondre ; un e-mail {te/vous} préviendra.")
        return NextStep(facts.say(title), facts.say(text, name=facts.other_name))
    asked = _("{L'équipe} {te/vous} propose %(name)s")
    if facts.pair.is_request:
        asked = _("%(name)s {te/vous} demande de l'accompagner")
    text = ""
    if facts.pair.answer_by:
        day = date_format(facts.pair.answer_by, "j F")
        text = _("Une réponse est attendue d'ici le %(day)s.") % {"day": day}
    return NextStep(
        facts.say(asked, name=facts.other.known_as),
        text,
        _("Voir et répondre"),
        reverse("programmes:answer_proposal", args=[facts.pair.pk]),
    )


def _accepted(facts: PairFacts) -> NextStep:
    is_charter = facts.pair.cohort.rules.agreement.kind == "charter"
    url = _where_to_agree(facts)
    if url:
        label = _("Lire et signer {la convention}")
        title = _("{La convention} à signer avant de commencer")
        if is_charter:
            label = _("Lire et accepter {la charte}")
            title = _("{La charte} à accepter avant de commencer")
        given = [step.who for step in facts.agreement or () if step.done_at is not None]
        text = _("C'est oui des deux côtés. Il manque encore {ton/votre} accord.")
        if given:
            text = _("C'est déjà fait pour : %(names)s. À {toi/vous}.")
        return NextStep(
            facts.say(title), facts.say(text, names=_(", ").join(given)), facts.say(label), url
        )
    if facts.agreement == () and not is_charter:
        text = _(
            "Une des parties ne souhaite pas signer ce texte. {L'équipe} reprend contact avec chacun."
        )
        return NextStep(facts.say(_("{La convention} est à revoir")), facts.say(text))
    missing = [step for step in facts.agreement or () if step.done_at is None]
    before_mine = list(takewhile(lambda step: not step.is_mine, missing))
    waited = [step.who for step in before_mine]
    text = _("C'est oui des deux côtés ; l'accord qui ouvre {le binôme} est en cours.")
    if waited:
        text = _("De {ton/votre} côté tout est fait. On attend encore : %(names)s.")
    if len(before_mine) < len(missing):
        text = _("Ce n'est pas encore {ton/votre} tour de signer. On attend d'abord : %(names)s.")
    return NextStep(_("Presque prêt"), facts.say(text, names=_(", ").join(waited)))


def _where_to_agree(facts: PairFacts) -> str:
    """Where this person gives an agreement still missing; a list does not know who signed yet."""
    if facts.agreement is not None:
        return next((step.url for step in facts.agreement if step.url), "")
    if facts.pair.cohort.rules.agreement.kind == "convention":
        return reverse("charters:convention", args=[facts.pair.pk])
    is_due = facts.mine.charter_accepted_at is None
    return reverse("charters:accept", args=[facts.mine.pk]) if is_due else ""


def _active(facts: PairFacts) -> NextStep:
    for rule in (
        _answer_date,
        _report,
        _milestone,
        _ending,
        _objectives,
        _upcoming,
        _waiting,
        _accomplished,
    ):
        step = rule(facts)
        if step is not None:
            return step
    return _propose(facts)


def _answer_date(facts: PairFacts) -> NextStep | None:
    meeting = facts.proposed(by_me=False)
    if meeting is None:
        return None
    return NextStep(
        facts.say(_("%(name)s propose une date"), name=facts.other_name),
        _moment(meeting),
        _("Voir et répondre"),
        _page(meeting),
    )


def _report(facts: PairFacts) -> NextStep | None:
    meeting = facts.to_report
    if meeting is None:
        return None
    return NextStep(
        facts.say(_("{La rencontre} a-{t-il/t-elle|rencontre} eu lieu ?")),
        _moment(meeting),
        _("Répondre en un clic"),
        _page(meeting),
    )


def _milestone(facts: PairFacts) -> NextStep | None:
    ask = next(iter(facts.asks), None)
    if ask is None:
        return None
    milestone = ask.milestone
    label = _("C'est fait") if milestone.kind == "task" else _("Répondre")
    return NextStep(
        facts.say(milestone.title.replace("%", "%%")),
        facts.say(milestone.text.replace("%", "%%")),
        label,
        _milestone_page(facts, ask),
    )


def _ending(facts: PairFacts) -> NextStep | None:
    if facts.role in facts.ended_by:
        return NextStep(
            facts.say(_("{Tu as/Vous avez} dit que c'est terminé")),
            facts.say(_("{L'équipe} le sait et clôt {le binôme}. Rien d'autre à faire.")),
        )
    if facts.ended_by:
        return NextStep(
            facts.say(_("%(name)s dit que c'est terminé"), name=facts.other_name),
            facts.say(_("{L'équipe} attend {ton/votre} avis pour clore {le binôme}.")),
            _("Répondre"),
            reverse("meetings:declare_end", args=[facts.pair.pk]),
        )
    return None


def other_asks(facts: PairFacts) -> list[Ask]:
    """What is asked besides the next step."""
    url = next_step(facts).url
    return [ask for ask in facts.asks if _milestone_page(facts, ask) != url]


def _milestone_page(facts: PairFacts, ask: Ask) -> str:
    return reverse("meetings:milestone", args=[facts.pair.pk, ask.milestone.code])


def _objectives(facts: PairFacts) -> NextStep | None:
    if not facts.lacks_objectives:
        return None
    least = facts.pair.cohort.rules.objectives.minimum
    if facts.mine.pk != facts.pair.mentee_id:
        text = _(
            "%(name)s fixe d'abord ses objectifs ; {la première rencontre} se propose ensuite."
        )
        return NextStep(_("Les objectifs d'abord"), facts.say(text, name=facts.other_name))
    return NextStep(
        facts.say(_("Fixer {tes/vos} objectifs")),
        facts.say(_("Au moins %(least)s, avant {la première rencontre}."), least=least),
        _("Écrire mes objectifs"),
        reverse("meetings:objectives", args=[facts.pair.pk]),
    )


def _upcoming(facts: PairFacts) -> NextStep | None:
    meeting = next(iter(facts.next_meetings), None)
    if meeting is None:
        return None
    return NextStep(
        facts.say(_("{La prochaine rencontre}")),
        _moment(meeting),
        _("Voir le rendez-vous"),
        _page(meeting),
    )


def _waiting(facts: PairFacts) -> NextStep | None:
    meeting = facts.proposed(by_me=True)
    if meeting is None:
        return None
    text = _("%(name)s doit encore répondre : %(moment)s.")
    return NextStep(
        _("Une date est proposée"),
        facts.say(text, name=facts.other_name, moment=_moment(meeting)),
    )


def _accomplished(facts: PairFacts) -> NextStep | None:
    """Once the bilan is done and nothing lacks, the two say whether they stop there."""
    if not facts.is_accomplished:
        return None
    return NextStep(
        _("Tout ce que le programme demande est fait"),
        facts.say(_("On peut se revoir encore, ou dire que c'est terminé.")),
        _("Dire que c'est terminé"),
        reverse("meetings:declare_end", args=[facts.pair.pk]),
    )


def _propose(facts: PairFacts) -> NextStep:
    rules = facts.pair.cohort.rules
    is_first = not facts.record.meetings
    title = _("{La première rencontre}") if is_first else _("{La prochaine rencontre}")
    delay = first_date(rules, facts.record, today=facts.today)
    text = _("Proposer une date suffit ; %(name)s l'acceptera ou en proposera une autre.")
    if delay is not None and delay.is_overdue:
        text = _(
            "Une date était attendue avant le %(day)s : il est encore temps d'en proposer une."
        )
    elif delay is not None:
        text = _(
            "Une date est à proposer avant le %(day)s ; %(name)s l'acceptera ou en proposera une autre."
        )
    day = date_format(delay.due_on, "j F") if delay else ""
    initiative = rules.meetings.initiative
    is_theirs = initiative is not None and initiative is not facts.role
    if is_theirs:
        text = _(
            "C'est à %(name)s d'en prendre l'initiative ; rien n'empêche de proposer une date."
        )
    awaited = new_date_awaited_on(rules, facts.record)
    if awaited is not None:  # to find another date is up to both (D13)
        is_theirs, day = False, date_format(awaited, "j F")
        text = _(
            "Le rendez-vous prévu est annulé : une nouvelle date est à proposer d'ici le %(day)s."
        )
        if awaited < facts.today:
            text = _(
                "Une nouvelle date était attendue pour le %(day)s : il est encore temps d'en proposer une."
            )
    return NextStep(
        facts.say(title),
        facts.say(text, name=facts.other_name, day=day),
        _("Proposer une date"),
        reverse("meetings:propose", args=[facts.pair.pk]),
        is_theirs=is_theirs,
    )


def _paused(facts: PairFacts) -> NextStep:
    return NextStep(
        facts.say(_("{Le binôme} est en pause")),
        facts.say(_("{L'équipe} dira quand reprendre ; {tu peux/vous pouvez} lui écrire.")),
    )


def _completed(facts: PairFacts) -> NextStep:
    return _milestone(facts) or NextStep(
        _("C'est terminé, bravo et merci"),
        facts.say(_("{Le binôme} est {allé|binôme} au bout de son chemin.")),
    )


def _over(facts: PairFacts) -> NextStep:
    return NextStep(
        facts.say(_("{Le binôme} ne se poursuit pas")),
        facts.say(_("{L'équipe} {t'écrira/vous écrira} si une autre proposition se présente.")),
    )


def _moment(meeting: Meeting) -> str:
    return date_format(meeting.local_start, "l j F, H:i")


def _page(meeting: Meeting) -> str:
    return reverse("meetings:meeting", args=[meeting.pk])


_BY_STATE: dict[PairState, Callable[[PairFacts], NextStep]] = {
    PairState.PROPOSED: _proposed,
    PairState.ACCEPTED: _accepted,
    PairState.ACTIVE: _active,
    PairState.PAUSED: _paused,
    PairState.FROZEN: _paused,
    PairState.COMPLETED: _completed,
    PairState.STOPPED: _over,
    PairState.DECLINED: _over,
    PairState.EXPIRED: _over,
    PairState.CANCELLED: _over,
}
