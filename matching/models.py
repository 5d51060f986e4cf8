"""What the team settled beforehand, and the runs that were kept."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from programmes.models import Cohort, Enrolment


class RulingKind(models.TextChoices):
    LOCKED = "locked", _("à garder")
    FORBIDDEN = "forbidden", _("à ne pas proposer")


class Ruling(models.Model):
    """Two people whom the team put together, or will not have put together, whatever the scores."""

    mentor = models.ForeignKey(Enrolment, models.CASCADE, related_name="rulings_as_mentor")
    mentee = models.ForeignKey(Enrolment, models.CASCADE, related_name="rulings_as_mentee")
    kind = models.CharField(_("décision"), max_length=10, choices=RulingKind)
    reason = models.CharField(_("raison"), max_length=300, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(_("décidée le"))

    class Meta:
        verbose_name = _("décision d'appariement")
        verbose_name_plural = _("décisions d'appariement")
        ordering = ["-at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["mentor", "mentee"],
                name="ruling_once_for_two",
                violation_error_message=_("Une décision est déjà prise pour ces deux personnes."),
            ),
            models.UniqueConstraint(
                fields=["mentee"],
                condition=models.Q(kind=RulingKind.LOCKED),
                name="ruling_locks_a_mentee_once",
                violation_error_message=_("Cette personne est déjà gardée avec quelqu'un d'autre."),
            ),
            models.CheckConstraint(
                condition=models.Q(kind=RulingKind.LOCKED) | ~models.Q(reason=""),
                name="ruling_against_has_reason",
                violation_error_message=_("Écarter deux personnes se motive."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.mentor.known_as} & {self.mentee.known_as}, {self.get_kind_display()}"


class Run(models.Model):
    """One calculation, kept as it was: what it was given, what it found, and the proof.

    `inputs` and `result` speak of enrolments by number and of criteria by code: they hold neither
    name nor answer, so that once an enrolment is erased nothing here says whose it was. They go
    with the cohort; `by` is forgotten with the account. See `matching.records` for their shape.
    """

    cohort = models.ForeignKey(Cohort, models.CASCADE, related_name="runs")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(_("calculé le"))
    weights = models.JSONField(_("poids"))
    inputs = models.JSONField(_("données"))
    result = models.JSONField(_("résultat"))
    portrait = models.JSONField(_("portrait"))
    certificate = models.JSONField(_("certificat"), null=True)

    class Meta:
        verbose_name = _("calcul")
        verbose_name_plural = _("calculs")
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.cohort}, {self.at:%d/%m/%Y %H:%M}"


class Wish(models.Model):
    """Someone would like to be with someone else, known by a card without a name; 1 is the first choice."""

    chooser = models.ForeignKey(Enrolment, models.CASCADE, related_name="wishes")
    chosen = models.ForeignKey(Enrolment, models.CASCADE, related_name="wished_by")
    rank = models.PositiveSmallIntegerField(_("rang"))

    class Meta:
        verbose_name = _("vœu")
        verbose_name_plural = _("vœux")
        ordering = ["chooser", "rank"]
        constraints = [
            models.UniqueConstraint(fields=["chooser", "chosen"], name="wish_once_for_someone"),
            models.UniqueConstraint(fields=["chooser", "rank"], name="wish_rank_once"),
            models.CheckConstraint(condition=models.Q(rank__gte=1), name="wish_rank_from_one"),
        ]

    def __str__(self) -> str:
        return f"{self.chooser.known_as}, {self.rank}"
