"""Every section of a programme's rules in sentences, for those who run it.

What the rules leave open is said to be open, so that the team sees what the software will not
ask. Visitors read the shorter `presentation`.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from programmes.policy.course import MOST_REMINDERS
from programmes.policy.criteria import Criterion, MatchTest
from programmes.policy.rules import Milestone, PlaceKind, Rules, Standing
from programmes.policy.terms import Role, Strength
from programmes.presentation import tell_conditions, tell_course
from programmes.sentences import every_in_words, in_words
from programmes.vocabulary import Vocabulary
from programmes.words import fill


@dataclass(frozen=True)
class RuleSection:
    """One part of the rules: its title, and a sentence for each thing it says."""

    title: str
    sentences: tuple[str, ...]


PLACES = {
    PlaceKind.PUBLIC: gettext_lazy("un lieu public"),
    PlaceKind.PROFESSIONAL: gettext_lazy("un lieu professionnel"),
    PlaceKind.ROOM: gettext_lazy("une salle {de l'association}"),
    PlaceKind.PRIVATE: gettext_lazy("un lieu privé"),
    PlaceKind.VIDEO: gettext_lazy("la visioconférence"),
    PlaceKind.PHONE: gettext_lazy("le téléphone"),
}
STRENGTHS = {
    Strength.DUTY: gettext_lazy("obligatoire"),
    Strength.ABOUT: gettext_lazy("environ ; au-delà, {l'équipe} motive sa décision"),
    Strength.RECOMMENDATION: gettext_lazy("conseillé"),
    Strength.PREFERENCE: gettext_lazy("souhaité, compte dans l'appariement"),
}
WHO = {Role.MENTOR: gettext_lazy("{le mentor}"), Role.MENTEE: gettext_lazy("{le mentoré}")}
TO = {Role.MENTOR: gettext_lazy("{au mentor}"), Role.MENTEE: gettext_lazy("{au mentoré}")}
OF = {Role.MENTOR: gettext_lazy("{du mentor}"), Role.MENTEE: gettext_lazy("{du mentoré}")}


def tell_rules(rules: Rules, vocabulary: Vocabulary) -> list[RuleSection]:
    """All the sections, in the order in which a pair meets them; those that say nothing are left out."""
    course = [f"{one.label} : {one.text}" for one in tell_course(rules, vocabulary)]
    sections: list[tuple[Any, Iterable[str]]] = [
        (_("Le cadre"), [*course, *_extension(rules)]),
        (_("Qui peut être {mentor}"), tell_conditions(rules, Role.MENTOR, vocabulary)),
        (_("Qui peut être {mentoré}"), tell_conditions(rules, Role.MENTEE, vocabulary)),
        (_("Adhésion et âge"), _standing(rules)),
        (_("Questionnaire et objectifs"), _questionnaire(rules)),
        (_("{La charte}"), _acceptance(rules)),
        (_("L'appariement"), _matching(rules)),
        (_("{Les rencontres}"), _meetings(rules)),
        (_("Les étapes"), [_milestone(milestone) for milestone in rules.milestones]),
    ]
    told = [
        RuleSection(_said(title, vocabulary), tuple(_said(one, vocabulary) for one in sentences))
        for title, sentences in sections
    ]
    return [section for section in told if section.sentences]


def _said(text: str, vocabulary: Vocabulary) -> str:
    words = fill(text, vocabulary)
    return words[:1].upper() + words[1:]


def _extension(rules: Rules) -> Iterator[str]:
    length = rules.length
    if length.extensions == 0:
        yield _("Pas de prolongation prévue.")
    elif length.extensions:
        yield ngettext(
            "Prolongation possible une fois.",
            "Prolongation possible %(n)s fois.",
            length.extensions,
        ) % {"n": length.extensions}
    else:
        yield _("Prolongation possible, sans limite de nombre.")
    if length.extensions != 0:
        yield _("Une prolongation demande l'accord %(whose)s.") % {
            "whose": _whose(length.extension_needs)
        }
    if length.adaptable:
        yield _("Qui commence en cours d'année peut finir avec {la campagne}.")


def _whose(roles: Collection[Role]) -> str:
    return _("des deux") if len(roles) == 2 else str(OF[next(iter(roles))])


def _by(roles: Collection[Role]) -> str:
    if len(roles) == 2:
        return _("par les deux")
    return _("par %(who)s") % {"who": WHO[next(iter(roles))]}


def _standing(rules: Rules) -> Iterator[str]:
    terms = rules.membership
    if {terms.mentor, terms.mentee} == {Standing.NONE}:
        yield _("Aucune adhésion n'est demandée.")
    if terms.throughout:
        yield _(
            "L'adhésion reste à jour jusqu'au bout ; une adhésion échue est signalée {à l'équipe}."
        )
    if terms.remind_before:
        yield _("Un rappel part %(delay)s avant l'échéance.") % {
            "delay": in_words(terms.remind_before)
        }
    facts = {"age": rules.minors.of_age}
    if rules.minors.admitted:
        yield (
            _("{Les mentorés} de moins de %(age)s ans sont admis, avec un représentant légal.")
            % facts
        )
    else:
        yield _("Il faut avoir %(age)s ans.") % facts


def _questionnaire(rules: Rules) -> Iterator[str]:
    for role in Role:
        number = len(rules.questions_for(role))
        text = ngettext(
            "%(n)s question posée %(whom)s.", "%(n)s questions posées %(whom)s.", number
        )
        yield text % {"n": number, "whom": TO[role]}
    terms = rules.objectives
    if terms.themes:
        themes = _(", ").join(theme.label for theme in terms.themes)
        yield _("Thèmes des objectifs : %(themes)s.") % {"themes": themes}
    if terms.other_theme:
        yield (
            _("Un objectif hors de ces thèmes est possible.")
            if terms.themes
            else _("Les thèmes des objectifs sont libres.")
        )
    if terms.minimum and terms.due == "first_meeting":
        yield _("Les objectifs sont fixés avant {la première rencontre}.")


def _acceptance(rules: Rules) -> Iterator[str]:
    yield {
        "submission": _("{Accepté|charte} à l'envoi de la candidature."),
        "match": _("{Accepté|charte} avant tout appariement."),
        "agreement": _("{Accepté|charte} une fois {le binôme} formé."),
    }[rules.acceptance.due]
    if rules.acceptance.by_commitment:
        yield _("Chaque engagement est accepté un par un.")
    reminders = (
        (rules.acceptance.remind_every, _("à qui ne l'a pas encore {accepté|charte}")),
        (rules.agreement.remind_every, _("à qui n'a pas encore signé {la convention}")),
    )
    for every, whom in reminders:
        if every:
            yield _("Rappel %(every)s %(whom)s, %(most)s fois au plus.") % {
                "every": every_in_words(every),
                "whom": whom,
                "most": MOST_REMINDERS,
            }


def _matching(rules: Rules) -> Iterator[str]:
    terms = rules.matching
    yield _("Chacun répond à une proposition dans un délai de %(delay)s.") % {
        "delay": in_words(terms.answer_within)
    }
    if terms.wishes:
        yield _(
            "{Le mentoré} peut classer {des mentors} d'après des cartes sans nom (%(count)s au plus)."
        ) % {"count": terms.wishes}
    if terms.preferences:
        yield _(
            "{Le mentor} peut classer {des mentorés} d'après des cartes sans nom (%(count)s au plus)."
        ) % {"count": terms.preferences}
    if terms.self_service:
        yield _("{Le mentoré} peut demander {un mentor} de son choix, qui répond.")
    for criterion in rules.criteria:
        yield _criterion(criterion)
    if terms.mentor_may_stop_after_first:
        yield _("{Le mentor} peut s'arrêter après {la première rencontre}.")
        yield (
            _("{Le mentoré} peut alors être apparié de nouveau.")
            if terms.mentee_rematched_after_stop
            else _("{Le mentoré} n'est alors pas apparié de nouveau.")
        )
    if rules.introduction:
        text = _(
            "Un premier rendez-vous est proposé dans un délai de %(delay)s, à l'initiative %(whose)s ; rappel %(every)s."
        )
        yield text % {
            "delay": in_words(rules.introduction.first_date_within),
            "whose": OF[rules.introduction.initiative],
            "every": every_in_words(rules.introduction.remind_every),
        }


TESTS: dict[MatchTest, Any] = {
    MatchTest.EQUAL: gettext_lazy("la même réponse des deux côtés"),
    MatchTest.DIFFER: gettext_lazy("des réponses différentes"),
    MatchTest.OVERLAP: gettext_lazy("quelque chose en commun"),
    MatchTest.COVERS: gettext_lazy("{le mentor} couvre ce que souhaite {le mentoré}"),
    MatchTest.AT_LEAST: gettext_lazy("{le mentor} au moins au niveau qu'indique {le mentoré}"),
}


def _criterion(rule: Criterion) -> str:
    told = TESTS.get(rule.test)
    if rule.test is MatchTest.GAP:
        facts = {"minimum": rule.minimum, "maximum": rule.maximum}
        if rule.maximum is None:
            told = _("un écart d'au moins %(minimum)s") % facts
        elif rule.minimum is None:
            told = _("un écart d'au plus %(maximum)s") % facts
        else:
            told = _("un écart de %(minimum)s à %(maximum)s") % facts
    elif rule.test is MatchTest.AT_LEAST and rule.minimum:
        told = ngettext(
            "{le mentor} un niveau au moins au-dessus de celui qu'indique {le mentoré}",
            "{le mentor} %(n)s niveaux au moins au-dessus de celui qu'indique {le mentoré}",
            rule.minimum,
        ) % {"n": rule.minimum}
    return f"« {rule.label} » : {told} ({STRENGTHS[rule.strength]})."


def _meetings(rules: Rules) -> Iterator[str]:
    terms = rules.meetings
    if set(terms.places) != set(PlaceKind):
        yield _("Lieux possibles : %(places)s.") % {"places": _places(terms.places)}
    if terms.first_places:
        yield _("{La première rencontre} se tient dans : %(places)s.") % {
            "places": _places(terms.first_places)
        }
    if terms.in_person_preferred:
        yield _("Se voir est préféré, surtout la première fois.")
    if terms.initiative:
        yield _("L'initiative revient %(whom)s.") % {"whom": TO[terms.initiative]}
    if terms.topic_by:
        text = _("À partir {de la rencontre} n° %(n)s, %(who)s propose aussi le sujet.")
        if terms.topic_from == 1:
            text = _("%(who)s propose aussi le sujet.")
        yield text % {"n": terms.topic_from, "who": WHO[terms.topic_by]}
    if terms.notice_hours:
        yield ngettext(
            "Un empêchement se dit au moins %(n)s heure avant ; plus tard, c'est noté.",
            "Un empêchement se dit au moins %(n)s heures avant ; plus tard, c'est noté.",
            terms.notice_hours,
        ) % {"n": terms.notice_hours}
    if terms.new_date_within:
        yield _("Une nouvelle date se cherche dans un délai de %(delay)s.") % {
            "delay": in_words(terms.new_date_within)
        }
    if terms.planned_together:
        yield _("Le calendrier se fixe ensemble dès {la première rencontre}.")
    yield (
        _("Sans nouvelles depuis %(delay)s, {le binôme} est {signalé|binôme} {à l'équipe}.")
        % {"delay": in_words(terms.silent_after)}
        if terms.silent_after
        else _("Le silence d'{un binôme} n'est pas signalé.")
    )


def _milestone(milestone: Milestone) -> str:
    told = _("« %(title)s », %(when)s, à faire %(whose)s (%(strength)s)") % {
        "title": milestone.title,
        "when": _moment(milestone),
        "whose": _by(milestone.roles),
        "strength": STRENGTHS[milestone.strength],
    }
    if milestone.remind_every:
        told += _(", rappel %(every)s") % {"every": every_in_words(milestone.remind_every)}
    return told + "."


def _moment(milestone: Milestone) -> str:
    if milestone.after_meetings is not None:
        if milestone.after_meetings == 0:
            return _("dès le début")
        return ngettext(
            "après {la première rencontre}",
            "après %(n)s {rencontres}",
            milestone.after_meetings,
        ) % {"n": milestone.after_meetings}
    told: list[tuple[Any, Callable[..., str]]] = [
        (milestone.after_start, lambda: _("%(delay)s après le début")),
        (milestone.before_end, lambda: _("%(delay)s avant la fin")),
        (milestone.after_end, lambda: _("%(delay)s après la fin")),
    ]
    delay, text = next((delay, text) for delay, text in told if delay is not None)
    return text() % {"delay": in_words(delay)}


def _places(kinds: Iterable[PlaceKind]) -> str:
    return _(", ").join(str(PLACES[kind]) for kind in kinds)
