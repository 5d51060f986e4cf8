"""Catches e-mails, so that the demo can show them and writes to nobody."""

from __future__ import annotations

from collections.abc import Sequence
from email.header import decode_header, make_header

from django.core.mail import EmailMessage, EmailMultiAlternatives
from django.core.mail.backends.base import BaseEmailBackend

from demo.models import SentMail
from people import clock


class EmailBackend(BaseEmailBackend):
    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        for message in email_messages:
            SentMail.objects.create(
                sender=str(make_header(decode_header(message.from_email))),
                recipient=", ".join(message.recipients()),
                subject=str(message.subject),
                body=str(message.body),
                html=_html_of(message),
                message_id=message.extra_headers.get("Message-ID", ""),
                sent_at=clock.now(),
            )
        return len(email_messages)


def _html_of(message: EmailMessage) -> str:
    alternatives = message.alternatives if isinstance(message, EmailMultiAlternatives) else []
    return next((str(content) for content, kind in alternatives if kind == "text/html"), "")
