from charters.models.conventions import Convention, ConventionParty, Signature
from charters.models.proof import ProofEvent, ProofHead, SigningCode
from charters.models.texts import Acceptance, CharterVersion

__all__ = [
    "Acceptance",
    "CharterVersion",
    "Convention",
    "ConventionParty",
    "ProofEvent",
    "ProofHead",
    "Signature",
    "SigningCode",
]
