"""The journal's events of this app, as the team reads them: dates and steps, no contents."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "meeting_proposed": _("Date proposée : %(on)s"),
    "meeting_series_proposed": _("Calendrier proposé : %(count)s dates à partir du %(on)s"),
    "meeting_counter_proposed": _("Autre date proposée : %(on)s"),
    "meeting_moved": _("Date à changer : nouvelle proposition, le %(on)s"),
    "meeting_moved_late": _("Date à changer, prévenu tard : nouvelle proposition, le %(on)s"),
    "meeting_planned": _("Date convenue : %(on)s"),
    "meeting_series_planned": _("Calendrier convenu : %(count)s dates à partir du %(on)s"),
    "meeting_declined": _("Date déclinée : %(on)s"),
    "meeting_cancelled": _("Rendez-vous du %(on)s annulé"),
    "meeting_cancelled_late": _("Rendez-vous du %(on)s annulé, prévenu tard"),
    "meeting_expired": _("Proposition du %(on)s restée sans réponse"),
    "meeting_held": _("{Rencontre} du %(on)s {tenu|rencontre}, %(minutes)s minutes"),
    "meeting_missed": _("{Rencontre} du %(on)s : n'a pas eu lieu"),
    "meeting_logged": _("{Rencontre} du %(on)s {noté|rencontre} après coup, %(minutes)s minutes"),
    "meeting_detailed": _("Rendez-vous du %(on)s précisé"),
    "milestone_answered": _("« %(title)s » : fait par %(role)s"),
    "bilan_approved": _("« %(title)s » : approuvé par %(role)s"),
    "end_declared": _("Fin déclarée par %(role)s"),
    "objectives_set": _("Objectifs fixés : %(count)s"),
}
