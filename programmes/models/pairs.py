from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from programmes.enums import LIVE_PAIR_STATES, DeclineReason, PairState, RoleChoice, StopReason
from programmes.models.catalogue import Cohort
from programmes.models.enrolments import Enrolment
from programmes.policy.terms import Role


class Pair(models.Model):
    """A mentor and a mentee, from proposal to end."""

    cohort = models.ForeignKey(Cohort, models.PROTECT, related_name="pairs")
    mentor = models.ForeignKey(Enrolment, models.PROTECT, related_name="pairs_as_mentor")
    mentee = models.ForeignKey(Enrolment, models.PROTECT, related_name="pairs_as_mentee")
    state = models.CharField(_("état"), max_length=12, choices=PairState, default=PairState.DRAFTED)
    score = models.FloatField(_("score"), null=True, blank=True)
    created_at = models.DateTimeField(_("création"))
    proposed_at = models.DateTimeField(_("proposé le"), null=True, blank=True)
    answer_by = models.DateField(_("réponse attendue le"), null=True, blank=True)
    mentor_accepted_at = models.DateTimeField(_("accepté par le mentor"), null=True, blank=True)
    mentee_accepted_at = models.DateTimeField(_("accepté par le mentoré"), null=True, blank=True)
    introduced_at = models.DateTimeField(_("mise en relation"), null=True, blank=True)
    agreed_at = models.DateTimeField(_("accord complet"), null=True, blank=True)
    started_on = models.DateField(_("début"), null=True, blank=True)
    planned_end_on = models.DateField(_("fin prévue"), null=True, blank=True)
    ended_on = models.DateField(_("fin"), null=True, blank=True)
    stop_reason = models.CharField(_("raison"), max_length=30, choices=StopReason, blank=True)
    declined_by = models.CharField(_("décliné par"), max_length=10, choices=RoleChoice, blank=True)
    decline_reason = models.CharField(
        _("raison du refus"), max_length=20, choices=DeclineReason, blank=True
    )

    class Meta:
        verbose_name = _("binôme")
        verbose_name_plural = _("binômes")
        ordering = ["cohort", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["mentor", "mentee"],
                condition=models.Q(state__in=LIVE_PAIR_STATES),
                name="pair_live_once",
                violation_error_message=_("Ces deux personnes forment déjà un binôme."),
            ),
            models.CheckConstraint(
                condition=~models.Q(mentor=models.F("mentee")), name="pair_of_two_enrolments"
            ),
            models.CheckConstraint(
                condition=~models.Q(
                    state__in=[
                        PairState.ACTIVE,
                        PairState.PAUSED,
                        PairState.FROZEN,
                        PairState.COMPLETED,
                    ]
                )
                | models.Q(
                    started_on__isnull=False, agreed_at__isnull=False, introduced_at__isnull=False
                ),
                name="pair_running_was_agreed",
            ),
            models.CheckConstraint(
                condition=~models.Q(state__in=[PairState.COMPLETED, PairState.STOPPED])
                | models.Q(ended_on__isnull=False),
                name="pair_over_has_end",
            ),
        ]
        indexes = [models.Index(fields=["cohort", "state"], name="pair_by_state")]

    def __str__(self) -> str:
        return f"{self.mentor.known_as} & {self.mentee.known_as}"

    @property
    def is_request(self) -> bool:
        """Whether the mentee asked for it: their yes is what proposed it."""
        return self.proposed_at is not None and self.proposed_at == self.mentee_accepted_at

    def side(self, role: Role) -> Enrolment:
        return self.mentor if role is Role.MENTOR else self.mentee

    def accepted_at(self, role: Role) -> datetime | None:
        """When this side said yes to the proposal."""
        return self.mentor_accepted_at if role is Role.MENTOR else self.mentee_accepted_at


class Extension(models.Model):
    """A wish to go on until a later day; it holds once all who must agree did (D2, D3)."""

    pair = models.ForeignKey(Pair, models.CASCADE, related_name="extensions")
    until = models.DateField(_("jusqu'au"))
    mentor_agreed_at = models.DateTimeField(_("accord du mentor"), null=True, blank=True)
    mentee_agreed_at = models.DateTimeField(_("accord du mentoré"), null=True, blank=True)
    granted_at = models.DateTimeField(_("acquise le"), null=True, blank=True)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(_("demandée le"))

    class Meta:
        verbose_name = _("prolongation")
        verbose_name_plural = _("prolongations")
        ordering = ["asked_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["pair"],
                condition=models.Q(granted_at__isnull=True),
                name="extension_one_open_per_pair",
                violation_error_message=_("Une prolongation est déjà demandée."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.pair}, {self.until:%d/%m/%Y}"
