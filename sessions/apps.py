from django.apps import AppConfig


class SessionsConfig(AppConfig):
    name = "sessions"
    # `django.contrib.sessions` owns the label that the name alone would give.
    label = "mentoring_sessions"
    verbose_name = "rencontres"
