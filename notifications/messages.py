"""The e-mails of the product, as values: each app declares its own and registers them here.

A message carries ids and dates only, so that a row of the outbox never holds a text; what it
says is read from the database when it is sent. Its docstring says who gets it, when, and which
clause asks for it. Its templates are `templates/emails/<kind>/{subject.txt,body.txt,body.html}`.
"""

from __future__ import annotations

import abc
import dataclasses
import typing
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, ClassVar, Self

DEDUPE_KEY_LENGTH = 250


class Mail(abc.ABC):
    """What every e-mail knows, stored or not."""

    kind: ClassVar[str]

    @property
    @abc.abstractmethod
    def recipient(self) -> int | str:
        """The id of a person, or a bare address (an invitation to someone without an account)."""

    @property
    @abc.abstractmethod
    def organisation_id(self) -> int | None:
        """In whose name it is written; None for the platform itself. Never a dataclass field."""

    @abc.abstractmethod
    def context(self) -> dict[str, Any]:
        """What its templates need, read from the database now; nothing confidential, ever."""


class OneTimeMail(Mail):
    """An e-mail with a code: sent at once by `outbox.send_now`, never stored."""


class Message(Mail):
    """An e-mail that waits in the outbox; subclasses are frozen dataclasses of ids and dates."""

    @abc.abstractmethod
    def is_still_due(self, at: datetime) -> bool:
        """Whether, at the moment of sending, it still has to go."""

    @property
    def dedupe_key(self) -> str:
        """What makes it unique: its kind and its fields, unless a subclass knows better.

        For an event a field is the id of its journal row; for a reminder, the object and a
        business date (Europe/Paris).
        """
        return ":".join([self.kind, *(f"{name}={value}" for name, value in self.payload().items())])

    def payload(self) -> dict[str, int | str | None]:
        """Its fields as JSON: ids, and dates in ISO form."""
        return {
            field.name: _to_json(getattr(self, field.name))
            for field in dataclasses.fields(typing.cast(Any, self))
        }

    @classmethod
    def from_payload(cls, payload: Mapping[str, int | str | None]) -> Self:
        """The message that `payload()` described; raise TypeError if its fields have changed."""
        hints = typing.get_type_hints(cls)
        return cls(**{name: _from_json(hints.get(name), value) for name, value in payload.items()})


def register(*classes: type[Message]) -> None:
    """Make message classes known; called from `AppConfig.ready()` of the app that declares them."""
    for cls in classes:
        _refuse_what_a_row_may_not_hold(cls)
        known = _classes.setdefault(cls.kind, cls)
        if known is not cls:
            raise ValueError(f"two messages are of the kind {cls.kind!r}: {known!r} and {cls!r}")


def registered() -> Mapping[str, type[Message]]:
    """Every kind of message and its class."""
    return dict(_classes)


def restore(kind: str, payload: Mapping[str, int | str | None]) -> Message:
    """The message a row describes; raise LookupError if nobody registered its kind."""
    try:
        cls = _classes[kind]
    except KeyError:
        raise LookupError(f"no message of the kind {kind!r} is registered") from None
    return cls.from_payload(payload)


_classes: dict[str, type[Message]] = {}


def _refuse_what_a_row_may_not_hold(cls: type[Message]) -> None:
    if not dataclasses.is_dataclass(cls) or not cls.__dataclass_params__.frozen:
        raise TypeError(f"{cls.__qualname__} must be a frozen dataclass")
    hints = typing.get_type_hints(cls)
    for field in dataclasses.fields(cls):
        if hints[field.name] not in _STORABLE:
            raise TypeError(
                f"{cls.__qualname__}.{field.name}: a message carries ids (int) and dates only"
            )


_STORABLE = (int, int | None, date, date | None)


def _to_json(value: int | date | None) -> int | str | None:
    if isinstance(value, datetime):
        raise TypeError("a message carries dates, not instants")
    return value.isoformat() if isinstance(value, date) else value


def _from_json(hint: object, value: int | str | None) -> int | date | str | None:
    if hint in (date, date | None) and isinstance(value, str):
        return date.fromisoformat(value)
    return value
