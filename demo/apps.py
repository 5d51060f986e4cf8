from django.apps import AppConfig


class DemoConfig(AppConfig):
    """Installed only when the setting DEMO is on."""

    name = "demo"
    verbose_name = "démonstration"
