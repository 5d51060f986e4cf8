"""The site of the platform's administrators, entered by the same log-in as the product."""

from typing import Any

from allauth.account.decorators import secure_admin_login
from django.apps import apps
from django.contrib import admin
from django.contrib.admin import AdminSite
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _


class PlatformAdminSite(AdminSite):
    site_title = site_header = "Binôme"
    index_title = _("Administration de la plateforme")

    def login(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Second factor and rate limits guard the admin too."""
        response: HttpResponse = secure_admin_login(super().login)(request, extra_context)
        return response


# Relations whose name says more than what they lead to.
NAMES: dict[str, Any] = {
    "actor": _("par"),
    "invited_by": _("invitée par"),
    "permissions": _("droits"),
    "recipient": _("destinataire"),
    "user": _("compte"),
}


def name_relations() -> None:
    """A relation without a name of its own is called what it leads to: « personne », « campagne »."""
    for model in apps.get_models():
        for field in (*model._meta.fields, *model._meta.many_to_many):
            leads_to = field.related_model
            if isinstance(leads_to, type) and field.verbose_name == field.name.replace("_", " "):
                name: Any = leads_to._meta.verbose_name
                field.verbose_name = NAMES.get(field.name, name)


class SecondFactorAdmin(admin.ModelAdmin[Any]):
    """Who has a second factor, and since when; its secret is nobody's to read. A lost one is deleted."""

    fields = list_display = ("user", "type", "created_at", "last_used_at")
    list_filter = ("type",)
    list_select_related = ("user",)
    search_fields = ("user__email",)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


def show_second_factors() -> None:
    model = apps.get_model("mfa", "Authenticator")
    model._meta.verbose_name = _("second facteur")
    model._meta.verbose_name_plural = _("seconds facteurs")
    for name, label in {
        "type": _("genre"),
        "created_at": _("création"),
        "last_used_at": _("dernier usage"),
    }.items():
        model._meta.get_field(name).verbose_name = label
    admin.site.unregister(model)
    admin.site.register(model, SecondFactorAdmin)
