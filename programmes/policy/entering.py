"""Who may enter: judgements on one person (P1 to P10, P12, P14, P19, I1 to I6, K1)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from programmes.policy.criteria import blocks, breach_of, try_eligibility
from programmes.policy.evidence import Candidate, MembershipStanding
from programmes.policy.questionnaire import (
    Answer,
    OnRefusal,
    Question,
    QuestionKind,
    is_blank,
    years_before,
)
from programmes.policy.rules import Rules, Standing
from programmes.policy.terms import Role, Strength
from programmes.policy.verdict import Breach, Sentence, Verdict, gettext_noop, verdict_of


def judge_submission(rules: Rules, candidate: Candidate, *, today: date) -> Verdict:
    """May this enrolment be handed in? What only the team can settle is advised, not refused."""
    breaches = [
        *_exclusion(candidate),
        *_missing_answers(rules, candidate),
        *_objectives(rules, candidate, due="submission"),
        *_declarations(rules, candidate),
        *_age(rules, candidate, today),
        *_charter(rules, candidate, due=("submission",)),
        *_own_capacity(rules, candidate),
    ]
    eligibility = _eligibility(rules, candidate)
    breaches += [breach for breach in eligibility.breaches if not breach.derogable]
    for_the_team = [breach for breach in eligibility.breaches if breach.derogable]
    for_the_team += [*_membership(rules, candidate), *_flagged_declarations(rules, candidate)]
    return verdict_of(breaches, [*for_the_team, *eligibility.advisories]).without(
        candidate.derogations
    )


def judge_admission(rules: Rules, candidate: Candidate, *, today: date) -> Verdict:
    """May the team admit this enrolment? Derogations already granted are taken into account."""
    submission = judge_submission(rules, candidate, today=today)
    known = set(submission.codes)
    eligibility = _eligibility(rules, candidate)
    breaches = [*submission.breaches]
    breaches += [breach for breach in eligibility.breaches if breach.code not in known]
    breaches += _membership(rules, candidate)
    breaches += _flagged_declarations(rules, candidate)
    return verdict_of(breaches, eligibility.advisories).without(candidate.derogations)


def judge_membership(rules: Rules, role: Role, standing: MembershipStanding) -> Verdict:
    """Does the membership still fulfil what the programme asks (P1, P2, P3)?"""
    return verdict_of(_membership(rules, Candidate(key=0, role=role, standing=standing)))


def judge_standing_in_cohort(rules: Rules, candidate: Candidate) -> Verdict:
    """What must hold before this person is matched: membership, fee, charter, no exclusion."""
    return verdict_of(
        [
            *_exclusion(candidate),
            *_membership(rules, candidate),
            *_fee(rules, candidate),
            *_charter(rules, candidate, due=("submission", "match")),
        ]
    ).without(candidate.derogations)


def judge_first_meeting_preparation(rules: Rules, mentee: Candidate) -> Verdict:
    """Are the objectives set that must be there before the first meeting (I6)?"""
    return verdict_of(_objectives(rules, mentee, due="first_meeting"))


def is_minor(rules: Rules, answers_birth_date: Answer, *, today: date) -> bool | None:
    """Whether the person is under age on `today`; None where the birth date is not known."""
    if not isinstance(answers_birth_date, str) or not answers_birth_date:
        return None
    return date.fromisoformat(answers_birth_date) > years_before(today, rules.minors.of_age)


def judge_answer(rules: Rules, question: Question, answer: Answer) -> Verdict:
    """Is one answer of the right kind and within its bounds?"""
    return verdict_of(_bad_answer(rules, question, answer))


def _exclusion(candidate: Candidate) -> Iterator[Breach]:
    if candidate.is_excluded:
        text = gettext_noop(
            "Cette personne a été exclue définitivement des programmes {de l'association}."
        )
        yield Breach("exclusion", Sentence(text), about=candidate.role)


def _missing_answers(rules: Rules, candidate: Candidate) -> Iterator[Breach]:
    for question in rules.questions_for(candidate.role):
        answer = candidate.answers.get(question.code)
        if is_blank(answer):
            if question.required:
                text = gettext_noop("Il manque {ta/votre} réponse à « %(label)s ».")
                yield Breach(
                    f"answer:{question.code}",
                    Sentence(text, {"label": question.label}),
                    about=candidate.role,
                )
            continue
        yield from _bad_answer(rules, question, answer)


def _bad_answer(rules: Rules, question: Question, answer: Answer) -> Iterator[Breach]:
    facts = {"label": question.label, "minimum": question.minimum, "maximum": question.maximum}
    sentence: Sentence | None = None
    if question.kind is QuestionKind.INTEGER and isinstance(answer, int):
        if question.minimum is not None and answer < question.minimum:
            sentence = Sentence(
                gettext_noop("« %(label)s » : il faut au moins %(minimum)s."), facts
            )
        elif question.maximum is not None and answer > question.maximum:
            sentence = Sentence(gettext_noop("« %(label)s » : il faut au plus %(maximum)s."), facts)
    elif question.kind is QuestionKind.CHOICES and isinstance(answer, tuple):
        facts["count"] = len(answer)
        if question.minimum is not None and len(answer) < question.minimum:
            sentence = Sentence(
                gettext_noop(
                    "« %(label)s » : {coche/cochez} au moins %(minimum)s réponses ({tu en as/vous en avez} %(count)s)."
                ),
                facts,
            )
        elif question.maximum is not None and len(answer) > question.maximum:
            sentence = Sentence(
                gettext_noop(
                    "« %(label)s » : {coche/cochez} au plus %(maximum)s réponses ({tu en as/vous en avez} %(count)s)."
                ),
                facts,
            )
    if question.list:
        known = {choice.code for choice in rules.choices_of(question)}
        given = answer if isinstance(answer, tuple) else (str(answer),)
        if not set(given) <= known:
            sentence = Sentence(
                gettext_noop("« %(label)s » : cette réponse n'est pas dans la liste."), facts
            )
    if sentence:
        yield Breach(f"answer:{question.code}", sentence)


def _objectives(rules: Rules, candidate: Candidate, *, due: str) -> Iterator[Breach]:
    terms, chosen = rules.objectives, candidate.objectives
    if candidate.role is not Role.MENTEE or terms.due != due:
        return
    facts = {"count": len(chosen), "minimum": terms.minimum, "maximum": terms.maximum}
    if len(chosen) < terms.minimum:
        one = gettext_noop(
            "{Tu as/Vous avez} fixé %(count)s objectif ; le programme en demande au moins %(minimum)s."
        )
        many = gettext_noop(
            "{Tu as/Vous avez} fixé %(count)s objectifs ; le programme en demande au moins %(minimum)s."
        )
        yield Breach("objectives:few", Sentence(one, facts, many, len(chosen)), about=Role.MENTEE)
    if terms.maximum is not None and len(chosen) > terms.maximum:
        text = gettext_noop(
            "{Tu as/Vous avez} fixé %(count)s objectifs ; le programme en demande au plus %(maximum)s."
        )
        yield Breach("objectives:many", Sentence(text, facts), about=Role.MENTEE)
    known = {theme.code for theme in terms.themes}
    for position, objective in enumerate(chosen, 1):
        where = {"position": position}
        if objective.theme and objective.theme not in known:
            yield Breach(
                "objectives:theme",
                Sentence(
                    gettext_noop("Objectif %(position)s : ce thème n'est pas dans la liste."), where
                ),
                about=Role.MENTEE,
            )
        elif not objective.theme and not terms.other_theme:
            yield Breach(
                "objectives:theme",
                Sentence(
                    gettext_noop(
                        "Objectif %(position)s : {choisis/choisissez} un thème de la liste."
                    ),
                    where,
                ),
                about=Role.MENTEE,
            )
        if not objective.text and (terms.text_required or not objective.theme):
            yield Breach(
                "objectives:text",
                Sentence(
                    gettext_noop(
                        "Objectif %(position)s : {dis/dites} en une phrase ce que {tu vises/vous visez}."
                    ),
                    where,
                ),
                about=Role.MENTEE,
            )


def _declarations(rules: Rules, candidate: Candidate) -> Iterator[Breach]:
    for declaration in rules.declarations_for(candidate.role):
        if (
            declaration.otherwise is OnRefusal.REFUSE
            and declaration.code not in candidate.declarations
        ):
            text = gettext_noop("Il manque {ta/votre} déclaration : « %(text)s ».")
            yield Breach(
                f"declaration:{declaration.code}",
                Sentence(text, {"text": declaration.text.rstrip(".")}),
                about=candidate.role,
            )


def _flagged_declarations(rules: Rules, candidate: Candidate) -> Iterator[Breach]:
    for declaration in rules.declarations_for(candidate.role):
        if (
            declaration.otherwise is OnRefusal.FLAG
            and declaration.code not in candidate.declarations
        ):
            text = gettext_noop("Non déclaré : « %(text)s ».")
            yield Breach(
                f"declaration:{declaration.code}",
                Sentence(text, {"text": declaration.text.rstrip(".")}),
                True,
                candidate.role,
            )


def _age(rules: Rules, candidate: Candidate, today: date) -> Iterator[Breach]:
    minor = is_minor(rules, candidate.answers.get("birth_date"), today=today)
    if minor and not (rules.minors.admitted and candidate.role is Role.MENTEE):
        text = gettext_noop("Il faut avoir %(age)s ans pour participer.")
        yield Breach("age", Sentence(text, {"age": rules.minors.of_age}), about=candidate.role)


def _charter(rules: Rules, candidate: Candidate, *, due: tuple[str, ...]) -> Iterator[Breach]:
    if rules.acceptance.due not in due:
        return
    acceptance = candidate.acceptance
    if acceptance is None:
        text = gettext_noop("{La charte} n'est pas encore {accepté|charte}.")
        yield Breach("charter", Sentence(text), about=candidate.role)
    elif rules.acceptance.by_commitment and acceptance.missing:
        missing = len(acceptance.missing)
        one = gettext_noop("Il reste %(count)s engagement {de la charte} à accepter.")
        many = gettext_noop("Il reste %(count)s engagements {de la charte} à accepter.")
        yield Breach(
            "charter", Sentence(one, {"count": missing}, many, missing), about=candidate.role
        )


def _own_capacity(rules: Rules, candidate: Candidate) -> Iterator[Breach]:
    limit = getattr(rules.seats, candidate.role)
    if limit is not None and candidate.capacity is not None and candidate.capacity > limit:
        facts = {"capacity": candidate.capacity, "limit": limit}
        text = gettext_noop(
            "{Tu proposes/Vous proposez} %(capacity)s places ; le programme en permet %(limit)s au plus."
        )
        yield Breach("capacity:own", Sentence(text, facts), about=candidate.role)


def _eligibility(rules: Rules, candidate: Candidate) -> Verdict:
    breaches: list[Breach] = []
    advisories: list[Breach] = []
    labels, ranks = rules.labels(), rules.ranks()
    for rule in rules.eligibility:
        if rule.role is not candidate.role or rule.strength is Strength.PREFERENCE:
            continue
        outcome = try_eligibility(rule, candidate.answers, labels=labels, ranks=ranks)
        if outcome.unknown and all(rules.question(code).required for code in rule.questions):
            continue  # told once, as an answer that is missing
        if not outcome.holds:
            breach = breach_of("eligibility", rule, outcome, about=candidate.role)
            (breaches if blocks(rule.strength) else advisories).append(breach)
    return verdict_of(breaches, advisories)


def _membership(rules: Rules, candidate: Candidate) -> Iterator[Breach]:
    wanted: Standing = getattr(rules.membership, candidate.role)
    standing = candidate.standing
    who = gettext_noop("L'adhésion {à l'association} n'est pas connue.")
    if wanted is Standing.MEMBER and not standing.is_member:
        yield Breach("membership", Sentence(who), True, candidate.role)
    if wanted is Standing.ALUMNUS and not (standing.is_member and standing.is_alumnus):
        text = gettext_noop(
            "Il faut être ancien élève et adhérent {de l'association} ; ce n'est pas connu {de l'équipe}."
        )
        yield Breach("membership", Sentence(text), True, candidate.role)
    if wanted is Standing.PAID_UP and not standing.paid_today:
        text = gettext_noop("La cotisation {à l'association} n'est pas à jour.")
        facts = {}
        if standing.paid_until is not None:
            text = gettext_noop(
                "La cotisation {à l'association} n'est plus à jour depuis le %(paid_until)s."
            )
            facts = {"paid_until": standing.paid_until}
        yield Breach("membership", Sentence(text, facts), True, candidate.role)


def _fee(rules: Rules, candidate: Candidate) -> Iterator[Breach]:
    if rules.fee and rules.fee.role is candidate.role and not candidate.fee.is_clear:
        text = gettext_noop("Les frais de participation (%(amount)s €) ne sont ni réglés ni remis.")
        yield Breach("fee", Sentence(text, {"amount": rules.fee.amount}), about=candidate.role)
