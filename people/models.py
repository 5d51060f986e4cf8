from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.core.validators import FileExtensionValidator, RegexValidator
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from people.names import Named


class Organisation(models.Model):
    """The tenant: an association, a network, a youth centre."""

    name = models.CharField(_("nom"), max_length=200)
    slug = models.SlugField(_("identifiant"), max_length=60, unique=True)
    contact_email = models.EmailField(_("adresse de contact"))
    website = models.URLField(_("site"), blank=True)
    colour = models.CharField(
        _("couleur"),
        max_length=7,
        default="#1f4e79",
        validators=[RegexValidator(r"^#[0-9a-fA-F]{6}$", _("Une couleur s'écrit « #1f4e79 »."))],
    )
    # Stands at the head of what is printed in its name.
    logo = models.FileField(
        _("logo"),
        upload_to="logos/",
        blank=True,
        validators=[FileExtensionValidator(["png", "jpg", "jpeg"])],
        help_text=_("PNG ou JPEG ; il figure en tête des conventions."),
    )

    class Meta:
        verbose_name = _("association")
        verbose_name_plural = _("associations")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class PersonManager(BaseUserManager["Person"]):
    """Makes accounts; addresses are compared without regard to case."""

    def get_by_natural_key(self, username: str | None) -> Person:
        return self.get(email__iexact=username)

    def create_user(self, email: str, password: str | None = None, **extra: Any) -> Person:
        if not email:
            raise ValueError("an account needs an e-mail address")
        person = self.model(email=email.strip().lower(), **extra)
        person.set_password(password)
        person.save(using=self._db)
        return person

    def create_superuser(self, email: str, password: str | None = None, **extra: Any) -> Person:
        return self.create_user(email, password, is_staff=True, is_superuser=True, **extra)


class Person(Named, AbstractBaseUser, PermissionsMixin):
    """An account: log-in by e-mail, name, language, nothing else.

    What an association knows of someone sits on `Membership` or on an enrolment, the name on its
    list included: only who takes part is shown by this one.
    """

    class Language(models.TextChoices):
        FRENCH = "fr", "français"
        ENGLISH = "en", "English"

    email = models.EmailField(_("adresse e-mail"), max_length=254)
    first_name = models.CharField(_("prénom"), max_length=100)
    last_name = models.CharField(_("nom"), max_length=100)
    language = models.CharField(
        _("langue"), max_length=5, choices=Language, default=Language.FRENCH
    )
    is_active = models.BooleanField(_("compte actif"), default=True)
    is_staff = models.BooleanField(_("administre la plateforme"), default=False)
    date_joined = models.DateTimeField(_("inscription"), default=timezone.now)

    objects: ClassVar[PersonManager] = PersonManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["first_name", "last_name"]

    class Meta:
        verbose_name = _("personne")
        verbose_name_plural = _("personnes")
        ordering = ["last_name", "first_name", "pk"]
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                name="person_email_unique",
                violation_error_message=_("Un compte existe déjà avec cette adresse."),
            )
        ]


class OrganisationRole(models.Model):
    """A person who acts for the whole organisation: runs it, or signs in its name."""

    class Kind(models.TextChoices):
        MANAGER = "manager", _("responsable")
        SIGNATORY = "signatory", _("signataire")

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="roles")
    person = models.ForeignKey(Person, models.CASCADE, related_name="organisation_roles")
    kind = models.CharField(_("rôle"), max_length=20, choices=Kind)

    class Meta:
        verbose_name = _("rôle dans l'association")
        verbose_name_plural = _("rôles dans l'association")
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "person", "kind"], name="organisation_role_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.person}, {self.get_kind_display()}, {self.organisation}"


class Membership(models.Model):
    """A person in an organisation."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="memberships")
    person = models.ForeignKey(Person, models.CASCADE, related_name="memberships")
    number = models.CharField(_("numéro d'adhérent"), max_length=50, blank=True)
    is_alumnus = models.BooleanField(_("ancien élève"), default=False)
    joined_on = models.DateField(_("adhésion"), null=True, blank=True)

    class Meta:
        verbose_name = _("adhésion")
        verbose_name_plural = _("adhésions")
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "person"],
                name="membership_once_per_organisation",
                violation_error_message=_("Cette personne est déjà dans l'association."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.person}, {self.organisation}"


class PaidPeriod(models.Model):
    """A stretch of time for which a membership fee was paid, both days included."""

    membership = models.ForeignKey(Membership, models.CASCADE, related_name="paid_periods")
    starts_on = models.DateField(_("du"))
    ends_on = models.DateField(_("au"))

    class Meta:
        verbose_name = _("cotisation")
        verbose_name_plural = _("cotisations")
        ordering = ["starts_on"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_on__gte=models.F("starts_on")),
                name="paid_period_ends_after_start",
                violation_error_message=_("La cotisation finit avant d'avoir commencé."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.starts_on:%d/%m/%Y} – {self.ends_on:%d/%m/%Y}"
