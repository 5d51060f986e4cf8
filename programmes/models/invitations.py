"""Invitations by e-mail: to enrol in a cohort, to join a programme's team."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from programmes.enums import RoleChoice
from programmes.models.catalogue import Cohort, Programme
from programmes.models.enrolments import Enrolment


class AddressedInvitation(models.Model):
    """An address, and the link sent to it; it serves once and expires."""

    email = models.EmailField(_("adresse e-mail"))
    token = models.CharField(max_length=64, unique=True, editable=False)
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="%(class)ss_sent"
    )
    invited_at = models.DateTimeField(_("envoyée le"))
    expires_at = models.DateTimeField(_("valable jusqu'au"))

    class Meta:
        abstract = True
        ordering = ["-invited_at"]

    @property
    def is_used(self) -> bool:
        raise NotImplementedError

    def is_open(self, *, at: datetime) -> bool:
        """Whether it can still be taken up: not yet used, not expired."""
        return not self.is_used and self.expires_at > at


class Invitation(AddressedInvitation):
    """An invitation to enrol in a cohort."""

    cohort = models.ForeignKey(Cohort, models.CASCADE, related_name="invitations")
    role = models.CharField(_("rôle"), max_length=10, choices=RoleChoice)
    enrolment = models.OneToOneField(
        Enrolment, models.SET_NULL, null=True, blank=True, related_name="invitation"
    )

    class Meta(AddressedInvitation.Meta):
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        constraints = [
            models.UniqueConstraint(
                fields=["cohort", "email", "role"],
                name="invitation_once",
                violation_error_message=_("Cette adresse est déjà invitée dans ce rôle."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.email}, {self.cohort}"

    @property
    def is_used(self) -> bool:
        return self.enrolment_id is not None


class TeamInvitation(AddressedInvitation):
    """An invitation to coordinate a programme; `may_sign`: in its association's name as well."""

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="team_invitations")
    may_sign = models.BooleanField(_("signe au nom de l'association"), default=False)
    joined_at = models.DateTimeField(_("acceptée le"), null=True, blank=True)

    class Meta(AddressedInvitation.Meta):
        verbose_name = _("invitation dans l'équipe")
        verbose_name_plural = _("invitations dans l'équipe")
        constraints = [
            models.UniqueConstraint(fields=["programme", "email"], name="team_invitation_once")
        ]

    def __str__(self) -> str:
        return f"{self.email}, {self.programme}"

    @property
    def is_used(self) -> bool:
        return self.joined_at is not None
