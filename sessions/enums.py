"""The states of meetings and the kinds of place, as stored."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class MeetingState(models.TextChoices):
    """Labels fit a meeting of either gender: a rencontre, an entretien."""

    PROPOSED = "proposed", _("date proposée")
    PLANNED = "planned", _("date convenue")
    DECLINED = "declined", _("date déclinée")
    EXPIRED = "expired", _("sans réponse")
    HELD = "held", _("a eu lieu")
    CANCELLED = "cancelled", _("rendez-vous annulé")
    MISSED = "missed", _("n'a pas eu lieu")


# A meeting in one of these states has its place in the pair's calendar.
OPEN_STATES = (MeetingState.PROPOSED, MeetingState.PLANNED)
COUNTED_STATES = (*OPEN_STATES, MeetingState.HELD)


class PlaceChoice(models.TextChoices):
    """The stored form of `policy.rules.PlaceKind`."""

    PUBLIC = "public", _("un lieu public (café, bibliothèque…)")
    PROFESSIONAL = "professional", _("un lieu professionnel")
    ROOM = "room", _("une salle mise à disposition")
    PRIVATE = "private", _("un lieu privé (un domicile…)")
    VIDEO = "video", _("en visioconférence")
    PHONE = "phone", _("par téléphone")
