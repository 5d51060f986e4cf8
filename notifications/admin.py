from __future__ import annotations

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from notifications import outbox
from notifications.models import OutboxMessage


@admin.register(OutboxMessage)
class OutboxMessageAdmin(admin.ModelAdmin[OutboxMessage]):
    """The mails and what became of them, to look at; the failed ones may be tried again."""

    list_display = ["kind", "to", "organisation", "state", "due_at", "sent_at", "last_error"]
    list_filter = ["state", "kind", "organisation"]
    list_select_related = ["recipient", "organisation"]
    search_fields = ["recipient__email", "address", "message_id"]
    date_hierarchy = "due_at"
    actions = ["try_again"]

    @admin.display(description=_("destinataire"))
    def to(self, row: OutboxMessage) -> str:
        return row.recipient.email if row.recipient else row.address

    @admin.action(description=_("Essayer à nouveau les courriels en échec"))
    def try_again(self, request: HttpRequest, rows: QuerySet[OutboxMessage]) -> None:
        count = outbox.try_again(rows)
        self.message_user(
            request,
            ngettext(
                "%(count)d courriel en échec remis dans la file.",
                "%(count)d courriels en échec remis dans la file.",
                count,
            )
            % {"count": count},
            messages.SUCCESS,
        )

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: OutboxMessage | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: OutboxMessage | None = None) -> bool:
        return False
