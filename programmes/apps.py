from django.apps import AppConfig


class ProgrammesConfig(AppConfig):
    name = "programmes"
    verbose_name = "programmes"

    def ready(self) -> None:
        from notifications.messages import register
        from programmes import messages
        from programmes.importing.messages import ImportedWelcome

        register(
            messages.InvitationToEnrol,
            messages.InvitationToTeam,
            messages.EnrolmentReceived,
            messages.EnrolmentDecided,
            messages.PairProposed,
            messages.RequestDeclined,
            messages.PairAccepted,
            messages.PairEnded,
            messages.ConcernRaised,
            ImportedWelcome,
        )
