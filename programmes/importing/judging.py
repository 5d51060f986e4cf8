"""What the rules say of a line: what is wrong with it, and what only the person can add."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from django.utils.translation import gettext as _

from programmes.importing.columns import Decisions
from programmes.importing.targets import ANSWER
from programmes.policy.evidence import Candidate
from programmes.policy.questionnaire import is_blank
from programmes.policy.rules import Rules
from programmes.policy.verdict import Breach
from programmes.sentences import tell
from programmes.vocabulary import Vocabulary


def what_is_wrong(
    rules: Rules,
    candidate: Candidate,
    breaches: Iterable[Breach],
    decisions: Decisions,
    *,
    misread: Collection[str],
    vocabulary: Vocabulary,
) -> Iterator[tuple[int, str]]:
    """(column from 0, sentence) for what the rules refuse in the line itself; -1 is all of it.

    Nobody declares anything nor accepts a charter for someone else, so that is never asked of a
    list; missing answers are, unless the people are to give them themselves. `misread` holds the
    targets whose cells are wrong already.
    """
    for breach in breaches:
        if _is_for_the_person(breach):
            continue
        missing = _missing(rules, candidate, breach)
        if missing and (decisions.incomplete or not missing.isdisjoint(misread)):
            continue
        column = decisions.mapping.get(breach.code.replace("answer:", ANSWER), -1)
        if missing and breach.code.startswith("answer:"):
            label = rules.question(breach.code.removeprefix("answer:")).label
            yield column, _("Il manque la réponse à « %(label)s ».") % {"label": label}
        else:
            yield column, tell(breach.sentence, vocabulary)


def _is_for_the_person(breach: Breach) -> bool:
    return breach.code == "charter" or breach.code.startswith("declaration:")


def _missing(rules: Rules, candidate: Candidate, breach: Breach) -> frozenset[str]:
    """The targets that say nothing, if the breach is only that; else none."""
    kind, _colon, code = breach.code.partition(":")
    asked: tuple[str, ...] = ()
    if kind == "answer":
        asked = (code,)
    elif kind == "eligibility":
        asked = next(one for one in rules.eligibility if one.code == code).questions
    elif kind == "objectives" and code in ("few", "text"):
        return frozenset({"objectives"})
    if all(is_blank(candidate.answers.get(one)) for one in asked):
        return frozenset(f"{ANSWER}{one}" for one in asked)
    return frozenset()
