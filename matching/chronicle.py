"""The journal's sentences about the matching."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "matching_run": _("Appariement calculé : %(matched)s {binômes} possibles"),
    "wishes_ranked": _("Choix donnés d'après les cartes (%(count)s)"),
    "mentor_asked": _("Demande faite {au mentor} par {le mentoré}"),
    "pair_ruled_locked": _("À garder avec quelqu'un à chaque calcul"),
    "pair_ruled_forbidden": _("Quelqu'un est à ne plus proposer"),
    "pair_ruling_lifted": _("Décision d'appariement levée"),
}
