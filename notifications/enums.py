from django.db import models
from django.utils.translation import gettext_lazy as _


class State(models.TextChoices):
    """Where a message stands between the event that called for it and its arrival."""

    QUEUED = "queued", _("en attente")
    SENDING = "sending", _("en cours d'envoi")
    SENT = "sent", _("envoyé")
    DROPPED = "dropped", _("sans objet")
    FAILED = "failed", _("échec")
    DOUBTFUL = "doubtful", _("envoi incertain")


CLAIMABLE = (State.QUEUED, State.DOUBTFUL)
