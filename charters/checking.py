"""What is wrong with a charter, alone and beside its programme's rules. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from charters.text import CharterText, Commitment, Section, read_charter
from charters.watching import lacks
from programmes.phrases import check_text
from programmes.policy.coherence import Problem
from programmes.policy.document import UnreadableRules
from programmes.policy.rules import Rules
from programmes.policy.terms import BOTH


def check_charter(part: Mapping[str, Any], rules: Rules | None) -> list[Problem]:
    """Everything that is wrong with a `[charter]`, with whole keys."""
    try:
        text = read_charter(part)
    except UnreadableRules as error:
        return list(error.problems)
    return problems_of(text, rules)


def problems_of(text: CharterText, rules: Rules | None) -> list[Problem]:
    """Everything that is wrong with a charter; without rules, with its text alone."""
    if not text.sections:
        return [Problem("charter.sections", "il faut au moins une partie ([[charter.sections]])")]
    alone = [*_phrases(text), *_translation(text), *_repeated_codes(text)]
    if rules is None:
        return alone
    return [*alone, *_watches(text, rules), *_one_by_one(text, rules)]


class _Words(NamedTuple):
    """A text of the charter and its courtesy translation, with their keys."""

    key: str
    text: str
    english_key: str
    english: str


def _words(text: CharterText) -> Iterator[_Words]:
    heading = text.english
    yield _Words(
        "charter.title", text.title, "charter.english.title", heading.title if heading else ""
    )
    preamble = heading.preamble if heading else ""
    yield _Words("charter.preamble", text.preamble, "charter.english.preamble", preamble)
    for number, section in enumerate(text.sections, 1):
        key = f"charter.sections[{number}]"
        own = section.english
        yield _Words(f"{key}.title", section.title, f"{key}.english.title", own.title)
        yield _Words(f"{key}.intro", section.intro, f"{key}.english.intro", own.intro)
    for key, _section, commitment in _commitments(text):
        yield _Words(f"{key}.text", commitment.text, f"{key}.english", commitment.english)


def _commitments(text: CharterText) -> Iterator[tuple[str, Section, Commitment]]:
    for number, section in enumerate(text.sections, 1):
        for position, commitment in enumerate(section.commitments, 1):
            yield f"charter.sections[{number}].commitments[{position}]", section, commitment


def _phrases(text: CharterText) -> Iterator[Problem]:
    for words in _words(text):
        yield from _unknown(words.key, words.text, text.language)
        yield from _unknown(words.english_key, words.english, "en")


def _unknown(key: str, words: str, language: str) -> Iterator[Problem]:
    """Braces that the vocabulary does not know; a text of several lines says which one."""
    for problem in check_text(words, language=language):
        line = words.count("\n", 0, problem.position) + 1
        where = f"ligne {line} : " if "\n" in words.strip() else ""
        yield Problem(key, f"{where}{problem.reason}")


def _translation(text: CharterText) -> Iterator[Problem]:
    """A translation is whole or there is none."""
    translated = [words for words in _words(text) if words.english]
    if text.language == "en":
        for words in translated:
            yield Problem(words.english_key, "la charte est déjà en anglais")
    elif text.english is not None:
        for words in _words(text):
            if bool(words.english) != bool(words.text):
                reason = (
                    "il manque la traduction anglaise de ce texte"
                    if words.text
                    else "cette traduction n'a pas de texte en français"
                )
                yield Problem(words.english_key, reason)
    elif translated:
        yield Problem("charter.english.title", "il manque le titre anglais de la charte")


def _repeated_codes(text: CharterText) -> Iterator[Problem]:
    seen: Counter[str] = Counter()
    for key, _section, commitment in _commitments(text):
        seen[commitment.code] += 1
        if seen[commitment.code] == 2:
            yield Problem(f"{key}.code", f"le code « {commitment.code} » est déjà pris")


def _watches(text: CharterText, rules: Rules) -> Iterator[Problem]:
    """What watches a commitment is a rule that the programme has, about those who commit."""
    milestones = {milestone.code for milestone in rules.milestones}
    for key, section, commitment in _commitments(text):
        if commitment.watch is None:
            continue
        missing = lacks(commitment.watch, rules, section.voice.roles)
        if not section.voice.roles:
            yield Problem(f"{key}.watch", "seuls les engagements des deux personnes sont suivis")
        elif missing:
            reason = (
                f"« {commitment.watch} » n'a rien à suivre : le programme ne donne pas {missing}"
            )
            yield Problem(f"{key}.watch", reason)
        elif commitment.milestone and commitment.milestone not in milestones:
            reason = f"« {commitment.milestone} » n'est le code d'aucun milestone"
            yield Problem(f"{key}.milestone", reason)


def _one_by_one(text: CharterText, rules: Rules) -> Iterator[Problem]:
    if not rules.acceptance.by_commitment:
        return
    for role in BOTH:
        if not text.commitments_for(role):
            yield Problem(
                "charter.sections",
                "acceptance.by_commitment demande d'accepter engagement par engagement, "
                f"et la charte n'en donne aucun pour « {role} »",
            )
