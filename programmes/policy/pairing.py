"""Who decides on a pair, and what follows at once."""

from __future__ import annotations

from pydantic import Field, StrictBool, StrictInt

from programmes.policy.durations import Duration
from programmes.policy.terms import Role, Term


class MatchingTerms(Term):
    """Who decides and how long people have to answer (M1, M5).

    `wishes`: how many mentors a mentee may rank from cards without names, for the calculation to
    count on; `preferences`: how many mentees a mentor may rank. With `self_service`, a mentee may ask
    a mentor of their list, who says yes or no: the team then has nothing to do.
    """

    answer_within: Duration = Duration(days=14)
    mentor_may_stop_after_first: StrictBool = False
    mentee_rematched_after_stop: StrictBool = True
    wishes: StrictInt | None = Field(default=None, ge=1, le=20)
    preferences: StrictInt | None = Field(default=None, ge=1, le=20)
    self_service: StrictBool = False

    def choices_of(self, role: Role) -> int:
        """How many of the others someone in this role may rank; 0 where the programme takes no wish."""
        return (self.wishes if role is Role.MENTEE else self.preferences) or 0


class Introduction(Term):
    """The delay in which a first appointment is proposed, from the introduction (M6, M7)."""

    first_date_within: Duration
    initiative: Role = Role.MENTEE
    remind_every: Duration = Duration(days=10)
