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
from programmes.enums import PairState
from programmes.models import Pair
from programmes.policy.terms import Role
from programmes.sentences import tell

# What passes between one person and the association is nobody else's business.
PERSONAL = (Watch.MEMBERSHIP, Watch.FEE)
PLACES: Mapping[Watch, str] = {
    Watch.OBJECTIVES: "meetings:objectives",
    Watch.NOTICE: "meetings:propose",
    Watch.FIRST_DATE: "meetings:propose",
    Watch.RHYTHM: "meetings:propose",
    Watch.CALENDAR: "meetings:propose",
    Watch.REGULARITY: "meetings:propose",
    Watch.END: "meetings:declare_end",
}
# What became of the last meeting is said first.
_ABOUT_THE_NEXT = (Watch.RHYTHM, Watch.CALENDAR)
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
    """A commitment that is followed; `is_mine`: this person can do something now, at `url` if it is here."""

    text: str
    stage: Stage
    label: str
    tone: str
    icon: str
    sentence: str
    is_mine: bool
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
    reader = _Reader(facts, pair, role, shown.language)
    return [reader.chapter(section) for section in shown.sections]


def asked_now(chapters: list[Chapter]) -> list[Line]:
    """What this person can do today."""
    return [line for chapter in chapters for line in chapter["followed"] if line.is_mine]


@dataclass(frozen=True)
class _Reader:
    """Who reads, of which pair, in which language."""

    facts: CommitmentFacts
    pair: Pair
    role: Role | None
    language: str

    def chapter(self, section: Section) -> Chapter:
        followed: list[Line] = []
        lived: list[str] = []
        for commitment in section.commitments:
            state = self._state(commitment, section)
            if state is None:
                lived.append(self._said(commitment.text))
            else:
                followed.append(self._line(commitment, section, state))
        return Chapter(
            voice=str(section.voice),
            title=self._said(section.title),
            followed=followed,
            lived=lived,
        )

    def _state(self, commitment: Commitment, section: Section) -> State | None:
        roles = section.voice.roles
        if commitment.watch in PERSONAL and self.role is not None:
            roles = tuple(one for one in roles if one is self.role)
            if not roles:
                return None
        return state_of(commitment, self.facts, roles=roles)

    def _line(self, commitment: Commitment, section: Section, state: State) -> Line:
        label, tone, icon = BADGES[state.stage]
        is_asked = state.stage in (Stage.DUE, Stage.LATE)
        is_mine = is_asked and self._is_mine(commitment, section)
        return Line(
            text=self._said(commitment.text),
            stage=state.stage,
            label=str(label),
            tone=tone,
            icon=icon,
            sentence=tell(state.sentence, self.pair.cohort.vocabulary),
            is_mine=is_mine,
            url=self._where(commitment) if is_mine else "",
        )

    def _is_mine(self, commitment: Commitment, section: Section) -> bool:
        """Whether what is asked is for this person to do, and not done yet on their side."""
        if self.role is None or self.role not in section.voice.roles:
            return False
        if commitment.watch is Watch.MILESTONE:
            code = commitment.milestone
            asked = self.pair.cohort.rules.milestone(code).roles
            return self.role in asked and (code, self.role) not in self.facts.record.done
        if commitment.watch is Watch.END:
            return self.role not in self.facts.declared_ended
        return commitment.watch is not Watch.OBJECTIVES or self.role is Role.MENTEE

    def _where(self, commitment: Commitment) -> str:
        """Where it is done; empty where that is not here, or not before the pair has begun."""
        if commitment.watch is Watch.MILESTONE:
            return reverse("meetings:milestone", args=[self.pair.pk, commitment.milestone])
        name = PLACES.get(commitment.watch) if commitment.watch else None
        if commitment.watch in _ABOUT_THE_NEXT and self.facts.unsaid_on is not None:
            name = "portal:pair"
        is_open = self.pair.state == PairState.ACTIVE
        return reverse(name, args=[self.pair.pk]) if name and is_open else ""

    def _said(self, text: str) -> str:
        return phrases.fill(text, self.pair.cohort.vocabulary, to=self.role, language=self.language)
