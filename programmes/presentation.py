"""A programme's rules told in words, in its own vocabulary: what visitors and the team read.

What the rules leave open is left unsaid.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext

from programmes.policy.criteria import Eligibility, EligibilityTest
from programmes.policy.durations import Duration
from programmes.policy.rules import PartyKind, Quota, Rules, Standing
from programmes.policy.terms import Role, Strength
from programmes.sentences import every_in_words, in_words
from programmes.vocabulary import Vocabulary
from programmes.words import fill


@dataclass(frozen=True)
class Told:
    """One thing that the rules say: a label and a sentence; `icon` is for the eye alone."""

    label: str
    text: str
    icon: str


def tell_course(rules: Rules, vocabulary: Vocabulary) -> list[Told]:
    """How the programme goes: length, rhythm, seats, agreement, fee."""

    def said(text: str) -> str:
        words = fill(text, vocabulary)
        return words[:1].upper() + words[1:]

    return [Told(said(label), said(text), icon) for label, text, icon in _course(rules)]


def tell_conditions(rules: Rules, role: Role, vocabulary: Vocabulary) -> list[str]:
    """What is asked of someone who would like to take part in this role, one sentence each."""
    told = (fill(text, vocabulary, to=role) for text in _conditions(rules, role))
    return [text[:1].upper() + text[1:] for text in told]


def _course(rules: Rules) -> Iterator[tuple[str, str, str]]:
    if length := _length(rules):
        yield _("Durée"), length, "calendar"
    rhythm = [_rhythm(quota) for quota in rules.quotas]
    if rhythm:
        yield _("Rythme"), _(" ; ").join(rhythm) + ".", "calendar-event"
    if minutes := _minutes(rules):
        yield _("{Chaque rencontre}"), minutes, "clock"
    if seats := _seats(rules):
        yield _("Places"), seats, "users"
    if rules.matching.self_service:
        text = _(
            "{le mentoré} choisit d'après des cartes sans nom, et demande ; {le mentor} répond oui ou non."
        )
        yield _("Qui choisit"), text, "users"
    yield _("Engagement"), _agreement(rules), "signature"
    if rules.fee:
        amount = number_format(rules.fee.amount, decimal_pos=0 if rules.fee.amount % 1 == 0 else 2)
        text = _("{le mentoré} règle %(amount)s € {à l'association} ; {le mentor} est bénévole.")
        if rules.fee.role is Role.MENTOR:
            text = _("{le mentor} règle %(amount)s € {à l'association}.")
        yield _("Frais"), text % {"amount": amount}, "coin-euro"


def _length(rules: Rules) -> str:
    length = rules.length
    if length.usual and length.least and length.least != length.usual:
        text = _("%(least)s au moins, %(usual)s en général") % {
            "least": in_words(length.least),
            "usual": in_words(length.usual),
        }
    elif length.least and not length.usual:
        text = _("%(least)s au moins") % {"least": in_words(length.least)}
    elif length.usual:
        text = in_words(length.usual)
    else:
        return ""
    if length.most and length.most not in (length.usual, length.least):
        return text + _(", %(most)s au plus.") % {"most": in_words(length.most)}
    return text + "."


def _rhythm(quota: Quota) -> str:
    facts = {"least": quota.least, "every": every_in_words(quota.per) if quota.per else ""}
    if quota.of == "minutes":
        text = _("%(least)s minutes d'échange en tout")
        if quota.per:
            text = _("%(least)s minutes d'échange %(every)s")
    elif quota.per is None:
        text = ngettext(
            "au moins {une rencontre} en tout",
            "au moins %(least)s {rencontres} en tout",
            quota.least,
        )
    elif quota.per == Duration(months=1):
        text = ngettext("{une rencontre} par mois", "%(least)s {rencontres} par mois", quota.least)
    else:
        text = ngettext(
            "{une rencontre} %(every)s",
            "%(least)s {rencontres} %(every)s",
            quota.least,
        )
    told = text % facts
    return told if quota.strength is Strength.DUTY else told + _(" (conseillé)")


def _minutes(rules: Rules) -> str:
    terms = rules.meetings
    facts = {"least": terms.least_minutes, "most": terms.most_minutes}
    if terms.least_minutes and terms.most_minutes:
        if terms.least_minutes == terms.most_minutes:
            return _("%(least)s minutes.") % facts
        return _("entre %(least)s et %(most)s minutes.") % facts
    if terms.least_minutes:
        return _("au moins %(least)s minutes.") % facts
    return _("%(most)s minutes au plus.") % facts if terms.most_minutes else ""


def _seats(rules: Rules) -> str:
    told = []
    if rules.seats.mentee:
        told.append(
            ngettext(
                "{un mentoré} a {un seul mentor} à la fois",
                "{un mentoré} a %(count)s {mentors} au plus",
                rules.seats.mentee,
            )
            % {"count": rules.seats.mentee}
        )
    if rules.seats.mentor:
        told.append(
            ngettext(
                "{un mentor} accompagne une personne à la fois",
                "{un mentor} accompagne %(count)s personnes au plus à la fois",
                rules.seats.mentor,
            )
            % {"count": rules.seats.mentor}
        )
    return _(" ; ").join(told) + "." if told else ""


PARTIES = {
    PartyKind.MENTOR: gettext_noop("{le mentor}"),
    PartyKind.MENTEE: gettext_noop("{le mentoré}"),
    PartyKind.ORGANISATION: gettext_noop("{l'association}"),
    PartyKind.GUARDIAN: gettext_noop("le représentant légal si la personne est mineure"),
}


def _agreement(rules: Rules) -> str:
    if rules.agreement.kind == "charter":
        return _("Chaque personne accepte {la charte} du programme.")
    names = [_(PARTIES[party.kind]) for party in rules.agreement.parties]
    text = _("{une convention} est {signé|convention} par %(parties)s.")
    return text % {"parties": _(", ").join(names)}


def _conditions(rules: Rules, role: Role) -> Iterator[str]:
    standing: Standing = getattr(rules.membership, role)
    if standing is not Standing.NONE:
        yield {
            Standing.MEMBER: _("Avoir adhéré {à l'association}."),
            Standing.ALUMNUS: _(
                "Faire partie des anciens élèves et avoir adhéré {à l'association}."
            ),
            Standing.PAID_UP: _("Être à jour de cotisation {à l'association}."),
        }[standing]
    for rule in rules.eligibility:
        if rule.role is role and rule.strength is not Strength.PREFERENCE:
            yield _eligibility(rules, rule)
    terms = rules.objectives
    if role is Role.MENTEE and terms.minimum:
        if terms.maximum and terms.maximum != terms.minimum:
            yield _("Fixer de %(minimum)s à %(maximum)s objectifs.") % {
                "minimum": terms.minimum,
                "maximum": terms.maximum,
            }
        else:
            yield ngettext(
                "Fixer au moins %(count)s objectif.",
                "Fixer au moins %(count)s objectifs.",
                terms.minimum,
            ) % {"count": terms.minimum}
    for declaration in rules.declarations_for(role):
        yield _("Déclarer : « %(text)s »") % {"text": declaration.text}


def _eligibility(rules: Rules, rule: Eligibility) -> str:
    if rule.sentence:
        return rule.sentence
    questions = [rules.question(code) for code in rule.questions]
    labels = _(" ou ").join(question.label for question in questions)
    facts = {
        "label": labels,
        "minimum": rule.minimum,
        "maximum": rule.maximum,
        "unit": questions[0].unit,
    }
    if rule.test is EligibilityTest.YES:
        text = _("Pouvoir répondre oui à : %(label)s")
    elif rule.test is EligibilityTest.RANGE and rule.minimum is None:
        text = _("%(label)s : %(maximum)s %(unit)s au plus.")
    elif rule.test is EligibilityTest.RANGE and rule.maximum is None:
        text = _("%(label)s : %(minimum)s %(unit)s au moins.")
    elif rule.test is EligibilityTest.RANGE:
        text = _("%(label)s : de %(minimum)s à %(maximum)s %(unit)s.")
    else:
        choices = {choice.code: choice.label for choice in rules.choices_of(questions[0])}
        facts["values"] = _(", ").join(choices[value] for value in rule.values)
        text = _("%(label)s : %(values)s.")
        if rule.test is EligibilityTest.AT_LEAST:
            text = _("%(label)s : au moins %(values)s.")
    told = re.sub(" +", " ", text % facts).replace(" .", ".")
    return told if rule.strength is Strength.DUTY else told + _(" À titre indicatif.")
