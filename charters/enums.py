"""The states of things, as stored."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class IdentifiedBy(models.TextChoices):
    """How the person who accepts or signs was identified."""

    PASSWORD = "password", _("session ouverte par mot de passe")
    CODE = "code", _("session ouverte par un code reçu par courriel")
    PROVIDER = "provider", _("session ouverte par un fournisseur d'identité")
    SESSION = "session", _("session ouverte")
    LINK = "link", _("lien personnel reçu par courriel")
    PAPER = "paper", _("signature manuscrite sur papier")


class ShownIn(models.TextChoices):
    """The language in which a text was before the eyes of who accepted it."""

    FRENCH = "fr", _("en français")
    ENGLISH = "en", _("en anglais")


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
    MISTAKE = "mistake", _("le texte contient une erreur")
    OTHER = "other", _("une autre raison")


class ProofKind(models.TextChoices):
    """What the proof file of a convention tells, in the order in which it usually happens."""

    OPENED = "opened", _("ouverture à la signature")
    NAMED = "named", _("représentant légal indiqué")
    RENDERED = "rendered", _("document établi")
    SHOWN = "shown", _("document affiché")
    DOWNLOADED = "downloaded", _("document téléchargé")
    CODE_SENT = "code_sent", _("code envoyé par courriel")
    CODE_VALIDATED = "code_validated", _("code reçu et saisi")
    STATEMENT = "statement", _("déclaration cochée")
    SIGNED = "signed", _("signature")
    REFUSED = "refused", _("refus de signer")
    WITHDRAWN = "withdrawn", _("retrait")
    SCANNED = "scanned", _("exemplaire papier déposé")
    SEALED = "sealed", _("document complet scellé")
