"""The next edition of a charter, while the team writes it."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from charters.models.texts import CharterVersion
from charters.text import CharterText, digest_of
from programmes.models import Programme


class CharterDraft(models.Model):
    """A text begun from `based_on`, read by nobody but the team until it is published."""

    programme = models.OneToOneField(Programme, models.CASCADE, related_name="charter_draft")
    based_on = models.ForeignKey(CharterVersion, models.CASCADE, related_name="+")
    source = models.JSONField(_("texte"))
    changed_at = models.DateTimeField(_("dernier changement"))
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = _("charte en préparation")
        verbose_name_plural = _("chartes en préparation")

    def __str__(self) -> str:
        return f"{self.text.title}, brouillon"

    @property
    def text(self) -> CharterText:
        return CharterText.model_validate(self.source)

    @property
    def digest(self) -> str:
        """What changes with every change of the text."""
        return digest_of(self.source)
