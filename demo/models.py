from django.db import models


class SentMail(models.Model):
    """An e-mail the demo caught instead of sending it."""

    sender = models.CharField("de", max_length=320)
    recipient = models.CharField("à", max_length=320)
    subject = models.CharField("objet", max_length=998)
    body = models.TextField("texte")
    html = models.TextField("version mise en page", blank=True)
    message_id = models.CharField("identifiant", max_length=250, blank=True)
    sent_at = models.DateTimeField("envoyé le")

    class Meta:
        verbose_name = "courriel"
        verbose_name_plural = "courriels"
        ordering = ["-sent_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.recipient} : {self.subject}"


class Moment(models.Model):
    """How far the demo's clock has been moved, so that a restart does not move it back."""

    reached_at = models.DateTimeField("date de la démonstration")

    class Meta:
        verbose_name = "date"
        verbose_name_plural = "dates"

    def __str__(self) -> str:
        return f"{self.reached_at:%d/%m/%Y}"
