"""From a message to an e-mail: the text is made when it is sent, in its reader's language."""

from __future__ import annotations

import re
import uuid
from dataclasses import dataclass
from email.utils import formataddr, parseaddr
from typing import Any
from urllib.parse import urlsplit

import css_inline
from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template import Context
from django.template.loader import get_template
from django.utils import translation

from notifications.links import absolute
from notifications.messages import Mail
from notifications.models import OutboxMessage
from people.models import Organisation, Person

# Not `str.split`, which would undo the unbreakable spaces of French punctuation.
_SPACES = re.compile(r"[ \t\r\n]+")
_EMPTY_LINES = re.compile(r"\n(?:[ \t]*\n){2,}")


@dataclass(frozen=True)
class Rendered:
    """The three texts of an e-mail."""

    subject: str
    body: str
    html: str


def new_message_id() -> str:
    """A Message-ID that nobody can guess, under the host name of the site."""
    return f"<{uuid.uuid4()}@{urlsplit(settings.SITE_URL).hostname}>"


def preview(row: OutboxMessage) -> Rendered:
    """What the row would say if it were sent now."""
    return render(row.message(), recipient=row.recipient, organisation=row.organisation)


def compose(
    mail: Mail,
    *,
    recipient: Person | None,
    address: str,
    organisation: Organisation | None,
    message_id: str,
) -> EmailMultiAlternatives:
    """The e-mail to hand to the mail server."""
    rendered = render(mail, recipient=recipient, organisation=organisation)
    email = EmailMultiAlternatives(
        subject=rendered.subject,
        body=rendered.body,
        from_email=_sender(organisation),
        to=[recipient.email if recipient else address],
        reply_to=[organisation.contact_email] if organisation else None,
        headers={
            "Message-ID": message_id,
            "Auto-Submitted": "auto-generated",
            "Content-Language": _language(recipient),
        },
    )
    email.attach_alternative(rendered.html, "text/html")
    return email


def render(mail: Mail, *, recipient: Person | None, organisation: Organisation | None) -> Rendered:
    """The texts of `mail`; its templates also get `recipient`, `organisation` and `site_url`.

    The `url` of its context, where the button leads, may be a path of this site.
    """
    with translation.override(_language(recipient)):
        context = mail.context()
        context |= {
            "url": _whole(context.get("url", "")),
            "recipient": recipient,
            "organisation": organisation,
            "site_url": settings.SITE_URL,
        }
        return Rendered(
            subject=_SPACES.sub(" ", _text(mail, "subject.txt", context)).strip(),
            body=_EMPTY_LINES.sub("\n\n", _text(mail, "body.txt", context)).strip() + "\n",
            html=_html(mail, context),
        )


def _text(mail: Mail, name: str, context: dict[str, Any]) -> str:
    template: Any = get_template(f"emails/{mail.kind}/{name}")
    # A text is not a page: « l'entretien » must not become « l&#x27;entretien ».
    text: str = template.template.render(Context(context, autoescape=False))
    return text


def _html(mail: Mail, context: dict[str, Any]) -> str:
    page = get_template(f"emails/{mail.kind}/body.html").render(context)
    # Mail programs ignore style sheets, but some read what is said of dark; nothing is fetched.
    return css_inline.CSSInliner(load_remote_stylesheets=False, keep_at_rules=True).inline(page)


def _whole(url: str) -> str:
    return absolute(url) if url.startswith("/") else url


def _language(recipient: Person | None) -> str:
    return recipient.language if recipient else settings.LANGUAGE_CODE


def _sender(organisation: Organisation | None) -> str:
    name, address = parseaddr(settings.DEFAULT_FROM_EMAIL)
    return formataddr((organisation.name if organisation else name, address))
