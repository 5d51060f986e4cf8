"""Charters and who accepted them."""

from __future__ import annotations

from functools import cached_property
from typing import Any, NoReturn

from django.db import models
from django.utils.translation import gettext_lazy as _

from charters.enums import IdentifiedBy, ShownIn
from charters.text import CharterText, digest_of
from programmes.models import Enrolment, Programme


class NeverChanged(models.QuerySet["CharterVersion"]):
    """Rows that are added, and stay as they are."""

    def update(self, **changes: Any) -> NoReturn:
        raise TypeError("a published charter is never changed")

    def bulk_update(self, *args: Any, **options: Any) -> NoReturn:
        raise TypeError("a published charter is never changed")


class CharterVersion(models.Model):
    """One edition of a programme's charter (I11); never changed, a new text makes a new version."""

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="charter_versions")
    number = models.PositiveIntegerField(_("version"))
    edition = models.DateField(_("édition"))
    source = models.JSONField(_("texte"))
    digest = models.CharField(_("empreinte"), max_length=64)
    published_at = models.DateTimeField(_("publication"))

    objects = NeverChanged.as_manager()

    class Meta:
        verbose_name = _("charte")
        verbose_name_plural = _("chartes")
        ordering = ["programme", "-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "number"], name="charter_version_number_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.text.title}, version {self.number}"

    def save(self, *args: Any, **options: Any) -> None:
        if not self._state.adding:
            raise TypeError("a published charter is never changed")
        super().save(*args, **options)

    @cached_property
    def text(self) -> CharterText:
        return CharterText.model_validate(self.source)

    @property
    def is_intact(self) -> bool:
        """Whether the text still is the one whose digest was taken."""
        return digest_of(self.source) == self.digest


class Acceptance(models.Model):
    """A person accepted this version of the charter, and how that person was identified (I3, I4)."""

    version = models.ForeignKey(CharterVersion, models.PROTECT, related_name="acceptances")
    enrolment = models.ForeignKey(Enrolment, models.PROTECT, related_name="acceptances")
    digest = models.CharField(_("empreinte acceptée"), max_length=64)
    commitments = models.JSONField(_("engagements acceptés"), default=list)
    accepted_at = models.DateTimeField(_("acceptée le"))
    identified_by = models.CharField(
        _("identification"), max_length=10, choices=IdentifiedBy, default=IdentifiedBy.SESSION
    )

    language = models.CharField(
        _("langue affichée"), max_length=2, choices=ShownIn, default=ShownIn.FRENCH
    )

    class Meta:
        verbose_name = _("acceptation de la charte")
        verbose_name_plural = _("acceptations de la charte")
        ordering = ["-accepted_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["version", "enrolment"],
                name="acceptance_once_per_version",
                violation_error_message=_("Cette version de la charte est déjà acceptée."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.enrolment.known_as}, {self.version}"
