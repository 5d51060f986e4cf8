"""A programme's terms as sentences, for its convention; what it does not say is left out."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from people.dates import date_format
from programmes.models import Cohort
from programmes.policy.durations import Duration
from programmes.policy.rules import Fee, Length, MeetingTerms, PlaceKind, Quota
from programmes.policy.terms import Role, Strength
from programmes.sentences import every_in_words, in_words
from programmes.vocabulary import Vocabulary
from programmes.words import fill


def terms_in_words(cohort: Cohort, vocabulary: Vocabulary) -> Iterator[tuple[str, str]]:
    """Title and text of each term, in the active language and the programme's words."""
    rules = cohort.rules
    parts = (
        (_("Durée"), _length(rules.length, cohort)),
        (_("Rythme"), (_rhythm(quota) for quota in rules.quotas)),
        (_("{Rencontres}"), _meetings(rules.meetings)),
        (_("Lieux"), _places(rules.meetings)),
        (_("En cas d'empêchement"), _notice(rules.meetings)),
        (_("Participation aux frais"), _fee(rules.fee)),
    )
    for title, sentences in parts:
        if text := " ".join(sentences):
            yield fill(title, vocabulary), fill(text, vocabulary)


def minutes_in_words(minutes: int) -> str:
    """« 45 min », « 1 h », « 1 h 30 »."""
    hours, rest = divmod(minutes, 60)
    if not hours:
        return f"{rest} min"
    return f"{hours} h {rest:02}" if rest else f"{hours} h"


def _length(length: Length, cohort: Cohort) -> Iterator[str]:
    facts = {"least": "", "usual": ""}
    if length.least is not None:
        facts["least"] = in_words(length.least)
    if length.usual is not None:
        facts["usual"] = in_words(length.usual)
    if length.least is not None and length.usual in (None, length.least):
        yield _("{Le mentorat} dure au moins %(least)s.") % facts
    elif length.least is not None:
        yield _("{Le mentorat} dure au moins %(least)s, en principe %(usual)s.") % facts
    elif length.usual is not None:
        yield _("{Le mentorat} dure %(usual)s.") % facts
    if length.adaptable and cohort.ends_on is not None:
        end = date_format(cohort.ends_on, "j F Y")
        yield _(
            "{S'il/Si elle|mentorat} commence en cours d'année, {il/elle|mentorat} peut s'achever le %(end)s."
        ) % {"end": end}
    if length.extensions:
        yield ngettext(
            "{Il/Elle|mentorat} peut être {prolongé|mentorat} une fois.",
            "{Il/Elle|mentorat} peut être {prolongé|mentorat} %(count)s fois.",
            length.extensions,
        ) % {"count": length.extensions}
    if length.most is not None:
        yield _("{Il/Elle|mentorat} ne dépasse pas %(most)s en tout.") % {
            "most": in_words(length.most)
        }


def _rhythm(quota: Quota) -> str:
    facts = {
        "least": quota.least,
        "length": minutes_in_words(quota.least),
        "every": every_in_words(quota.per) if quota.per else "",
    }
    is_monthly = quota.per == Duration(months=1)
    if quota.of == "minutes":
        text = _("Au moins %(length)s d'échanges en tout.")
        if quota.per:
            text = _("Au moins %(length)s d'échanges %(every)s.")
        if is_monthly:
            text = _("Au moins %(length)s d'échanges par mois.")
    elif is_monthly:
        text = ngettext(
            "Au moins {une rencontre} par mois.",
            "Au moins %(least)s {rencontres} par mois.",
            quota.least,
        )
    elif quota.per:
        text = ngettext(
            "Au moins {une rencontre} %(every)s.",
            "Au moins %(least)s {rencontres} %(every)s.",
            quota.least,
        )
    else:
        text = ngettext(
            "Au moins {une rencontre} en tout.",
            "Au moins %(least)s {rencontres} en tout.",
            quota.least,
        )
    if quota.strength is not Strength.DUTY:
        text = f"{text} {_('Ce rythme est conseillé.')}"
    return text % facts


def _meetings(terms: MeetingTerms) -> Iterator[str]:
    if terms.least_minutes and terms.most_minutes:
        yield _("{Une rencontre} dure de %(least)s à %(most)s.") % {
            "least": minutes_in_words(terms.least_minutes),
            "most": minutes_in_words(terms.most_minutes),
        }
    if terms.initiative is Role.MENTEE:
        yield _("{Le mentoré} en prend l'initiative.")
    elif terms.initiative is Role.MENTOR:
        yield _("{Le mentor} en prend l'initiative.")
    else:
        yield _("Les dates se fixent d'un commun accord, selon les disponibilités de chacun.")
    if terms.planned_together:
        yield _("Les deux fixent leur calendrier ensemble dès {la première rencontre}.")


def _places(terms: MeetingTerms) -> Iterator[str]:
    if terms.first_places:
        yield _("{La première rencontre} a lieu %(places)s.") % {
            "places": _one_of(terms.first_places)
        }
    if set(terms.places) != set(PlaceKind):
        text = _("{Les rencontres} ont lieu %(places)s.")
        if terms.first_places:
            text = _("{Les rencontres} {suivant|rencontres} ont lieu %(places)s.")
        yield text % {"places": _one_of(terms.places)}
    if terms.in_person_preferred:
        yield _("On se voit de préférence en personne.")


def _one_of(places: tuple[PlaceKind, ...]) -> str:
    labels = {
        PlaceKind.PUBLIC: _("dans un lieu public"),
        PlaceKind.PROFESSIONAL: _("dans un lieu professionnel"),
        PlaceKind.ROOM: _("dans une salle {de l'association}"),
        PlaceKind.PRIVATE: _("dans un lieu privé"),
        PlaceKind.VIDEO: _("en visioconférence"),
        PlaceKind.PHONE: _("par téléphone"),
    }
    *firsts, last = (labels[place] for place in places)
    if not firsts:
        return last
    return _("%(firsts)s ou %(last)s") % {"firsts": ", ".join(firsts), "last": last}


def _notice(terms: MeetingTerms) -> Iterator[str]:
    if terms.notice_hours is not None:
        yield ngettext(
            "Une personne empêchée prévient l'autre au moins %(count)s heure à l'avance.",
            "Une personne empêchée prévient l'autre au moins %(count)s heures à l'avance.",
            terms.notice_hours,
        ) % {"count": terms.notice_hours}
    if terms.new_date_within is not None:
        yield _("Une nouvelle date est proposée dans un délai de %(within)s.") % {
            "within": in_words(terms.new_date_within)
        }


def _fee(fee: Fee | None) -> Iterator[str]:
    if fee is None:
        return
    facts = {"amount": number_format(fee.amount, decimal_pos=2)}
    if fee.role is Role.MENTEE:
        yield _("{Le mentoré} verse %(amount)s € {à l'association}.") % facts
    else:
        yield _("{Le mentor} verse %(amount)s € {à l'association}.") % facts
