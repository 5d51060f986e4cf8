"""The proof file of a convention, and the one-time codes."""

from __future__ import annotations

from typing import Any, NoReturn

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from charters.enums import IdentifiedBy, PartyChoice, ProofKind
from charters.models.conventions import Convention, ConventionParty
from charters.proof import Entry, Head


class AppendOnly(models.QuerySet["ProofEvent"]):
    """Rows that are only ever added."""

    def update(self, **changes: Any) -> NoReturn:
        raise TypeError("a proof is never changed")

    def delete(self) -> NoReturn:
        raise TypeError("a proof is never deleted")

    def bulk_update(self, *args: Any, **options: Any) -> NoReturn:
        raise TypeError("a proof is never changed")


class ProofEvent(models.Model):
    """One link of a convention's chain of proof: only ever added, never changed or deleted."""

    convention = models.ForeignKey(Convention, models.PROTECT, related_name="proof")
    number = models.PositiveIntegerField(_("rang"))
    kind = models.CharField(_("événement"), max_length=20, choices=ProofKind)
    at = models.DateTimeField(_("heure de la machine"))
    party = models.CharField(_("partie"), max_length=15, choices=PartyChoice, blank=True)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    name = models.CharField(_("nom"), max_length=200, blank=True)
    email = models.EmailField(_("adresse e-mail"), blank=True)
    identified_by = models.CharField(
        _("identification"), max_length=10, choices=IdentifiedBy, blank=True
    )
    document = models.CharField(_("empreinte du document"), max_length=64, blank=True)
    address = models.CharField(_("adresse IP"), max_length=45, blank=True)
    agent = models.CharField(_("navigateur"), max_length=300, blank=True)
    facts = models.JSONField(_("faits"), default=dict, blank=True)
    previous = models.CharField(_("maillon précédent"), max_length=64)
    mac = models.CharField(_("maillon"), max_length=64)
    key_id = models.CharField(_("clé"), max_length=16, blank=True)

    objects = AppendOnly.as_manager()

    class Meta:
        verbose_name = _("événement de preuve")
        verbose_name_plural = _("événements de preuve")
        ordering = ["convention", "number"]
        constraints = [
            models.UniqueConstraint(fields=["convention", "number"], name="proof_number_once")
        ]

    def __str__(self) -> str:
        return f"{self.number}. {self.get_kind_display()}"

    def save(self, *args: Any, **options: Any) -> None:
        if not self._state.adding:
            raise TypeError("a proof is never changed")
        super().save(*args, **options)

    def delete(self, *args: Any, **options: Any) -> NoReturn:
        raise TypeError("a proof is never deleted")

    @property
    def entry(self) -> Entry:
        """What the mac authenticates."""
        return Entry(
            convention=self.convention_id,
            number=self.number,
            kind=str(self.kind),
            at=self.at,
            party=str(self.party),
            person=self.person_id,
            name=self.name,
            email=self.email,
            identified_by=str(self.identified_by),
            document=self.document,
            address=self.address,
            agent=self.agent,
            facts=self.facts,
            previous=self.previous,
            key_id=self.key_id,
        )


class ProofHead(models.Model):
    """How long a chain is and where it ends, authenticated too: a deleted end is found."""

    convention = models.OneToOneField(Convention, models.PROTECT, related_name="proof_head")
    length = models.PositiveIntegerField(_("longueur"))
    last = models.CharField(_("dernier maillon"), max_length=64)
    mark = models.CharField(_("marque"), max_length=64)

    class Meta:
        verbose_name = _("fin de la chaîne de preuve")
        verbose_name_plural = _("fins des chaînes de preuve")

    def __str__(self) -> str:
        return f"{self.length} maillons"

    @property
    def head(self) -> Head:
        return Head(convention=self.convention_id, length=self.length, last=self.last)


class SigningCode(models.Model):
    """A one-time code sent to one who is about to sign; of the code itself only a mark is kept."""

    party = models.ForeignKey(ConventionParty, models.CASCADE, related_name="codes")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, blank=True, related_name="+"
    )
    mark = models.CharField(_("marque"), max_length=64)
    created_at = models.DateTimeField(_("envoyé le"))
    expires_at = models.DateTimeField(_("valable jusqu'à"))
    used_at = models.DateTimeField(_("utilisé le"), null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(_("essais manqués"), default=0)

    class Meta:
        verbose_name = _("code de signature")
        verbose_name_plural = _("codes de signature")
        ordering = ["-pk"]
        indexes = [models.Index(fields=["party", "person"], name="code_of_party_and_person")]

    def __str__(self) -> str:
        return f"{self.party}, {self.created_at:%d/%m/%Y %H:%M}"
