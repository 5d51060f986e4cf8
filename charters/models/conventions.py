"""Conventions, their parties and signatures."""

from __future__ import annotations

import secrets
from datetime import UTC

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from charters.enums import (
    LIVE_STATES,
    ConventionState,
    IdentifiedBy,
    PartyChoice,
    RefusalReason,
)
from charters.models.texts import CharterVersion
from charters.text import digest_of
from programmes.models import Pair
from programmes.policy.rules import PartyKind

_CODE_ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
_CODE_LENGTH = 20


def new_code() -> str:
    """Twenty signs that nobody guesses, none of which looks like another."""
    return "".join(secrets.choice(_CODE_ALPHABET) for _ in range(_CODE_LENGTH))


class Convention(models.Model):
    """The document of a pair, frozen when it is opened, for the listed parties to sign (I5)."""

    pair = models.ForeignKey(Pair, models.PROTECT, related_name="conventions")
    charter = models.ForeignKey(
        CharterVersion, models.PROTECT, null=True, blank=True, related_name="conventions"
    )
    state = models.CharField(
        _("état"), max_length=15, choices=ConventionState, default=ConventionState.OPEN
    )
    document = models.JSONField(_("texte"))
    digest = models.CharField(_("empreinte"), max_length=64)
    opened_at = models.DateTimeField(_("ouverte le"))
    closed_at = models.DateTimeField(_("close le"), null=True, blank=True)
    signed_at = models.DateTimeField(_("signée par tous le"), null=True, blank=True)
    refused_by = models.CharField(_("refusée par"), max_length=15, choices=PartyChoice, blank=True)
    refusal_reason = models.CharField(
        _("raison du refus"), max_length=10, choices=RefusalReason, blank=True
    )
    # Printed on the document, so that whoever holds it can have it checked.
    code = models.CharField(_("code"), max_length=20, unique=True, default=new_code, editable=False)
    # Two files, each made once: the text that everybody signs, and the complete document, sealed.
    text_file = models.FileField(
        _("texte à signer"), upload_to="conventions/", blank=True, editable=False
    )
    text_sha256 = models.CharField(
        _("empreinte du texte à signer"), max_length=64, blank=True, editable=False
    )
    file = models.FileField(
        _("document complet"), upload_to="conventions/", blank=True, editable=False
    )
    file_sha256 = models.CharField(
        _("empreinte du document complet"), max_length=64, blank=True, editable=False
    )

    # A copy signed by hand, put here by the team.
    scan = models.FileField(
        _("exemplaire papier"), upload_to="conventions/", blank=True, editable=False
    )

    class Meta:
        verbose_name = _("convention")
        verbose_name_plural = _("conventions")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["pair"],
                condition=models.Q(state__in=LIVE_STATES),
                name="convention_live_once_per_pair",
                violation_error_message=_("Ce binôme a déjà une convention."),
            ),
            models.CheckConstraint(
                condition=~models.Q(state=ConventionState.SIGNED)
                | models.Q(signed_at__isnull=False),
                name="convention_signed_has_date",
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=LIVE_STATES) | models.Q(closed_at__isnull=False),
                name="convention_closed_has_date",
            ),
            models.CheckConstraint(
                condition=~models.Q(state=ConventionState.REFUSED) | ~models.Q(refused_by=""),
                name="convention_refused_by_someone",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pair}, {self.get_state_display()}"

    @property
    def is_intact(self) -> bool:
        """Whether the text still is the one that was put before the parties."""
        return digest_of(self.document) == self.digest

    @property
    def shown_code(self) -> str:
        """The code in groups of five, as people copy it."""
        return "-".join(self.code[start : start + 5] for start in range(0, _CODE_LENGTH, 5))

    @property
    def is_awaited(self) -> bool:
        return self.state in (ConventionState.OPEN, ConventionState.PARTLY_SIGNED)


class ConventionParty(models.Model):
    """One who must sign; equal numbers sign in any order. A guardian is named by the mentee."""

    convention = models.ForeignKey(Convention, models.CASCADE, related_name="parties")
    kind = models.CharField(_("partie"), max_length=15, choices=PartyChoice)
    order = models.PositiveSmallIntegerField(_("rang"))
    name = models.CharField(_("nom"), max_length=200, blank=True)
    email = models.EmailField(_("adresse e-mail"), blank=True)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = _("partie à la convention")
        verbose_name_plural = _("parties à la convention")
        ordering = ["convention", "order", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["convention", "kind"], name="convention_party_kind_once"
            )
        ]

    def __str__(self) -> str:
        return self.name or self.get_kind_display()

    @property
    def as_kind(self) -> PartyKind:
        return PartyKind(self.kind)


class Signature(models.Model):
    """A party signed, through this account (or, for a guardian, the link sent to that address)."""

    party = models.OneToOneField(ConventionParty, models.PROTECT, related_name="signature")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="signatures"
    )
    name = models.CharField(_("nom"), max_length=200)
    email = models.EmailField(_("adresse e-mail"))
    statement = models.TextField(_("déclaration cochée"))
    digest = models.CharField(_("empreinte signée"), max_length=64)
    signed_at = models.DateTimeField(_("signée le"))
    identified_by = models.CharField(
        _("identification"), max_length=10, choices=IdentifiedBy, default=IdentifiedBy.SESSION
    )

    class Meta:
        verbose_name = _("signature")
        verbose_name_plural = _("signatures")
        ordering = ["signed_at", "pk"]

    def __str__(self) -> str:
        return f"{self.name}, {self.signed_at:%d/%m/%Y}"

    @property
    def fingerprint(self) -> str:
        """SHA-256 of all that it says: the chain of proof tells it, so that nobody changes a signature."""
        fields = (self.party_id, self.person_id, self.name, self.email, self.statement)
        more = (self.digest, self.signed_at.astimezone(UTC).isoformat(), str(self.identified_by))
        return digest_of([*fields, *more])
