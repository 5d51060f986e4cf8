"""The stock admin, for platform administrators: what exists, in which state; never what people wrote."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from programmes.models import (
    Cohort,
    Coordinator,
    Enrolment,
    Exclusion,
    Invitation,
    JournalEntry,
    Pair,
    Programme,
    Room,
    RuleSet,
    TeamInvitation,
)


class ReadOnlyAdmin(admin.ModelAdmin[Any]):
    """Rows that only the product's own services write."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class CoordinatorInline(admin.StackedInline[Coordinator, Programme]):
    model = Coordinator
    extra = 0
    autocomplete_fields = ("person",)


@admin.register(Programme)
class ProgrammeAdmin(admin.ModelAdmin[Programme]):
    """Teams are put together here; terms come from files."""

    list_display = ("name", "organisation", "slug", "is_open")
    list_filter = ("organisation", "is_open")
    list_select_related = ("organisation",)
    search_fields = ("name", "slug", "organisation__name")
    autocomplete_fields = ("organisation",)
    inlines = (CoordinatorInline,)


@admin.register(RuleSet)
class RuleSetAdmin(ReadOnlyAdmin):
    list_display = ("programme", "version", "created_at")
    list_filter = ("programme__organisation",)
    list_select_related = ("programme",)


@admin.register(Cohort)
class CohortAdmin(ReadOnlyAdmin):
    list_display = ("name", "programme", "opens_on", "starts_on", "ends_on")
    list_filter = ("programme__organisation",)
    list_select_related = ("programme",)
    search_fields = ("name", "programme__name")


@admin.register(Room)
class RoomAdmin(admin.ModelAdmin[Room]):
    list_display = ("name", "organisation", "seats", "is_available")
    list_filter = ("organisation",)
    list_select_related = ("organisation",)


@admin.register(Enrolment)
class EnrolmentAdmin(ReadOnlyAdmin):
    """States and dates; answers belong to the programme's own team."""

    fields = (
        "person",
        "cohort",
        "role",
        "state",
        "created_at",
        "submitted_at",
        "decided_at",
        "charter_version",
        "charter_accepted_at",
    )
    list_display = ("person", "cohort", "role", "state", "submitted_at")
    list_filter = ("role", "state", "cohort__programme__organisation")
    list_select_related = ("person", "cohort__programme")
    search_fields = ("person__email", "person__last_name")


@admin.register(Pair)
class PairAdmin(ReadOnlyAdmin):
    list_display = ("__str__", "cohort", "state", "started_on", "ended_on")
    list_filter = ("state", "cohort__programme__organisation")
    list_select_related = ("mentor__person", "mentee__person", "cohort__programme")
    search_fields = ("mentor__person__last_name", "mentee__person__last_name")


@admin.register(Invitation)
class InvitationAdmin(ReadOnlyAdmin):
    """The link of an invitation is not shown: it opens a door."""

    fields = ("email", "cohort", "role", "invited_by", "invited_at", "expires_at")
    list_display = ("email", "cohort", "role", "invited_at", "expires_at")
    list_select_related = ("cohort__programme",)
    search_fields = ("email",)


@admin.register(TeamInvitation)
class TeamInvitationAdmin(ReadOnlyAdmin):
    """As above: the link opens a door."""

    fields = (
        "email",
        "programme",
        "may_sign",
        "invited_by",
        "invited_at",
        "expires_at",
        "joined_at",
    )
    list_display = ("email", "programme", "may_sign", "invited_at", "joined_at")
    list_select_related = ("programme",)
    search_fields = ("email",)


@admin.register(Exclusion)
class ExclusionAdmin(ReadOnlyAdmin):
    """That someone is excluded, and since when; why stays with the team (K1)."""

    fields = ("email", "organisation", "decided_at")
    list_display = ("email", "organisation", "decided_at")
    list_filter = ("organisation",)
    list_select_related = ("organisation",)


@admin.register(JournalEntry)
class JournalAdmin(ReadOnlyAdmin):
    """What happened and when, without its facts."""

    fields = ("at", "event", "programme", "actor")
    list_display = ("at", "event", "programme", "actor")
    list_filter = ("programme__organisation", "event")
    list_select_related = ("programme", "actor")
