"""What a column of a list may become, under a programme's rules."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from people.spreadsheets import PERSON_SYNONYMS
from people.spreadsheets.columns import normalise
from programmes.policy.questionnaire import Question
from programmes.policy.rules import Rules, Standing
from programmes.policy.terms import Role
from programmes.vocabulary import Vocabulary
from programmes.words import fill

ANSWER = "question:"


@dataclass(frozen=True)
class Target:
    """One thing that a column can give; `question` where it is an answer."""

    key: str
    label: str
    group: str
    synonyms: tuple[str, ...]
    is_required: bool = False
    question: Question | None = None


def targets_of(rules: Rules, role: Role, vocabulary: Vocabulary) -> tuple[Target, ...]:
    """Everything that a list of people in this role may give, in the order it is offered."""
    return (
        *_person(),
        *(_membership() if standing_asked(rules, role) is not Standing.NONE else ()),
        *_enrolment(rules, role, vocabulary),
        *(_answer(question) for question in rules.questions_for(role)),
    )


def standing_asked(rules: Rules, role: Role) -> Standing:
    """How someone in this role must belong to the association."""
    asked: Standing = getattr(rules.membership, role)
    return asked


def find_target(targets: Iterable[Target], name: str) -> Target | None:
    """The target that someone names by its key, the code of a question or its label."""
    wanted = normalise(name)
    for target in targets:
        names = (target.key, target.key.removeprefix(ANSWER), target.label)
        if name in names or wanted in map(normalise, names):
            return target
    return None


def _person() -> Iterator[Target]:
    group = _("Personne")
    for key, label in (
        ("first_name", _("Prénom")),
        ("last_name", _("Nom")),
        ("email", _("Adresse e-mail")),
    ):
        yield Target(key, label, group, PERSON_SYNONYMS[key], is_required=True)


def _membership() -> Iterator[Target]:
    group = _("Adhésion")
    for key, label in (
        ("number", _("Numéro d'adhérent")),
        ("joined_on", _("Date d'adhésion")),
        ("paid_from", _("Cotisation payée à partir du")),
        ("paid_until", _("Cotisation payée jusqu'au")),
    ):
        yield Target(key, label, group, PERSON_SYNONYMS[key])
    alumni = ("ancien élève", "diplômé", "alumnus", "alumna", "alumni")
    yield Target("is_alumnus", _("Ancien élève (oui ou non)"), group, alumni)


def _enrolment(rules: Rules, role: Role, vocabulary: Vocabulary) -> Iterator[Target]:
    group = _("Candidature")
    if role is Role.MENTOR:
        label = fill(_("Nombre {de mentorés} au plus"), vocabulary)
        yield Target("capacity", label, group, PERSON_SYNONYMS["capacity"])
    if role is Role.MENTEE and rules.objectives.are_asked:
        synonyms = ("objectifs", "thèmes", "objectives", "themes", "goals")
        yield Target("objectives", _("Objectifs (un ou plusieurs thèmes)"), group, synonyms)


def _answer(question: Question) -> Target:
    usual = PERSON_SYNONYMS.get(question.code, ())
    named = (question.label, question.code.replace("_", " "))
    return Target(
        f"{ANSWER}{question.code}",
        question.label,
        question.section or _("Questions"),
        (*named, *usual),
        question=question,
    )
