"""Carries e-mails to the mail server and says in four words what became of each."""

from __future__ import annotations

import smtplib
from types import TracebackType
from typing import Self

from django.core.mail import EmailMessage, get_connection


class Unreachable(Exception):
    """The server cannot be reached or does not let us in: nothing left, nothing else will."""


class Deferred(Exception):
    """The server has not taken this e-mail for now."""


class Refused(Exception):
    """The server will never take this e-mail: no such address, for one."""


class Uncertain(Exception):
    """The line broke in the middle: the server may have taken it."""


class Courier:
    """One connection to the mail server, opened at the first e-mail and kept for a round."""

    def __init__(self) -> None:
        self._connection = get_connection()
        self._is_open = False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._hang_up()

    def carry(self, email: EmailMessage) -> None:
        """Have the server take `email`, or raise one of the four exceptions above."""
        self._dial()
        try:
            taken = self._connection.send_messages([email])
        except smtplib.SMTPRecipientsRefused as error:
            self._hang_up()
            answers = error.recipients.values()
            final = all(_is_final(code) for code, _ in answers)
            said = "; ".join(_sentence(code, text) for code, text in answers)
            raise (Refused if final else Deferred)(said) from error
        except smtplib.SMTPDataError as error:
            self._hang_up()
            said = _sentence(error.smtp_code, error.smtp_error)
            raise (Refused if _is_final(error.smtp_code) else Deferred)(said) from error
        except smtplib.SMTPNotSupportedError as error:
            self._hang_up()
            raise Refused(str(error)) from error
        except smtplib.SMTPResponseException as error:
            # The sender is refused: our settings are at fault, not this e-mail.
            self._hang_up()
            raise Deferred(_sentence(error.smtp_code, error.smtp_error)) from error
        except ValueError as error:
            # An address or a header that cannot be written: nothing was said to the server.
            raise Refused(f"{type(error).__name__}: {error}") from error
        except (smtplib.SMTPServerDisconnected, OSError) as error:
            self._hang_up()
            raise Uncertain(f"{type(error).__name__}: {error}") from error
        if not taken:
            raise Refused("the mail has no recipient")

    def _dial(self) -> None:
        if self._is_open:
            return
        try:
            self._connection.open()
        except (smtplib.SMTPException, OSError) as error:
            raise Unreachable(f"{type(error).__name__}: {error}") from error
        self._is_open = True

    def _hang_up(self) -> None:
        if not self._is_open:
            return
        self._is_open = False
        try:
            self._connection.close()
        except (smtplib.SMTPException, OSError):
            # What is sent is sent; a server that does not answer QUIT changes nothing.
            self._connection = get_connection()


def _is_final(code: int) -> bool:
    return 500 <= code < 600


def _sentence(code: int, text: bytes | str) -> str:
    return f"{code} {text.decode(errors='replace') if isinstance(text, bytes) else text}"
