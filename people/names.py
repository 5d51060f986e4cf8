"""What people are called: by their own account, or by an association that listed them."""

from __future__ import annotations

from dataclasses import dataclass


class Named:
    """Someone with a name and an address, as pages and mails show them."""

    first_name: str
    last_name: str
    email: str

    def __str__(self) -> str:
        return self.get_full_name() or self.email

    def get_full_name(self) -> str:
        return f"{self.first_name} {self.last_name}".strip()

    def get_short_name(self) -> str:
        return self.first_name or self.email


@dataclass(frozen=True)
class KnownAs(Named):
    """The name and the address under which an association knows someone."""

    first_name: str
    last_name: str
    email: str
