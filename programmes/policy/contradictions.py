"""What a programme may not say at once: rules that nobody can follow, or that never come into play.

`coherence` looks at what is named; here every name exists, and what is said of it clashes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from programmes.policy.beyond_reach import beyond_reach
from programmes.policy.coherence import Problem
from programmes.policy.durations import Duration
from programmes.policy.questionnaire import Declaration, Question, QuestionKind
from programmes.policy.rules import Guide, Milestone, Rules, Standing
from programmes.policy.terms import BOTH, Role, Strength

Keyed = tuple[str, tuple[str, ...]]
# A month counts as thirty days or thirty-one: durations that differ by no more may be equal.
_SLACK_IN_DAYS = 1


def contradictions_in(rules: Rules) -> list[Problem]:
    """Everything that cannot hold together, in the order of the file."""
    return [
        *_given(rules),
        *_length(rules),
        *_membership(rules),
        *_agreement(rules),
        *_minors(rules),
        *_meetings(rules),
        *_objectives(rules),
        *beyond_reach(rules),
        *_quotas(rules),
        *_milestones(rules),
    ]


def _given(rules: Rules) -> Iterator[Problem]:
    """Lists that must name something, and nothing twice."""
    roles: list[Keyed] = [("length.extension_needs", rules.length.extension_needs)]
    groups: list[tuple[str, Sequence[Question | Declaration | Milestone | Guide]]] = [
        ("questions", rules.questions),
        ("declarations", rules.declarations),
        ("milestones", rules.milestones),
        ("guides", rules.guides),
    ]
    for key, group in groups:
        roles += [(f"{key}[{at}].roles", one.roles) for at, one in enumerate(group, 1)]
    for at, milestone in enumerate(rules.milestones, 1):
        for number, question in enumerate(milestone.questions, 1):
            roles.append((f"milestones[{at}].questions[{number}].roles", question.roles))
    for key, named in roles:
        if not named:
            yield Problem(key, "il faut au moins un rôle : « mentor », « mentee » ou les deux")
    if not rules.meetings.places:
        yield Problem("meetings.places", "il faut au moins un lieu où se rencontrer")
    lists = [
        *roles,
        ("meetings.places", rules.meetings.places),
        ("meetings.first_places", rules.meetings.first_places),
    ]
    for at, rule in enumerate(rules.eligibility, 1):
        key = f"eligibility[{at}]"
        lists += [(f"{key}.questions", rule.questions), (f"{key}.values", rule.values)]
    for key, named in lists:
        for name, count in Counter(named).items():
            if count > 1:
                yield Problem(key, f"« {name} » est donné {count} fois")


def _length(rules: Rules) -> Iterator[Problem]:
    length = rules.length
    if length.extensions and _is_longer(length.usual, than=length.most, or_equal=True):
        yield Problem(
            "length.extensions",
            f"{length.usual} est déjà le plus long que permet length.most : rien ne peut être prolongé",
        )
    if length.adaptable and length.usual is None and length.least is None:
        yield Problem("length.adaptable", "il n'y a pas de durée (length.usual) à adapter")
    longest = _longest(rules)
    for key, duration in (
        ("meetings.silent_after", rules.meetings.silent_after),
        ("meetings.new_date_within", rules.meetings.new_date_within),
        ("meetings.notice_hours", _notice(rules)),
        ("introduction.first_date_within", rules.introduction.first_date_within if rules.introduction else None),
    ):  # fmt: skip
        if _is_longer(duration, than=longest):
            yield Problem(key, f"ce délai dépasse le programme, qui dure {longest} au plus")


def _longest(rules: Rules) -> Duration | None:
    """How long a pair can last, extended or not; None where there is no limit."""
    length = rules.length
    return length.most or ((length.usual or length.least) if length.extensions == 0 else None)


def _notice(rules: Rules) -> Duration | None:
    hours = rules.meetings.notice_hours
    return Duration(days=-(-hours // 24)) if hours else None


def _is_longer(one: Duration | None, *, than: Duration | None, or_equal: bool = False) -> bool:
    if one is None or than is None:
        return False
    slack = -_SLACK_IN_DAYS if or_equal else _SLACK_IN_DAYS
    return one.nominal_days > than.nominal_days + slack


def _membership(rules: Rules) -> Iterator[Problem]:
    terms = rules.membership
    is_followed = Standing.PAID_UP in (terms.mentor, terms.mentee)
    if terms.throughout and not is_followed:
        yield Problem("membership.throughout", "aucun rôle n'a d'adhésion à tenir à jour (paid_up)")
    if terms.remind_before and not (terms.throughout and is_followed):
        yield Problem(
            "membership.remind_before",
            "on ne rappelle qu'une adhésion à tenir à jour jusqu'au bout : throughout = true, et paid_up",
        )


def _agreement(rules: Rules) -> Iterator[Problem]:
    terms = rules.agreement
    signing_accepts = terms.kind == "convention" and rules.acceptance.due == "agreement"
    if rules.acceptance.by_commitment and signing_accepts:
        yield Problem(
            "acceptance.by_commitment",
            "signer la convention vaut acceptation : rien ne s'accepte alors un par un",
        )
    if not terms.with_objectives:
        return
    key = "agreement.with_objectives"
    if terms.kind == "charter":
        yield Problem(key, "seule une convention reprend les objectifs")
    elif not rules.objectives.are_asked:
        yield Problem(key, "le programme ne demande pas d'objectifs (objectives)")
    elif rules.objectives.minimum and rules.objectives.due == "first_meeting":
        yield Problem(
            key,
            'la convention se signe avant la première rencontre : fixer les objectifs plus tôt, objectives.due = "submission"',
        )


def _minors(rules: Rules) -> Iterator[Problem]:
    if not rules.minors.admitted:
        return
    for at, question in enumerate(rules.questions, 1):
        if question.code != "birth_date":
            continue
        key = f"questions[{at}]"
        if question.kind is not QuestionKind.DATE:
            yield Problem(f"{key}.kind", 'la date de naissance est une date : kind = "date"')
        if Role.MENTEE not in question.roles:
            yield Problem(
                f"{key}.roles",
                "ce sont les personnes accompagnées qui peuvent être mineures : poser la question au rôle « mentee »",
            )
        elif not question.required:
            yield Problem(
                f"{key}.required", "sans réponse obligatoire, on ne saurait pas qui est mineur"
            )


def _meetings(rules: Rules) -> Iterator[Problem]:
    terms = rules.meetings
    in_person = any(place.in_person for place in terms.places)
    if terms.in_person_preferred and terms.places and not in_person:
        yield Problem(
            "meetings.in_person_preferred", "aucun lieu de meetings.places ne permet de se voir"
        )
    if terms.topic_from != 1 and terms.topic_by is None:
        yield Problem(
            "meetings.topic_from", "il faut dire qui propose le sujet : meetings.topic_by"
        )


def _objectives(rules: Rules) -> Iterator[Problem]:
    terms = rules.objectives
    if not terms.are_asked and (terms.text_required or terms.maximum is not None):
        yield Problem("objectives", "il n'y a ni thèmes, ni thème libre (other_theme = true)")


def _quotas(rules: Rules) -> Iterator[Problem]:
    places = rules.meetings.places
    longest = _longest(rules)
    for at, quota in enumerate(rules.quotas, 1):
        key = f"quotas[{at}]"
        if places and quota.place == "in_person" and not any(one.in_person for one in places):
            yield Problem(f"{key}.place", "aucun lieu de meetings.places ne permet de se voir")
        if places and quota.place == "remote" and all(one.in_person for one in places):
            yield Problem(
                f"{key}.place", "aucun lieu de meetings.places ne permet d'être à distance"
            )
        if _is_longer(quota.per, than=longest):
            yield Problem(
                f"{key}.per", f"cette période dépasse le programme, qui dure {longest} au plus"
            )


def _milestones(rules: Rules) -> Iterator[Problem]:
    length, longest = rules.length, _longest(rules)
    for at, milestone in enumerate(rules.milestones, 1):
        key = f"milestones[{at}]"
        if _is_longer(milestone.after_start, than=longest):
            yield Problem(
                f"{key}.after_start", f"cette étape viendrait après la fin : {longest} au plus"
            )
        if _is_longer(milestone.before_end, than=length.usual or length.least):
            yield Problem(
                f"{key}.before_end",
                f"cette étape viendrait avant le début : le programme dure {length.usual or length.least}",
            )
        yield from _asked_in_vain(rules, key, milestone)


def _asked_in_vain(rules: Rules, key: str, milestone: Milestone) -> Iterator[Problem]:
    if milestone.asks_extension and rules.length.extensions == 0:
        yield Problem(
            f"{key}.asks_extension", "le programme ne se prolonge pas (length.extensions = 0)"
        )
    if milestone.asks_extension and milestone.after_end is not None:
        yield Problem(f"{key}.asks_extension", "après la fin, il n'y a plus rien à prolonger")
    if milestone.approved_by_both and milestone.roles and set(milestone.roles) != set(BOTH):
        yield Problem(
            f"{key}.approved_by_both", "approuver à deux suppose que les deux rôles répondent"
        )
    if milestone.strength is Strength.DUTY and milestone.after_end is not None:
        yield Problem(f"{key}.strength", "après la fin, rien ne peut plus être obligatoire")
    for number, question in enumerate(milestone.questions, 1):
        if question.kind != "choice" and question.choices:
            yield Problem(
                f"{key}.questions[{number}].choices",
                f"une question de genre « {question.kind} » n'a pas de choix",
            )
        for code, count in Counter(choice.code for choice in question.choices).items():
            if count > 1:
                yield Problem(
                    f"{key}.questions[{number}].choices",
                    f"le code « {code} » est donné {count} fois",
                )
        if milestone.roles and question.roles and not set(question.roles) & set(milestone.roles):
            yield Problem(
                f"{key}.questions[{number}].roles", "l'étape n'est pas demandée à ce rôle"
            )
