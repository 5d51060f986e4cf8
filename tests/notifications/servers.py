"""A mail server with moods, and who got what from it."""

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from email.message import EmailMessage

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from tests.harness.smtp import Mailbox


class MoodyMailbox(Mailbox):
    """Answers certain addresses as told, and lets a test act at two moments of a delivery."""

    def __init__(self) -> None:
        super().__init__()
        self.answers: dict[str, str] = {}
        self.before_taking: Callable[[], None] = lambda: None
        self.after_taking: Callable[[], None] = lambda: None
        self.hangs_up_after_taking = False

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        self.before_taking()
        if address in self.answers:
            return self.answers[address]
        return await super().handle_RCPT(server, session, envelope, address, options)

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        answer = await super().handle_DATA(server, session, envelope)
        self.after_taking()
        if self.hangs_up_after_taking and server.transport is not None:
            server.transport.close()
        return answer


@contextmanager
def moody_server() -> Iterator[MoodyMailbox]:
    mailbox = MoodyMailbox()
    controller = Controller(mailbox, hostname=mailbox.host, port=mailbox.port)
    controller.start()
    try:
        yield mailbox
    finally:
        controller.stop()


def deliveries(mailbox: Mailbox) -> Counter[str]:
    """How many times each recipient's server took a mail."""
    return Counter(address for recipients in mailbox.recipients for address in recipients)


def part(email: EmailMessage, kind: str) -> str:
    """The text of one of the two forms of a mail: "plain" or "html"."""
    body = email.get_body((kind,))
    assert body is not None
    return str(body.get_content())
