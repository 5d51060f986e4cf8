from django.apps import AppConfig


class PortalConfig(AppConfig):
    """Pages that need several of the apps below; no models."""

    name = "portal"
