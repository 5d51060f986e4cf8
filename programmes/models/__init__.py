from programmes.models.catalogue import Cohort, Programme, Room, RuleSet
from programmes.models.enrolments import Derogation, Enrolment, FeeAccount, Objective
from programmes.models.importing import ImportDraft
from programmes.models.invitations import Invitation, TeamInvitation
from programmes.models.journal import Concern, Exclusion, JournalEntry
from programmes.models.pairs import Extension, Pair
from programmes.models.staff import Coordinator

__all__ = [
    "Cohort",
    "Concern",
    "Coordinator",
    "Derogation",
    "Enrolment",
    "Exclusion",
    "Extension",
    "FeeAccount",
    "ImportDraft",
    "Invitation",
    "JournalEntry",
    "Objective",
    "Pair",
    "Programme",
    "Room",
    "RuleSet",
    "TeamInvitation",
]
