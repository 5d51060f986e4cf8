"""The states of things, as stored."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class RoleChoice(models.TextChoices):
    """The stored form of `policy.terms.Role`; screens use the programme's own words."""

    MENTOR = "mentor", "mentor"
    MENTEE = "mentee", "mentoré"


class EnrolmentState(models.TextChoices):
    DRAFT = "draft", _("en cours de saisie")
    SUBMITTED = "submitted", _("envoyée")
    ADMITTED = "admitted", _("admise")
    WAITLISTED = "waitlisted", _("en liste d'attente")
    REFUSED = "refused", _("refusée")
    CLOSED = "closed", _("close")
    WITHDRAWN = "withdrawn", _("retirée")
    EXCLUDED = "excluded", _("exclue")


class PairState(models.TextChoices):
    DRAFTED = "drafted", _("à l'étude")
    PROPOSED = "proposed", _("proposé")
    ACCEPTED = "accepted", _("accepté par les deux")
    ACTIVE = "active", _("en cours")
    PAUSED = "paused", _("en pause")
    FROZEN = "frozen", _("gelé")
    COMPLETED = "completed", _("mené à terme")
    STOPPED = "stopped", _("arrêté")
    DECLINED = "declined", _("décliné")
    EXPIRED = "expired", _("sans réponse")
    CANCELLED = "cancelled", _("annulé")


# A pair in one of these states takes a place of its two people (P13, P14).
LIVE_PAIR_STATES = (
    PairState.DRAFTED,
    PairState.PROPOSED,
    PairState.ACCEPTED,
    PairState.ACTIVE,
    PairState.PAUSED,
    PairState.FROZEN,
)
# Both said yes.
SETTLED_PAIR_STATES = (PairState.ACCEPTED, PairState.ACTIVE, PairState.PAUSED, PairState.FROZEN)
RUNNING_PAIR_STATES = (PairState.ACTIVE, PairState.PAUSED, PairState.FROZEN)


class StopReason(models.TextChoices):
    MENTOR_AFTER_FIRST = "mentor_after_first", _("arrêt après un premier échange")
    NO_FIRST_DATE = "no_first_date", _("pas de premier rendez-vous dans le délai")
    SILENT = "silent", _("sans nouvelles depuis trop longtemps")
    BY_AGREEMENT = "by_agreement", _("d'un commun accord")
    UNAVAILABLE = "unavailable", _("une des personnes n'est plus disponible")
    REMATCH = "rematch", _("pour un autre appariement")
    WITHDRAWN = "withdrawn", _("retrait d'une des personnes")
    EXCLUDED = "excluded", _("exclusion d'une des personnes")


class DeclineReason(models.TextChoices):
    """Polite reasons for declining a proposal."""

    BUSY = "busy", _("je n'ai pas assez de temps en ce moment")
    FIELD = "field", _("nos domaines sont trop éloignés")
    ACQUAINTED = "acquainted", _("nous nous connaissons déjà")
    OTHER = "other", _("une autre raison")
    UNSAID = "unsaid", _("je préfère ne pas le dire")


# Whoever says no for this reason is proposed to nobody until they say that they are available again.
HOLDS_BACK = frozenset({DeclineReason.BUSY})


class FeeState(models.TextChoices):
    DUE = "due", _("à régler")
    SETTLED = "settled", _("réglés")
    WAIVED = "waived", _("remis")


class ConcernKind(models.TextChoices):
    HELP = "help", _("demande d'aide")
    CONDUCT = "conduct", _("signalement")


class ConcernState(models.TextChoices):
    OPEN = "open", _("à traiter")
    IN_HAND = "in_hand", _("en cours")
    CLOSED = "closed", _("close")
