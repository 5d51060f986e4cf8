from __future__ import annotations

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


class JobState(models.TextChoices):
    """Where a long piece of work stands."""

    WAITING = "waiting", _("en attente")
    RUNNING = "running", _("en cours")
    DONE = "done", _("terminé")
    FAILED = "failed", _("échec")

    @classmethod
    def unfinished(cls) -> tuple[JobState, JobState]:
        return (cls.WAITING, cls.RUNNING)
