"""The states of things, as stored."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class IdentifiedBy(models.TextChoices):
    """How the person who accepts or signs was identified."""

    PASSWORD = "password", _("session ouverte par mot de passe")
    CODE = "code", _("session ouverte par un code reçu par courriel")
    PROVIDER = "provider", _("session ouverte par le compte de l'association")
    SESSION = "session", _("session ouverte")
    LINK = "link", _("lien personnel reçu par courriel")


class ConventionState(models.TextChoices):
    OPEN = "open", _("à signer")
    PARTLY_SIGNED = "partly_signed", _("signée en partie")
    SIGNED = "signed", _("signée par tous")
    REFUSED = "refused", _("refusée")
    VOID = "void", _("caduque")
    SUPERSEDED = "superseded", _("remplacée")


AWAITED_STATES = (ConventionState.OPEN, ConventionState.PARTLY_SIGNED)
LIVE_STATES = (*AWAITED_STATES, ConventionState.SIGNED)


class PartyChoice(models.TextChoices):
    """The stored form of `policy.rules.PartyKind`; screens use the programme's own words."""

    MENTOR = "mentor", "mentor"
    MENTEE = "mentee", "mentoré"
    ORGANISATION = "organisation", _("association")
    GUARDIAN = "guardian", _("représentant légal")


class RefusalReason(models.TextChoices):
    """Polite reasons for not signing."""

    TERMS = "terms", _("les termes ne me conviennent pas")
    TIME = "time", _("je ne suis plus disponible")
    MISTAKE = "mistake", _("la convention contient une erreur")
    OTHER = "other", _("une autre raison")
