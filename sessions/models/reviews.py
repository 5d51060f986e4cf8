"""What a pair reports: structured answers and dates, no text."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from programmes.enums import RoleChoice
from programmes.models import Pair
from programmes.policy.terms import Role


class Review(models.Model):
    """One side's answer to a milestone of the programme (S6, B2 to B8).

    `answers` maps question codes to a number from 1 to 5, true or false, or a choice's code.
    `is_private`: the answers stay between the two (C3). `approved_at`: this side approves the
    bilan made of both sides' answers (B3).
    """

    pair = models.ForeignKey(Pair, models.CASCADE, related_name="reviews")
    milestone = models.CharField(_("étape"), max_length=60)
    role = models.CharField(_("rôle"), max_length=10, choices=RoleChoice)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    answers = models.JSONField(_("réponses"), default=dict, blank=True)
    is_private = models.BooleanField(_("reste entre les deux"), default=False)
    done_at = models.DateTimeField(_("faite le"))
    approved_at = models.DateTimeField(_("approuvée le"), null=True, blank=True)

    class Meta:
        verbose_name = _("point d'étape")
        verbose_name_plural = _("points d'étape")
        ordering = ["done_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["pair", "milestone", "role"],
                name="review_once_per_role",
                violation_error_message=_("Vous avez déjà répondu."),
            ),
            models.CheckConstraint(
                condition=models.Q(role__in=RoleChoice.values), name="review_known_role"
            ),
            models.CheckConstraint(condition=~models.Q(milestone=""), name="review_of_a_milestone"),
        ]

    def __str__(self) -> str:
        return f"{self.milestone}, {self.pair}"

    @property
    def as_role(self) -> Role:
        return Role(self.role)


class EndDeclaration(models.Model):
    """One of the two tells the association that the relationship has ended (B7)."""

    pair = models.ForeignKey(Pair, models.CASCADE, related_name="end_declarations")
    role = models.CharField(_("rôle"), max_length=10, choices=RoleChoice)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    declared_at = models.DateTimeField(_("déclarée le"))

    class Meta:
        verbose_name = _("fin déclarée")
        verbose_name_plural = _("fins déclarées")
        ordering = ["declared_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["pair", "role"],
                name="end_declared_once_per_role",
                violation_error_message=_("Vous avez déjà déclaré la fin."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.pair}, {self.get_role_display()}"
