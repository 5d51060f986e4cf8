"""Appointments of a pair: when, where and around which theme; never what was said."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from people.clock import PARIS
from programmes.models import Pair, Room
from programmes.policy.rules import PlaceKind
from sessions.enums import COUNTED_STATES, OPEN_STATES, MeetingState, PlaceChoice


class RoomBooking(models.Model):
    """A room kept for a while; it is deleted when it is given back.

    PostgreSQL refuses two at once by the exclusion constraint `room_never_twice` (migration
    0002); `services.rooms` looks first, under a lock, and on SQLite that is all there is.
    """

    room = models.ForeignKey(Room, models.PROTECT, related_name="bookings", verbose_name=_("salle"))
    starts_at = models.DateTimeField(_("de"))
    ends_at = models.DateTimeField(_("à"))
    booked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )

    class Meta:
        verbose_name = _("réservation de salle")
        verbose_name_plural = _("réservations de salle")
        ordering = ["starts_at"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_at__gt=models.F("starts_at")),
                name="room_booking_ends_after_start",
                violation_error_message=_("La réservation finit avant d'avoir commencé."),
            )
        ]
        indexes = [models.Index(fields=["room", "starts_at"], name="room_booking_calendar")]

    def __str__(self) -> str:
        return f"{self.room}, {self.starts_at.astimezone(PARIS):%d/%m/%Y %H:%M}"


class Meeting(models.Model):
    """One appointment of a pair.

    `topic` is a code: a theme of the programme, an objective, or one of `topics.GENERAL`.
    `sequence` rises with every change, as calendars want it. `late_notice`: it was cancelled
    or moved later than the programme asks (D13).
    """

    pair = models.ForeignKey(Pair, models.CASCADE, related_name="meetings")
    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    series = models.UUIDField(_("calendrier commun"), null=True, blank=True)
    state = models.CharField(_("état"), max_length=10, choices=MeetingState)
    starts_at = models.DateTimeField(_("début"))
    minutes = models.PositiveSmallIntegerField(_("durée en minutes"))
    place = models.CharField(_("lieu"), max_length=15, choices=PlaceChoice)
    place_name = models.CharField(_("nom du lieu"), max_length=150, blank=True)
    address = models.CharField(_("adresse"), max_length=250, blank=True)
    video_link = models.URLField(_("lien de la visioconférence"), max_length=500, blank=True)
    booking = models.OneToOneField(
        RoomBooking, models.PROTECT, null=True, blank=True, related_name="meeting"
    )
    topic = models.CharField(_("sujet"), max_length=60, blank=True)
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField(_("proposée le"))
    accepted_at = models.DateTimeField(_("acceptée le"), null=True, blank=True)
    cancelled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    cancelled_at = models.DateTimeField(_("annulée le"), null=True, blank=True)
    late_notice = models.BooleanField(_("prévenu trop tard"), default=False)
    held_at = models.DateTimeField(_("notée comme tenue le"), null=True, blank=True)
    sequence = models.PositiveIntegerField(_("version"), default=0)
    changed_at = models.DateTimeField(_("dernier changement"))

    class Meta:
        verbose_name = _("rencontre")
        verbose_name_plural = _("rencontres")
        ordering = ["starts_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=MeetingState.values), name="meeting_known_state"
            ),
            models.CheckConstraint(
                condition=models.Q(place__in=PlaceChoice.values), name="meeting_known_place"
            ),
            models.CheckConstraint(
                condition=models.Q(minutes__gte=5, minutes__lte=600),
                name="meeting_minutes_within_reason",
                violation_error_message=_("Une rencontre dure de 5 minutes à 10 heures."),
            ),
            models.CheckConstraint(
                condition=~models.Q(state=MeetingState.PLANNED)
                | models.Q(accepted_at__isnull=False),
                name="meeting_planned_was_accepted",
                violation_error_message=_("Une date convenue a été acceptée."),
            ),
            models.CheckConstraint(
                condition=models.Q(state=MeetingState.CANCELLED, cancelled_at__isnull=False)
                | (~models.Q(state=MeetingState.CANCELLED) & models.Q(cancelled_at__isnull=True)),
                name="meeting_cancelled_has_date",
                violation_error_message=_("Une annulation est datée."),
            ),
            models.CheckConstraint(
                condition=models.Q(state=MeetingState.HELD, held_at__isnull=False)
                | (~models.Q(state=MeetingState.HELD) & models.Q(held_at__isnull=True)),
                name="meeting_held_has_date",
                violation_error_message=_("Une rencontre tenue est datée."),
            ),
            models.CheckConstraint(
                condition=~models.Q(state__in=OPEN_STATES, place=PlaceChoice.ROOM)
                | models.Q(booking__isnull=False),
                name="meeting_in_room_is_booked",
                violation_error_message=_("La salle doit être réservée."),
            ),
            models.UniqueConstraint(
                fields=["pair", "starts_at"],
                condition=models.Q(state__in=COUNTED_STATES),
                name="meeting_once_at_a_time",
                violation_error_message=_("Vous avez déjà un rendez-vous à cette heure."),
            ),
        ]
        indexes = [models.Index(fields=["state", "starts_at"], name="meeting_by_date")]

    def __str__(self) -> str:
        return f"{self.pair}, {self.local_start:%d/%m/%Y %H:%M}"

    @property
    def ends_at(self) -> datetime:
        return self.starts_at + timedelta(minutes=self.minutes)

    @property
    def local_start(self) -> datetime:
        """When it starts on a clock in Paris."""
        return self.starts_at.astimezone(PARIS)

    @property
    def place_kind(self) -> PlaceKind:
        return PlaceKind(self.place)

    @property
    def is_open(self) -> bool:
        return self.state in OPEN_STATES
