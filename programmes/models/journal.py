"""What happened, and what people told the team."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from people.models import Organisation
from people.names import Named
from programmes.enums import ConcernKind, ConcernState
from programmes.models.catalogue import Programme
from programmes.models.enrolments import Enrolment
from programmes.models.pairs import Pair


class JournalEntry(models.Model):
    """One event, append-only: facts and dates, never contents."""

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="journal")
    enrolment = models.ForeignKey(
        Enrolment, models.CASCADE, null=True, blank=True, related_name="journal"
    )
    pair = models.ForeignKey(Pair, models.CASCADE, null=True, blank=True, related_name="journal")
    event = models.CharField(_("événement"), max_length=60)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    at = models.DateTimeField(_("date"))
    facts = models.JSONField(_("faits"), default=dict, blank=True)

    class Meta:
        verbose_name = _("événement")
        verbose_name_plural = _("journal")
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["programme", "-at"], name="journal_by_programme")]

    def __str__(self) -> str:
        return f"{self.at:%d/%m/%Y %H:%M} {self.event}"

    @property
    def done_by(self) -> Named | None:
        """Who did it, as the programme knows them; nobody where the software did."""
        two = (self.pair.mentor, self.pair.mentee) if self.pair else ()
        theirs = (one for one in (self.enrolment, *two) if one and one.person_id == self.actor_id)
        own = next(theirs, None)
        return own.known_as if own else self.actor


class Concern(models.Model):
    """One person asks the team for help or reports conduct; the other side does not see it (K1, K5)."""

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="concerns")
    enrolment = models.ForeignKey(Enrolment, models.CASCADE, related_name="concerns")
    pair = models.ForeignKey(Pair, models.CASCADE, null=True, blank=True, related_name="concerns")
    kind = models.CharField(_("nature"), max_length=10, choices=ConcernKind)
    message = models.TextField(_("message à l'équipe"))
    state = models.CharField(
        _("état"), max_length=10, choices=ConcernState, default=ConcernState.OPEN
    )
    raised_at = models.DateTimeField(_("reçue le"))
    closed_at = models.DateTimeField(_("close le"), null=True, blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    outcome = models.TextField(_("suite donnée"), blank=True)

    class Meta:
        verbose_name = _("demande d'aide")
        verbose_name_plural = _("demandes d'aide")
        ordering = ["-raised_at"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.enrolment.known_as}"


class Exclusion(models.Model):
    """A person is excluded for good from an organisation's programmes (K1).

    The address is kept beside the account, so that the same identity cannot come back.
    """

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="exclusions")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="exclusions"
    )
    email = models.EmailField(_("adresse e-mail"))
    reason = models.TextField(_("raison"))
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    decided_at = models.DateTimeField(_("décidée le"))

    class Meta:
        verbose_name = _("exclusion")
        verbose_name_plural = _("exclusions")
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "email"], name="exclusion_once_per_organisation"
            )
        ]

    def __str__(self) -> str:
        return f"{self.email}, {self.organisation}"
