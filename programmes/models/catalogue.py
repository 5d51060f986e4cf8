"""What is offered: programmes, their versioned rules, their cohorts."""

from __future__ import annotations

from datetime import date
from functools import cached_property

from django.db import models
from django.utils.translation import gettext_lazy as _

from people.models import Organisation
from programmes.policy.rules import Rules
from programmes.vocabulary import Vocabulary


class Programme(models.Model):
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="programmes")
    slug = models.SlugField(_("identifiant"), max_length=60)
    name = models.CharField(_("nom"), max_length=200)
    summary = models.TextField(_("présentation"), blank=True)
    contact_email = models.EmailField(_("adresse de contact"), blank=True)
    is_open = models.BooleanField(_("visible du public"), default=True)
    created_at = models.DateTimeField(_("création"), auto_now_add=True)

    class Meta:
        verbose_name = _("programme")
        verbose_name_plural = _("programmes")
        ordering = ["organisation__name", "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "slug"],
                name="programme_slug_once_per_organisation",
                violation_error_message=_("L'association a déjà un programme de ce nom."),
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def contact(self) -> str:
        return self.contact_email or self.organisation.contact_email


class RuleSet(models.Model):
    """A version of a programme's terms; never changed once a cohort uses it.

    `document` is the validated programme document without the parts that other apps keep;
    `vocabulary` the words it speaks with. See docs/decisions/0001.
    """

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="rule_sets")
    version = models.PositiveIntegerField(_("version"))
    document = models.JSONField(_("règles"))
    words = models.JSONField(_("vocabulaire"), default=dict, blank=True)
    digest = models.CharField(_("empreinte"), max_length=64)
    created_at = models.DateTimeField(_("création"), auto_now_add=True)

    class Meta:
        verbose_name = _("règles")
        verbose_name_plural = _("règles")
        ordering = ["programme", "-version"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "version"], name="rule_set_version_once")
        ]

    def __str__(self) -> str:
        return f"{self.programme}, version {self.version}"

    def to_rules(self) -> Rules:
        return self.rules

    @cached_property
    def rules(self) -> Rules:
        # Judged when it was published: what a file is asked for since does not undo it.
        return Rules.model_validate(self.document)

    @cached_property
    def vocabulary(self) -> Vocabulary:
        return Vocabulary.from_document(self.words)


class Cohort(models.Model):
    """One run of a programme, under the rule set it opened with."""

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="cohorts")
    rule_set = models.ForeignKey(RuleSet, models.PROTECT, related_name="cohorts")
    slug = models.SlugField(_("identifiant"), max_length=60)
    name = models.CharField(_("nom"), max_length=120)
    opens_on = models.DateField(_("ouverture des candidatures"))
    enrolment_ends_on = models.DateField(_("clôture des candidatures"), null=True, blank=True)
    starts_on = models.DateField(_("début"))
    ends_on = models.DateField(_("fin"), null=True, blank=True)

    class Meta:
        verbose_name = _("campagne")
        verbose_name_plural = _("campagnes")
        ordering = ["-starts_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "slug"],
                name="cohort_slug_once_per_programme",
                violation_error_message=_("Le programme a déjà une campagne de ce nom."),
            ),
            models.CheckConstraint(
                condition=models.Q(ends_on__isnull=True)
                | models.Q(ends_on__gt=models.F("starts_on")),
                name="cohort_ends_after_start",
                violation_error_message=_("La campagne finit avant d'avoir commencé."),
            ),
            models.CheckConstraint(
                condition=models.Q(enrolment_ends_on__isnull=True)
                | models.Q(enrolment_ends_on__gte=models.F("opens_on")),
                name="cohort_enrolment_ends_after_opening",
                violation_error_message=_("Les candidatures ferment avant d'avoir ouvert."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.programme} – {self.name}"

    @property
    def rules(self) -> Rules:
        return self.rule_set.rules

    @property
    def vocabulary(self) -> Vocabulary:
        return self.rule_set.vocabulary

    def takes_enrolments_on(self, day: date) -> bool:
        until = [last for last in (self.enrolment_ends_on, self.ends_on) if last is not None]
        return self.opens_on <= day and all(day <= last for last in until)


class Room(models.Model):
    """A room that the organisation lends for meetings (W2, W3)."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="rooms")
    name = models.CharField(_("nom"), max_length=120)
    address = models.CharField(_("adresse"), max_length=250, blank=True)
    seats = models.PositiveSmallIntegerField(_("places"), default=2)
    is_available = models.BooleanField(_("proposée"), default=True)

    class Meta:
        verbose_name = _("salle")
        verbose_name_plural = _("salles")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "name"],
                name="room_name_once_per_organisation",
                violation_error_message=_("L'association a déjà une salle de ce nom."),
            )
        ]

    def __str__(self) -> str:
        return self.name
