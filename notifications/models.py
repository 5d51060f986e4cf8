from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from notifications.enums import CLAIMABLE, JobState, State
from notifications.messages import DEDUPE_KEY_LENGTH, Message, restore
from people.models import Organisation


class OutboxMessage(models.Model):
    """An e-mail to send or sent: ids, dates and a state, never its text.

    `due_at` and `sent_at` follow the clock of the product, which the demo moves; `lease_until`,
    `retry_at` and `created_at` follow the machine's.
    """

    kind = models.CharField(_("courriel"), max_length=60)
    payload = models.JSONField(_("identifiants"), default=dict)
    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="mails",
        verbose_name=_("destinataire"),
    )
    address = models.EmailField(_("adresse sans compte"), max_length=254, blank=True)
    organisation = models.ForeignKey(
        Organisation,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="mails",
        verbose_name=_("association"),
    )
    dedupe_key = models.CharField(
        _("clé d'unicité"),
        max_length=DEDUPE_KEY_LENGTH,
        unique=True,
        error_messages={"unique": _("Ce courriel est déjà prévu.")},
    )
    message_id = models.CharField(_("Message-ID"), max_length=200, unique=True)
    state = models.CharField(_("état"), max_length=10, choices=State, default=State.QUEUED)
    due_at = models.DateTimeField(_("à envoyer le"))
    sent_at = models.DateTimeField(_("envoyé le"), null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(_("essais"), default=0)
    doubts = models.PositiveSmallIntegerField(_("essais interrompus"), default=0)
    claimed_at = models.DateTimeField(_("pris en charge le"), null=True, blank=True)
    lease_until = models.DateTimeField(_("réservé jusqu'à"), null=True, blank=True)
    retry_at = models.DateTimeField(_("nouvel essai le"), null=True, blank=True)
    last_error = models.CharField(_("dernière erreur"), max_length=500, blank=True)
    created_at = models.DateTimeField(_("créé le"), auto_now_add=True)

    class Meta:
        verbose_name = _("courriel")
        verbose_name_plural = _("courriels")
        ordering = ["-due_at", "-pk"]
        indexes = [
            models.Index(
                fields=["due_at", "id"],
                name="outbox_waiting",
                condition=Q(state__in=[state.value for state in CLAIMABLE]),
            ),
            models.Index(
                fields=["lease_until"],
                name="outbox_leased",
                condition=Q(state=State.SENDING.value),
            ),
            models.Index(fields=["recipient", "-due_at"], name="outbox_of_person"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(recipient__isnull=False, address="")
                | (Q(recipient__isnull=True) & ~Q(address="")),
                name="outbox_one_recipient",
                violation_error_message=_("Un courriel va à une personne ou à une adresse."),
            ),
            models.CheckConstraint(
                condition=Q(state__in=[state.value for state in State]),
                name="outbox_known_state",
                violation_error_message=_("Cet état n'existe pas."),
            ),
            models.CheckConstraint(
                condition=Q(state=State.SENT.value, sent_at__isnull=False)
                | (~Q(state=State.SENT.value) & Q(sent_at__isnull=True)),
                name="outbox_sent_has_date",
                violation_error_message=_("Un courriel envoyé porte la date de son envoi."),
            ),
            models.CheckConstraint(
                condition=Q(state=State.SENDING.value, lease_until__isnull=False)
                | (~Q(state=State.SENDING.value) & Q(lease_until__isnull=True)),
                name="outbox_sending_has_lease",
                violation_error_message=_("Un envoi en cours est réservé pour un temps."),
            ),
            models.CheckConstraint(
                condition=Q(doubts__lte=F("attempts")),
                name="outbox_doubts_are_attempts",
                violation_error_message=_("Un essai interrompu est d'abord un essai."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} ({self.get_state_display()})"

    def message(self) -> Message:
        """The value this row describes."""
        return restore(self.kind, self.payload)


class Job(models.Model):
    """Long work that someone asked for, with its progress; times are the machine's."""

    kind = models.CharField(_("travail"), max_length=60)
    payload = models.JSONField(_("identifiants"), default=dict)
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="jobs", verbose_name=_("demandé par")
    )
    state = models.CharField(_("état"), max_length=10, choices=JobState, default=JobState.WAITING)
    done = models.PositiveIntegerField(_("fait"), default=0)
    total = models.PositiveIntegerField(_("en tout"), default=0)
    attempts = models.PositiveSmallIntegerField(_("essais"), default=0)
    lease_until = models.DateTimeField(_("réservé jusqu'à"), null=True, blank=True)
    file = models.FileField(_("résultat"), upload_to="jobs/", blank=True, editable=False)
    created_at = models.DateTimeField(_("demandé le"), auto_now_add=True)

    class Meta:
        verbose_name = _("travail de fond")
        verbose_name_plural = _("travaux de fond")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state=JobState.RUNNING.value, lease_until__isnull=False)
                | (~Q(state=JobState.RUNNING.value) & Q(lease_until__isnull=True)),
                name="job_running_has_lease",
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} ({self.get_state_display()})"

    @property
    def is_finished(self) -> bool:
        return self.state in (JobState.DONE, JobState.FAILED)
