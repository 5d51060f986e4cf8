from charters.models.conventions import Convention, ConventionParty, Signature
from charters.models.drafts import CharterDraft
from charters.models.proof import ProofEvent, ProofHead, SigningCode
from charters.models.texts import Acceptance, CharterVersion

__all__ = [
    "Acceptance",
    "CharterDraft",
    "CharterVersion",
    "Convention",
    "ConventionParty",
    "ProofEvent",
    "ProofHead",
    "Signature",
    "SigningCode",
]
