from allauth.mfa.apps import MFAConfig
from django.contrib.admin.apps import AdminConfig
from django.utils.translation import gettext_lazy as _


class PlatformAdminConfig(AdminConfig):
    default_site = "config.admin.PlatformAdminSite"

    def ready(self) -> None:
        """Other people's apps have registered theirs by then."""
        super().ready()
        from config import admin

        admin.name_relations()
        admin.show_second_factors()


class SecondFactorConfig(MFAConfig):
    verbose_name = _("Double authentification")
