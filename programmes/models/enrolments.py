"""People in a cohort: enrolments, objectives, derogations, fees."""

from __future__ import annotations

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from people.names import KnownAs, Named
from programmes.enums import EnrolmentState, FeeState, RoleChoice
from programmes.models.catalogue import Cohort
from programmes.policy.terms import Role


class Enrolment(models.Model):
    """A person in a cohort, in one role, with answers that the team may read.

    `listed_*` is what the list of an association called someone who has not taken part yet: their
    account may be known elsewhere, and is not this association's to see (`known_as`).
    `answers` maps question codes to values, `declarations` lists the codes declared. The
    `charter_*` fields keep the acceptance handed in, so that matching reads only enrolments.
    """

    cohort = models.ForeignKey(Cohort, models.PROTECT, related_name="enrolments")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="enrolments")
    role = models.CharField(_("rôle"), max_length=10, choices=RoleChoice)
    state = models.CharField(
        _("état"), max_length=12, choices=EnrolmentState, default=EnrolmentState.DRAFT
    )
    listed_first_name = models.CharField(_("prénom de la liste"), max_length=100, blank=True)
    listed_last_name = models.CharField(_("nom de la liste"), max_length=100, blank=True)
    listed_email = models.EmailField(_("adresse de la liste"), max_length=254, blank=True)
    answers = models.JSONField(_("réponses"), default=dict, blank=True)
    declarations = models.JSONField(_("déclarations"), default=list, blank=True)
    capacity = models.PositiveSmallIntegerField(_("places proposées"), null=True, blank=True)
    charter_version = models.PositiveIntegerField(_("charte acceptée"), null=True, blank=True)
    charter_digest = models.CharField(_("empreinte de la charte"), max_length=64, blank=True)
    charter_accepted_at = models.DateTimeField(_("charte acceptée le"), null=True, blank=True)
    charter_commitments = models.JSONField(_("engagements acceptés"), default=list, blank=True)
    charter_missing = models.JSONField(_("engagements non acceptés"), default=list, blank=True)
    may_be_rematched = models.BooleanField(_("peut être apparié de nouveau"), default=True)
    on_hold_since = models.DateTimeField(_("indisponible depuis"), null=True, blank=True)
    team_message = models.TextField(_("message de l'équipe"), blank=True)
    created_at = models.DateTimeField(_("création"))
    submitted_at = models.DateTimeField(_("envoi"), null=True, blank=True)
    decided_at = models.DateTimeField(_("décision"), null=True, blank=True)

    class Meta:
        verbose_name = _("candidature")
        verbose_name_plural = _("candidatures")
        ordering = ["cohort", "role", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["cohort", "person", "role"],
                name="enrolment_once_per_role",
                violation_error_message=_("Cette personne est déjà candidate dans ce rôle."),
            ),
            models.CheckConstraint(
                condition=models.Q(state=EnrolmentState.DRAFT)
                | models.Q(state__in=[EnrolmentState.WITHDRAWN, EnrolmentState.EXCLUDED])
                | models.Q(submitted_at__isnull=False),
                name="enrolment_beyond_draft_was_submitted",
            ),
            models.CheckConstraint(
                condition=models.Q(charter_version__isnull=True, charter_accepted_at__isnull=True)
                | models.Q(charter_version__isnull=False, charter_accepted_at__isnull=False),
                name="enrolment_charter_version_with_date",
            ),
            models.CheckConstraint(
                condition=~models.Q(listed_email="")
                | models.Q(listed_first_name="", listed_last_name=""),
                name="enrolment_listed_with_address",
            ),
        ]
        indexes = [models.Index(fields=["cohort", "role", "state"], name="enrolment_pool")]

    def __str__(self) -> str:
        return f"{self.known_as}, {self.cohort}"

    @property
    def known_as(self) -> Named:
        """Whom the programme shows: as listed until the person takes part, then by their account."""
        if self.listed_email:
            return KnownAs(self.listed_first_name, self.listed_last_name, self.listed_email)
        return self.person

    @property
    def as_role(self) -> Role:
        return Role(self.role)

    @property
    def is_draft(self) -> bool:
        return self.state == EnrolmentState.DRAFT


class Objective(models.Model):
    """An objective that a mentee set: a theme of the programme's or of one's own, and a text.

    Part of the questionnaire: the team reads it, and the form says so.
    """

    enrolment = models.ForeignKey(Enrolment, models.CASCADE, related_name="objectives")
    position = models.PositiveSmallIntegerField(_("rang"), validators=[MinValueValidator(1)])
    theme = models.CharField(_("thème"), max_length=60, blank=True)
    text = models.CharField(_("en une phrase"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("objectif")
        verbose_name_plural = _("objectifs")
        ordering = ["enrolment", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["enrolment", "position"], name="objective_position_once"
            )
        ]

    def __str__(self) -> str:
        return self.text or self.theme


class Derogation(models.Model):
    """A coordinator lets one breach pass, with a reason; for an enrolment, or for a pair drafted."""

    enrolment = models.ForeignKey(Enrolment, models.CASCADE, related_name="derogations")
    other = models.ForeignKey(
        Enrolment, models.CASCADE, null=True, blank=True, related_name="derogations_as_other"
    )
    breach = models.CharField(_("règle"), max_length=80)
    reason = models.TextField(_("raison"))
    granted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="derogations_granted"
    )
    granted_at = models.DateTimeField(_("accordée le"))

    class Meta:
        verbose_name = _("dérogation")
        verbose_name_plural = _("dérogations")
        ordering = ["granted_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["enrolment", "breach"],
                condition=models.Q(other=None),
                name="derogation_once_for_a_person",
            ),
            models.UniqueConstraint(
                fields=["enrolment", "other", "breach"], name="derogation_once_for_a_pair"
            ),
            models.CheckConstraint(
                condition=~models.Q(reason=""),
                name="derogation_has_reason",
                violation_error_message=_("Une dérogation se motive."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.breach}, {self.enrolment}"


class FeeAccount(models.Model):
    """The programme's fee for one enrolment (P19), frozen at its amount."""

    enrolment = models.OneToOneField(Enrolment, models.CASCADE, related_name="fee_account")
    amount = models.DecimalField(_("montant"), max_digits=8, decimal_places=2)
    state = models.CharField(_("état"), max_length=10, choices=FeeState, default=FeeState.DUE)
    settled_on = models.DateField(_("réglés le"), null=True, blank=True)
    receipt_number = models.CharField(_("reçu"), max_length=30, blank=True)
    reason = models.TextField(_("raison de la remise"), blank=True)

    class Meta:
        verbose_name = _("frais de participation")
        verbose_name_plural = _("frais de participation")
        constraints = [
            models.CheckConstraint(condition=models.Q(amount__gt=0), name="fee_is_positive"),
            models.CheckConstraint(
                condition=~models.Q(state=FeeState.SETTLED) | models.Q(settled_on__isnull=False),
                name="fee_settled_has_date",
            ),
            # A number begins with the year and the programme: what is single here is so for each
            # organisation.
            models.UniqueConstraint(
                fields=["receipt_number"],
                condition=~models.Q(receipt_number=""),
                name="receipt_number_once",
                violation_error_message=_("Ce numéro de reçu est déjà donné."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.amount} €, {self.enrolment}"
