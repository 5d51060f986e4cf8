"""« Nos engagements »: a pair's charter, with where each commitment stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypedDict

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from charters.commitments import state_of
from charters.facts import CommitmentFacts, Stage, State
from charters.text import CharterText, Commitment, Section
from charters.watching import Watch
from programmes import phrases
from programmes.models import Pair
from programmes.policy.terms import Role
from programmes.sentences import tell
from programmes.vocabulary import Vocabulary

# What passes between one person and the association is nobody else's business.
PERSONAL = (Watch.MEMBERSHIP, Watch.FEE)
BADGES: Mapping[Stage, tuple[Any, str, str]] = {
    Stage.KEPT: (_("tenu"), "success", "check"),
    Stage.UNDER_WAY: (_("en chemin"), "info", "circle-dot"),
    Stage.DUE: (_("c'est le moment"), "warning", "clock"),
    Stage.LATE: (_("attendu"), "warning", "bell"),
    Stage.AHEAD: (_("plus tard"), "neutral", "circle-dashed"),
    Stage.OVER: (_("terminé"), "neutral", "flag"),
    Stage.UNFOLLOWED: (_("pas encore suivi"), "neutral", "circle-dashed"),
}


@dataclass(frozen=True)
class Line:
    """A commitment that is followed; `url` where this person can do what is asked now."""

    text: str
    stage: Stage
    label: str
    tone: str
    icon: str
    sentence: str
    url: str


class Chapter(TypedDict):
    """A section of the charter: what is followed, and what is simply lived."""

    voice: str
    title: str
    followed: list[Line]
    lived: list[str]


def chapters_of(
    charter: CharterText, facts: CommitmentFacts, pair: Pair, *, role: Role | None
) -> list[Chapter]:
    """The charter as one of the two reads it, or (None) the team."""
    shown = charter.read_in(get_language())
    return [_chapter(section, shown.language, facts, pair, role) for section in shown.sections]


def asked_now(chapters: list[Chapter]) -> list[Line]:
    """What would do with a gesture today."""
    return [
        line
        for chapter in chapters
        for line in chapter["followed"]
        if line.stage in (Stage.DUE, Stage.LATE)
    ]


def _chapter(
    section: Section, language: str, facts: CommitmentFacts, pair: Pair, role: Role | None
) -> Chapter:
    vocabulary = pair.cohort.vocabulary

    def said(text: str) -> str:
        return phrases.fill(text, vocabulary, to=role, language=language)

    followed: list[Line] = []
    lived: list[str] = []
    for commitment in section.commitments:
        state = _state(commitment, section, facts, role)
        if state is None:
            lived.append(said(commitment.text))
        else:
            url = _where(commitment, section, state, pair, role)
            followed.append(_line(said(commitment.text), state, vocabulary, url))
    return Chapter(
        voice=str(section.voice), title=said(section.title), followed=followed, lived=lived
    )


def _state(
    commitment: Commitment, section: Section, facts: CommitmentFacts, role: Role | None
) -> State | None:
    roles = section.voice.roles
    if commitment.watch in PERSONAL and role is not None:
        roles = tuple(one for one in roles if one is role)
        if not roles:
            return None
    return state_of(commitment, facts, roles=roles)


def _line(text: str, state: State, vocabulary: Vocabulary, url: str) -> Line:
    label, tone, icon = BADGES[state.stage]
    sentence = tell(state.sentence, vocabulary)
    return Line(text, state.stage, str(label), tone, icon, sentence, url)


def _where(
    commitment: Commitment, section: Section, state: State, pair: Pair, role: Role | None
) -> str:
    """Where this person can do what is asked now; empty where it is not theirs to do."""
    if role not in section.voice.roles or state.stage not in (Stage.DUE, Stage.LATE):
        return ""
    if commitment.watch is Watch.MILESTONE:
        asked = pair.cohort.rules.milestone(commitment.milestone).roles
        address = reverse("meetings:milestone", args=[pair.pk, commitment.milestone])
        return address if role in asked else ""
    if commitment.watch is Watch.OBJECTIVES:
        return reverse("meetings:objectives", args=[pair.pk]) if role is Role.MENTEE else ""
    if commitment.watch in (Watch.FIRST_DATE, Watch.RHYTHM, Watch.CALENDAR, Watch.REGULARITY):
        return reverse("meetings:propose", args=[pair.pk])
    return ""
