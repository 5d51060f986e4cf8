from django.apps import AppConfig


class SessionsConfig(AppConfig):
    name = "sessions"
    # `django.contrib.sessions` owns the label that the name alone would give.
    label = "mentoring_sessions"
    verbose_name = "rencontres"

    def ready(self) -> None:
        from notifications import messages as mails
        from notifications import planner as plans
        from programmes import alerts, chronicle, reactions
        from sessions import messages, planner
        from sessions.alerts import course_alerts
        from sessions.chronicle import SENTENCES
        from sessions.services.answering import cancel_open_meetings

        mails.register(*messages.EVERY_MESSAGE)
        plans.register(*planner.EVERY_PLAN)
        chronicle.register(SENTENCES)
        alerts.register(course_alerts)
        reactions.pair_ended.append(cancel_open_meetings)
