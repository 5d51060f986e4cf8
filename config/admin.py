"""The site of the platform's administrators, entered by the same log-in as the product."""

from typing import Any

from allauth.account.decorators import secure_admin_login
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
