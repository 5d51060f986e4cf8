"""The journal's events of charters and conventions, as the team reads them."""

from django.utils.translation import gettext_lazy as _

EVENTS = {
    "charter_asked": _("{Charte} à accepter, {demandé|charte} aux deux"),
    "charter_accepted": _("{Charte} {accepté|charte} (version %(version)s)"),
    "convention_opened": _("{Convention} {ouvert|convention} à la signature"),
    "convention_signed": _("{Convention} {signé|convention} par %(party)s"),
    "convention_refused": _("Signature {de la convention} refusée par %(party)s"),
    "convention_superseded": _("{Convention} {remplacé|convention} par une nouvelle version"),
    "convention_void": _("{Convention} sans objet"),
    "guardian_named": _("Représentant légal indiqué"),
}
