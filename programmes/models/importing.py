from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from programmes.enums import RoleChoice
from programmes.models.catalogue import Cohort


class ImportDraft(models.Model):
    """A list of people on its way in: the file, until it is imported or its hours have passed.

    Only whoever sent it sees it. `decisions` keeps which column is what. Once the import is done
    the file is emptied; `rejects` holds the lines left out, to be mended and sent again.
    """

    cohort = models.ForeignKey(Cohort, models.CASCADE, related_name="import_drafts")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="import_drafts"
    )
    role = models.CharField(_("rôle"), max_length=10, choices=RoleChoice)
    filename = models.CharField(_("fichier"), max_length=200)
    content = models.BinaryField(_("contenu"))
    decisions = models.JSONField(_("colonnes"), default=dict, blank=True)
    rejects = models.BinaryField(_("lignes écartées"), default=b"")
    created_at = models.DateTimeField(_("envoi"))
    expires_at = models.DateTimeField(_("effacement"))
    completed_at = models.DateTimeField(_("import"), null=True, blank=True)

    class Meta:
        verbose_name = _("liste à importer")
        verbose_name_plural = _("listes à importer")
        ordering = ["-created_at"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(completed_at__isnull=True) | models.Q(content=b""),
                name="import_draft_emptied_once_done",
            )
        ]

    def __str__(self) -> str:
        return f"{self.filename}, {self.cohort}"
