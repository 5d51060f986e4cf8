from django.apps import AppConfig


class MatchingConfig(AppConfig):
    name = "matching"
    verbose_name = "appariement"

    def ready(self) -> None:
        from matching.chronicle import SENTENCES
        from programmes import chronicle

        chronicle.register(SENTENCES)
