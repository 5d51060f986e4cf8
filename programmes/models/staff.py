from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from programmes.models.catalogue import Programme


class Coordinator(models.Model):
    """A person who runs a programme for its organisation, and may sign in its name if entitled to."""

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="coordinators")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="coordinated")
    may_sign = models.BooleanField(_("signe au nom de l'association"), default=False)

    class Meta:
        verbose_name = _("membre de l'équipe")
        verbose_name_plural = _("équipe")
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "person"],
                name="coordinator_once_per_programme",
                violation_error_message=_("Cette personne est déjà dans l'équipe."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.person}, {self.programme}"
