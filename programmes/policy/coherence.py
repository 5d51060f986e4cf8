"""What one part of a programme's rules says of another must exist and be of the right kind."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from programmes.policy.criteria import Criterion, Eligibility, EligibilityTest, MatchTest
from programmes.policy.questionnaire import Question, QuestionKind
from programmes.policy.rules import PartyKind, Rules
from programmes.policy.terms import Role


@dataclass(frozen=True, order=True)
class Problem:
    """Something wrong in a programme file: at which key, why, and on which line if that is known."""

    key: str
    reason: str
    line: int | None = None

    def __str__(self) -> str:
        where = f"ligne {self.line} : " if self.line else ""
        return f"{where}{self.key} : {self.reason}"


OBJECTIVES = "objectives"  # in a criterion, the themes a mentee chose
KIND_FOR_TEST = {
    MatchTest.GAP: {QuestionKind.INTEGER},
    MatchTest.AT_LEAST: {QuestionKind.CHOICE},
}
KIND_FOR_ELIGIBILITY = {
    EligibilityTest.RANGE: {QuestionKind.INTEGER},
    EligibilityTest.YES: {QuestionKind.YES_NO},
    EligibilityTest.ONE_OF: {QuestionKind.CHOICE, QuestionKind.CHOICES},
    EligibilityTest.AT_LEAST: {QuestionKind.CHOICE},
}


def problems_of(rules: Rules) -> list[Problem]:
    """Everything that does not hold together, in the order of the file."""
    return [
        *_repeated_codes(rules),
        *_lists(rules),
        *_eligibility(rules),
        *_criteria(rules),
        *_cards(rules),
        *_agreement(rules),
        *_reminders(rules),
        *_milestones(rules),
        *_meetings(rules),
    ]


def _repeated_codes(rules: Rules) -> Iterator[Problem]:
    groups: dict[str, Iterable[str]] = {
        "questions": (q.code for q in rules.questions),
        "declarations": (d.code for d in rules.declarations),
        "eligibility": (e.code for e in rules.eligibility),
        "criteria": (c.code for c in rules.criteria),
        "quotas": (q.code for q in rules.quotas),
        "milestones": (m.code for m in rules.milestones),
        "lists": (one.code for one in rules.lists),
        "objectives.themes": (theme.code for theme in rules.objectives.themes),
    }
    for key, codes in groups.items():
        for code, count in Counter(codes).items():
            if count > 1:
                yield Problem(key, f"le code « {code} » est donné {count} fois")
    for position, known in enumerate(rules.lists, 1):
        for code, count in Counter(choice.code for choice in known.choices).items():
            if count > 1:
                yield Problem(
                    f"lists[{position}].choices", f"le code « {code} » est donné {count} fois"
                )


def _lists(rules: Rules) -> Iterator[Problem]:
    known = {one.code for one in rules.lists}
    if "themes" in known:
        yield Problem("lists", "« themes » désigne les thèmes d'objectifs : choisir un autre code")
    for position, question in enumerate(rules.questions, 1):
        key = f"questions[{position}].list"
        if question.list == "themes" and not rules.objectives.themes:
            yield Problem(key, "le programme n'a pas de thèmes (objectives.themes)")
        elif question.list and question.list != "themes" and question.list not in known:
            yield Problem(key, f"la liste « {question.list} » n'existe pas")
        if question.code == OBJECTIVES:
            yield Problem(
                f"questions[{position}].code",
                "« objectives » désigne les objectifs : choisir un autre code",
            )


def _eligibility(rules: Rules) -> Iterator[Problem]:
    for position, rule in enumerate(rules.eligibility, 1):
        key = f"eligibility[{position}]"
        for code in rule.questions:
            yield from _question_fits(
                rules, f"{key}.questions", code, rule.role, KIND_FOR_ELIGIBILITY[rule.test]
            )
        yield from _values_exist(rules, key, rule)


def _values_exist(rules: Rules, key: str, rule: Eligibility) -> Iterator[Problem]:
    question = _find(rules, rule.questions[0])
    if question is None or not question.list:
        return
    codes = {choice.code for choice in rules.choices_of(question)}
    for value in rule.values:
        if value not in codes:
            yield Problem(
                f"{key}.values", f"« {value} » n'est pas dans la liste « {question.list} »"
            )


def _criteria(rules: Rules) -> Iterator[Problem]:
    for position, rule in enumerate(rules.criteria, 1):
        key = f"criteria[{position}]"
        kinds = KIND_FOR_TEST.get(rule.test, set(QuestionKind))
        yield from _question_fits(rules, f"{key}.mentor", rule.mentor, Role.MENTOR, kinds)
        if rule.mentee == OBJECTIVES:
            yield from _objectives_fit(rules, key, rule)
            continue
        yield from _question_fits(rules, f"{key}.mentee", rule.mentee, Role.MENTEE, kinds)
        mentor, mentee = _find(rules, rule.mentor), _find(rules, rule.mentee)
        if mentor and mentee and mentor.list != mentee.list:
            yield Problem(
                key,
                f"« {rule.mentor} » et « {rule.mentee} » ne tirent pas leurs réponses de la même liste",
            )
        if rule.test is MatchTest.AT_LEAST and mentor and not _is_ranked(rules, mentor.list):
            yield Problem(
                key, f"la liste « {mentor.list} » n'est pas ordonnée : écrire ranked = true"
            )


def _cards(rules: Rules) -> Iterator[Problem]:
    terms = rules.matching
    for key, count, shown in (
        ("matching.wishes", terms.wishes, Role.MENTOR),
        ("matching.preferences", terms.preferences, Role.MENTEE),
    ):
        if count and not any(question.on_card for question in rules.questions_for(shown)):
            yield Problem(
                key,
                f"aucune question posée au rôle « {shown} » ne se montre sur sa carte : écrire on_card = true",
            )
    if terms.self_service and not terms.wishes:
        yield Problem(
            "matching.self_service", "demander soi-même suppose de choisir : donner matching.wishes"
        )


def _objectives_fit(rules: Rules, key: str, rule: Criterion) -> Iterator[Problem]:
    question = _find(rules, rule.mentor)
    if not rules.objectives.themes:
        yield Problem(f"{key}.mentee", "le programme n'a pas de thèmes (objectives.themes)")
    if question and question.list != "themes":
        yield Problem(
            f"{key}.mentor",
            f'« {rule.mentor} » doit tirer ses réponses des thèmes (list = "themes")',
        )
    if rule.test in KIND_FOR_TEST:
        yield Problem(
            f"{key}.test",
            "les objectifs ne se comparent pas ainsi : covers, overlap, equal ou differ",
        )


def _question_fits(
    rules: Rules, key: str, code: str, role: Role, kinds: set[QuestionKind]
) -> Iterator[Problem]:
    question = _find(rules, code)
    if question is None:
        yield Problem(key, f"la question « {code} » n'existe pas")
    elif role not in question.roles:
        yield Problem(key, f"la question « {code} » n'est pas posée au rôle « {role} »")
    elif question.kind not in kinds:
        wanted = ", ".join(sorted(kinds))
        yield Problem(
            key, f"la question « {code} » est de genre « {question.kind} » ; il faut : {wanted}"
        )


def _find(rules: Rules, code: str) -> Question | None:
    return next((question for question in rules.questions if question.code == code), None)


def _is_ranked(rules: Rules, code: str) -> bool:
    return any(one.code == code and one.ranked for one in rules.lists)


def _agreement(rules: Rules) -> Iterator[Problem]:
    kinds = Counter(party.kind for party in rules.agreement.parties)
    for kind, count in kinds.items():
        if count > 1:
            yield Problem("agreement.parties", f"« {kind} » signe {count} fois")
    if rules.agreement.kind == "convention":
        for kind in (PartyKind.MENTOR, PartyKind.MENTEE):
            if kind not in kinds:
                yield Problem("agreement.parties", f"« {kind} » doit être parmi les signataires")
    if kinds[PartyKind.GUARDIAN] and not rules.minors.admitted:
        yield Problem(
            "agreement.parties",
            "un représentant légal signe pour une personne mineure : minors.admitted = true",
        )
    if rules.minors.admitted and not kinds[PartyKind.GUARDIAN]:
        yield Problem(
            "minors.admitted",
            "si des personnes mineures participent, leur représentant légal signe : ajouter un signataire « guardian »",
        )
    if rules.minors.admitted and not any(q.code == "birth_date" for q in rules.questions):
        yield Problem(
            "minors.admitted",
            'il faut une question « birth_date » (kind = "date") pour savoir qui est mineur',
        )


def _reminders(rules: Rules) -> Iterator[Problem]:
    """What can never be missing is not asked for again."""
    signs = rules.agreement.kind == "convention"
    if rules.agreement.remind_every and not signs:
        yield Problem(
            "agreement.remind_every",
            "seule une convention se signe ; pour la charte, écrire acceptance.remind_every",
        )
    if rules.acceptance.remind_every and rules.acceptance.due == "submission":
        yield Problem(
            "acceptance.remind_every",
            "la charte est acceptée à l'envoi de la candidature : il n'y a personne à relancer",
        )
    if rules.acceptance.remind_every and rules.acceptance.due == "agreement" and signs:
        yield Problem(
            "acceptance.remind_every",
            "signer la convention vaut acceptation ; écrire agreement.remind_every",
        )


def _milestones(rules: Rules) -> Iterator[Problem]:
    for position, milestone in enumerate(rules.milestones, 1):
        for number, question in enumerate(milestone.questions, 1):
            key = f"milestones[{position}].questions[{number}]"
            if question.kind == "choice" and not question.choices:
                yield Problem(
                    key, f"la question « {question.code} » est un choix : donner choices = […]"
                )
        for code, count in Counter(question.code for question in milestone.questions).items():
            if count > 1:
                yield Problem(
                    f"milestones[{position}].questions",
                    f"le code « {code} » est donné {count} fois",
                )
        if (
            milestone.before_end is not None
            and rules.length.usual is None
            and rules.length.least is None
        ):
            yield Problem(
                f"milestones[{position}].before_end",
                "le programme n'a pas de durée (length.usual) : on ne connaît pas sa fin",
            )


def _meetings(rules: Rules) -> Iterator[Problem]:
    terms = rules.meetings
    for name, bound in (
        ("least_minutes", terms.least_minutes),
        ("most_minutes", terms.most_minutes),
    ):
        if bound is not None and (
            terms.usual_minutes < bound if name == "least_minutes" else terms.usual_minutes > bound
        ):
            yield Problem(
                "meetings.usual_minutes",
                f"{terms.usual_minutes} minutes sort de la durée permise ({name} = {bound})",
            )
