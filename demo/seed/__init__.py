"""Fills the demo: five programmes, each at another moment of its year; every person is invented."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from demo.models import SentMail
from demo.seed import anne_frank, escp, ponts, sciences_po, wementoring
from demo.seed.story import person
from demo.timeline import live
from notifications.models import OutboxMessage
from people.clock import PARIS


def seed(now: datetime) -> None:
    """Tell the five stories up to `now`, then send what they leave to be sent, each on its day."""
    today = now.astimezone(PARIS).date()
    with transaction.atomic():
        person("Dominique Arnaud", is_staff=True, is_superuser=True)
        for story in (ponts, anne_frank, wementoring, escp, sciences_po):
            story.tell(today)
    live(now)
    _date_the_mails()


def _date_the_mails() -> None:
    """Give each mail the day of its event instead of the moment the demo was filled."""
    days = dict(OutboxMessage.objects.values_list("message_id", "due_at"))
    for mail in SentMail.objects.all():
        mail.sent_at = days.get(mail.message_id, mail.sent_at)
        mail.save(update_fields=["sent_at"])
